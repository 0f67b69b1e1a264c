package bowline.reactor.loop;

import bowline.protocol.DatagramProtocol;
import bowline.protocol.TransportLimits;
import bowline.reactor.DatagramOptions;
import bowline.reactor.HeldPort;
import bowline.reactor.ListenOptions;
import java.io.IOException;
import java.net.InetSocketAddress;

/// What a backend that works on descriptors makes of sockets that the program brings (LIS-9), and of those that are
/// held for others. What is brought is copied first, and the copy closed if that fails.
///
/// All that adopt throw [bowline.reactor.UnsupportedAddressFamily], or another [IllegalArgumentException] that says
/// what the descriptor is.
public interface Adoption {

    /// Of a listening socket.
    AdoptedSocket port(int descriptor);

    /// Of a connected socket: a connection that nobody has yet.
    StreamConnection connection(int descriptor, TransportLimits limits);

    /// Of a bound UDP socket: a port, not yet listening.
    DatagramPort datagrams(int descriptor, DatagramProtocol protocol, DatagramOptions options);

    /// Takes a TCP port for others to serve.
    HeldPort held(InetSocketAddress where, ListenOptions options) throws IOException;

    /// Takes a UDP port for others to serve.
    HeldPort held(InetSocketAddress where, DatagramOptions options) throws IOException;
}
