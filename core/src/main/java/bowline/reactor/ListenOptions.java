package bowline.reactor;

import bowline.protocol.TransportLimits;

/// How to accept connections (LIS-1).
///
/// @param backlog connections that the system holds before they are accepted
/// @param networkInterface the local address to accept on; empty: every IPv4 address; an IPv6 literal: IPv6
/// @param limits how much each accepted connection may hold in memory
/// @param reusePort whether others of this user, which say so too, may listen on the same port, the system sharing out
///     what comes (`SO_REUSEPORT`, LIS-10)
public record ListenOptions(int backlog, String networkInterface, TransportLimits limits, boolean reusePort) {

    /// Backlog 50, every IPv4 address.
    public static final ListenOptions DEFAULT = new ListenOptions(50, "", TransportLimits.DEFAULT, false);

    /// With the usual limits, and the port for oneself.
    public ListenOptions(int backlog, String networkInterface) {
        this(backlog, networkInterface, TransportLimits.DEFAULT, false);
    }

    /// Checks the backlog.
    public ListenOptions {
        if (backlog < 1) {
            throw new IllegalArgumentException("backlog " + backlog + " is less than 1");
        }
    }

    /// The same with another backlog.
    public ListenOptions backlog(int backlog) {
        return new ListenOptions(backlog, networkInterface, limits, reusePort);
    }

    /// The same on one local address.
    public ListenOptions on(String networkInterface) {
        return new ListenOptions(backlog, networkInterface, limits, reusePort);
    }

    /// The same with other limits for each connection.
    public ListenOptions limits(TransportLimits limits) {
        return new ListenOptions(backlog, networkInterface, limits, reusePort);
    }

    /// The same with the port shared, or not.
    public ListenOptions reusePort(boolean reusePort) {
        return new ListenOptions(backlog, networkInterface, limits, reusePort);
    }
}
