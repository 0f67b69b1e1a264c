/// Child processes: their pipes as callbacks and writes, their end as a reason; and our own standard input and
/// output (section 25).
///
/// Start at [Processes]: one-line helpers, and [Processes#spawn] for a [ProcessProtocol] of one's own. A
/// [Spawn] says what to run. [ProcessTransport] is the wire to the child.
///
///     child ── fd 1, 2 ─▶ PipeInput (thread) ── a piece at a time ─▶ PipeReader ─▶ ProcessProtocol
///     child ◀── fd 0 ──── PipeOutput (thread) ◀─ what was written ── PipeWriter ◀─ ProcessTransport
///
/// The threads are the JDK's way ([ThreadedInput], [ThreadedOutput]). A reactor that is a [ProcessStarter] brings
/// processes of its own, and none; what a program sees is the same, for it is made of the same [PipeReader] and
/// [PipeWriter].
///
/// The JDK gives pipes at 0, 1 and 2 and no more. Other descriptors, terminals and other users are refused
/// with an error that names `bowline.linux`.
///
/// The same two make a connection of [StandardIO]. As endpoints there are [ProcessEndpoint], and
/// [StandardIoEndpoint] for `stdio:`.
///
/// May know: endpoint, reactor, protocol, defer, log. Must not know: any backend.
@NullMarked
package bowline.process;

import org.jspecify.annotations.NullMarked;
