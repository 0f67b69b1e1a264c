package bowline.reactor;

import bowline.protocol.TransportLimits;
import java.time.Duration;

/// How to connect to a UNIX socket (UNX-2).
///
/// @param timeout how long an attempt may take: a server that does not accept lets others wait
/// @param checkPid whether a living process must hold the lock beside the socket; without, the attempt fails
/// @param limits how much the connection may hold in memory
public record UnixConnectOptions(Duration timeout, boolean checkPid, TransportLimits limits) {

    /// 30 seconds, no look at the lock.
    public static final UnixConnectOptions DEFAULT =
            new UnixConnectOptions(Duration.ofSeconds(30), false, TransportLimits.DEFAULT);

    /// Checks the time-out.
    public UnixConnectOptions {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("connect timeout " + timeout + " is not positive");
        }
    }

    /// The same with another time-out.
    public UnixConnectOptions timeout(Duration timeout) {
        return new UnixConnectOptions(timeout, checkPid, limits);
    }

    /// The same for a server that holds a lock.
    public UnixConnectOptions checkingLock() {
        return new UnixConnectOptions(timeout, true, limits);
    }

    /// The same with other limits for the connection.
    public UnixConnectOptions limits(TransportLimits limits) {
        return new UnixConnectOptions(timeout, checkPid, limits);
    }
}
