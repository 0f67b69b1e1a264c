package bowline.reactor;

import bowline.protocol.TransportLimits;

/// How to accept connections (LIS-1).
///
/// @param backlog connections that the system holds before they are accepted
/// @param networkInterface the local address to accept on; empty: every IPv4 address; an IPv6 literal: IPv6
/// @param limits how much each accepted connection may hold in memory
public record ListenOptions(int backlog, String networkInterface, TransportLimits limits) {

    /// Backlog 50, every IPv4 address.
    public static final ListenOptions DEFAULT = new ListenOptions(50, "", TransportLimits.DEFAULT);

    /// With the usual limits.
    public ListenOptions(int backlog, String networkInterface) {
        this(backlog, networkInterface, TransportLimits.DEFAULT);
    }

    /// Checks the backlog.
    public ListenOptions {
        if (backlog < 1) {
            throw new IllegalArgumentException("backlog " + backlog + " is less than 1");
        }
    }

    /// The same with another backlog.
    public ListenOptions backlog(int backlog) {
        return new ListenOptions(backlog, networkInterface, limits);
    }

    /// The same on one local address.
    public ListenOptions on(String networkInterface) {
        return new ListenOptions(backlog, networkInterface, limits);
    }

    /// The same with other limits for each connection.
    public ListenOptions limits(TransportLimits limits) {
        return new ListenOptions(backlog, networkInterface, limits);
    }
}
