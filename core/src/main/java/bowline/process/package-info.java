/// Child processes: their pipes as callbacks and writes, their end as a reason; and our own standard input and
/// output (section 25).
///
/// Start at [Processes]: one-line helpers, and [Processes#spawn] for a [ProcessProtocol] of one's own. A
/// [Spawn] says what to run. [ProcessTransport] is the wire to the child.
///
///     child ── fd 1, 2 ─▶ PipeReader thread ── a piece at a time ─▶ loop ─▶ ProcessProtocol
///     child ◀── fd 0 ──── PipeWriter thread ◀─ what was written ─── loop ◀─ ProcessTransport
///
/// The JDK gives pipes at 0, 1 and 2 and no more. Other descriptors, terminals and other users are refused
/// with an error that names `bowline.linux`.
///
/// The same two threads make a connection of [StandardIO]. As endpoints there are [ProcessEndpoint], and
/// [StandardIoEndpoint] for `stdio:`.
///
/// May know: endpoint, reactor, protocol, defer, log. Must not know: any backend.
@NullMarked
package bowline.process;

import org.jspecify.annotations.NullMarked;
