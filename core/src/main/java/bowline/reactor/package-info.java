/// The reactor: one thread, one loop, and everything that may be asked of it (sections 9 to 16).
///
/// Start at [Reactor]; [ReactorGroup] runs one for each core. Backends are [ReactorProvider]s, found by
/// `ServiceLoader`; this room knows none of them.
///
///     your code ── listenTcp, callLater, async ──▶ Reactor ── callbacks ──▶ your code
///     other threads ── callFromThread ──▶ Reactor
///     ReactorGroup ── callOn, SharedPort ──▶ its Reactors
///
/// May know: protocol, defer, log, time. Must not know: any backend.
@NullMarked
package bowline.reactor;

import org.jspecify.annotations.NullMarked;
