package bowline.supervise;

import bowline.endpoint.EndpointString;
import bowline.reactor.DatagramOptions;

/// A UDP port as an endpoint's string names it: `udp:69` or `udp:69:interface=127.0.0.1`.
record UdpPlace(int port, DatagramOptions options) {
    private static final int PORT_MAX = 0xFFFF;

    /// Reads it.
    ///
    /// @throws IllegalArgumentException if it is none
    static UdpPlace of(String endpoint) {
        EndpointString parsed = EndpointString.parse(endpoint);
        boolean known = parsed.named().keySet().stream().allMatch("interface"::equals);
        int port = parsed.positional().size() == 1 ? number(parsed.positional().getFirst()) : -1;
        if (port < 0 || !known) {
            throw new IllegalArgumentException("endpoint \"" + endpoint
                    + "\" is not udp:PORT or udp:PORT:interface=ADDRESS, with a port from 0 to 65535");
        }
        String networkInterface = parsed.named().getOrDefault("interface", "");
        return new UdpPlace(port, DatagramOptions.DEFAULT.on(networkInterface));
    }

    private static int number(String text) {
        try {
            int port = Integer.parseInt(text);
            return port <= PORT_MAX ? port : -1;
        } catch (NumberFormatException notANumber) {
            return -1;
        }
    }
}
