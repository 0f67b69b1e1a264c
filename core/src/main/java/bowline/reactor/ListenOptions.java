package bowline.reactor;

/// How to accept connections (LIS-1).
///
/// @param backlog connections that the system holds before they are accepted
/// @param networkInterface the local address to accept on; empty: every IPv4 address; an IPv6 literal: IPv6
public record ListenOptions(int backlog, String networkInterface) {

    /// Backlog 50, every IPv4 address.
    public static final ListenOptions DEFAULT = new ListenOptions(50, "");

    /// Checks the backlog.
    public ListenOptions {
        if (backlog < 1) {
            throw new IllegalArgumentException("backlog " + backlog + " is less than 1");
        }
    }

    /// The same with another backlog.
    public ListenOptions backlog(int backlog) {
        return new ListenOptions(backlog, networkInterface);
    }

    /// The same on one local address.
    public ListenOptions on(String networkInterface) {
        return new ListenOptions(backlog, networkInterface);
    }
}
