package bowline.reactor;

import bowline.protocol.TransportLimits;

/// How to accept connections at a UNIX socket (UNX-1).
///
/// @param backlog connections that the system holds before they are accepted
/// @param mode the permissions of the socket's file, which the system's umask does not change; who may write to it
///     may connect
/// @param wantPid whether to hold a lock beside the socket, at its path with `.lock` behind it, while the port is
///     open: then what a program that died left there is taken over, and a living one is left in peace (UNX-3)
/// @param limits how much each accepted connection may hold in memory
public record UnixListenOptions(int backlog, int mode, boolean wantPid, TransportLimits limits) {

    /// Backlog 50, mode 0666, no lock.
    public static final UnixListenOptions DEFAULT = new UnixListenOptions(50, 0666, false, TransportLimits.DEFAULT);

    /// Checks the backlog and the mode.
    public UnixListenOptions {
        if (backlog < 1) {
            throw new IllegalArgumentException("backlog " + backlog + " is less than 1");
        }
        if (mode < 0 || mode > 0777) {
            throw new IllegalArgumentException(
                    "mode " + Integer.toOctalString(mode) + " (octal) is not between 0 and 777");
        }
    }

    /// The same with another backlog.
    public UnixListenOptions backlog(int backlog) {
        return new UnixListenOptions(backlog, mode, wantPid, limits);
    }

    /// The same with other permissions, as in `0600`: octal.
    public UnixListenOptions mode(int mode) {
        return new UnixListenOptions(backlog, mode, wantPid, limits);
    }

    /// The same with a lock.
    public UnixListenOptions withLock() {
        return new UnixListenOptions(backlog, mode, true, limits);
    }

    /// The same with other limits for each connection.
    public UnixListenOptions limits(TransportLimits limits) {
        return new UnixListenOptions(backlog, mode, wantPid, limits);
    }
}
