package bowline.reactor.loop;

import bowline.protocol.DatagramProtocol;
import bowline.protocol.TransportLimits;
import bowline.reactor.DatagramOptions;

/// What a backend that works on descriptors makes of sockets that the program brings (LIS-9). Each begins with a
/// copy of the descriptor, and closes it if that fails.
///
/// All throw [UnsupportedAddressFamily], or another [IllegalArgumentException] that says what the descriptor is.
public interface Adoption {

    /// Of a listening socket.
    AdoptedSocket port(int descriptor);

    /// Of a connected socket: a connection that nobody has yet.
    StreamConnection connection(int descriptor, TransportLimits limits);

    /// Of a bound UDP socket: a port, not yet listening.
    DatagramPort datagrams(int descriptor, DatagramProtocol protocol, DatagramOptions options);
}
