/// Scripted children: what happens when a simulated program starts another program.
///
/// A [ChildScript] says what a program of some name does; it is given a [SimulatedChild], its own process: words,
/// environment, input, output, timers, signals, an end. The [ProcessTable] of a host knows the scripts and the
/// processes that live. A [Terminal] is the standard input and output of the host's own programs.
///
///     PipeReader ◀─ ReadingEnd ◀─ BytePipe ◀─ out, err ── SimulatedChild ◀── ChildScript
///     PipeWriter ─▶ WritingEnd ─▶ BytePipe ──── input ─▶
///
/// How long a start, an exit, a signal and each piece of data take, and where pieces are cut, the seed decides; and
/// with it the order of what nobody promises an order of: the end of a process and the ends of its pipes (PRC-8).
///
/// May know: process, net, fate. Must not know: reactors of the simulation, tests.
@NullMarked
package bowline.simulation.child;

import org.jspecify.annotations.NullMarked;
