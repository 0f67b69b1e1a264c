package bowline.socks.message;

/// Where to connect to, or where a port was opened: a host and a port (RFC 1928 §5).
///
/// @param port 0 to 65535
public record SocksAddress(SocksHost host, int port) {
    private static final int PORT_MAX = 65_535;

    /// Nothing to tell: what a refusal carries in place of an address.
    public static final SocksAddress NONE = new SocksAddress(SocksHost.V4.ANY, 0);

    /// Checks the port.
    public SocksAddress {
        if (port < 0 || port > PORT_MAX) {
            throw new IllegalArgumentException("port " + port + " is not between 0 and " + PORT_MAX);
        }
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
