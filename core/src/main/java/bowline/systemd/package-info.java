/// A program and the service manager that started it: sockets that were opened for it (END-10), and what it tells
/// about itself (sd_notify(3)).
///
/// Start at [ListenFds] for what comes in, at [ServiceManager] for what goes out.
///
///     LISTEN_PID, LISTEN_FDS, LISTEN_FDNAMES ─▶ ListenFds ─▶ SystemdEndpoint    systemd:name=web
///     NOTIFY_SOCKET ◀── NotifySocket ◀── ServiceManager ◀── Watchdog            READY=1, STOPPING=1, WATCHDOG=1
///
/// Nothing here needs systemd: any program that speaks these two conventions will do. What needs descriptors needs a
/// reactor of `bowline-linux`.
///
/// May know: endpoint, reactor, process, task, defer, log, time. Must not know: services, backends.
@NullMarked
package bowline.systemd;

import org.jspecify.annotations.NullMarked;
