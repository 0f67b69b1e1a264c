/// Child processes by posix_spawn(3), watched by their descriptors (pidfd): all of section 25, terminals and
/// descriptors beyond 2 included.
///
/// Start at [ChildProcesses], which a reactor has one of.
///
///     ChildProcesses ── PosixSpawn ──▶ child
///         └ ChildProcess      its end, and signals ◀── pidfd ── Poller
///             ├ ReadingPipe   what it writes       ◀── IN ───── Poller
///             └ WritingPipe   what it reads        ◀── OUT ──── Poller
///
/// May know: process, linux.socket, linux.system. Must not know: backends.
@NullMarked
package bowline.linux.process;

import org.jspecify.annotations.NullMarked;
