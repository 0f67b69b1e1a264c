package bowline.protocol;

import bowline.defer.Deferred;
import bowline.time.Clock;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// What a [DatagramProtocol] sends through: a UDP socket (section 23). For the reactor's thread only.
///
/// Every write is one datagram and goes to the system at once; nothing is kept. A datagram that the system does not
/// take, because its buffer is full or there is no way to the peer, is dropped as the network would have dropped it,
/// and counted in [#droppedDatagrams] (UDP-4). After [#stopListening] writes are ignored.
public interface DatagramTransport {

    /// Sends one datagram to `address`, with everything between position and limit; afterwards nothing remains.
    ///
    /// @param address an address in numbers, as `datagramReceived` gives it; the host `<broadcast>` is everyone on
    ///     this network (UDP-7)
    /// @throws InvalidAddressError for a name and for an address of the other family: IPv6 from an IPv4 port, and
    ///     IPv4 from an IPv6 port, unless that is bound to all addresses, when it speaks both
    /// @throws MessageLengthError if it is longer than the system sends
    /// @throws IllegalArgumentException if the port is connected to another address
    void write(ByteBuffer bytes, Address address);

    /// As [#write(ByteBuffer, Address)], with the whole array.
    default void write(byte[] bytes, Address address) {
        write(ByteBuffer.wrap(bytes), address);
    }

    /// As [#write(ByteBuffer, Address)], with `text` encoded as UTF-8.
    default void write(String text, Address address) {
        write(text.getBytes(StandardCharsets.UTF_8), address);
    }

    /// Sends one datagram to the peer that the port is connected to (UDP-5). On the reactor `nio`, a port that
    /// has sent an empty one is not told of refusals any more: the JDK sends those on unconnected sockets only.
    ///
    /// @throws MessageLengthError if it is longer than the system sends
    /// @throws IllegalStateException if the port is not connected
    void write(ByteBuffer bytes);

    /// As [#write(ByteBuffer)], with the whole array.
    default void write(byte[] bytes) {
        write(ByteBuffer.wrap(bytes));
    }

    /// As [#write(ByteBuffer)], with `text` encoded as UTF-8.
    default void write(String text) {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    /// As [#write(ByteBuffer, Address)], from one of the machine's own addresses: that which a question came to
    /// is the one that its answer should come from, where a machine has several.
    ///
    /// @param from what [#localAddress] told; its port is the transport's own, whatever it says, and a group
    /// leaves the choice to the system
    /// @throws UnsupportedOperationException unless the backend can, as the Linux ones can
    default void write(ByteBuffer bytes, Address address, Address from) {
        throw new UnsupportedOperationException("this backend cannot choose the address that a datagram comes from, as "
                + from + "; the Linux backends (bowline.linux) can: choose one, or a port for each address");
    }

    /// The machine's own address that the datagram now being received came to; for the call of
    /// [DatagramProtocol#datagramReceived] alone. For what was sent to everybody, or to a group of IPv4, it is
    /// that of the interface by which it came; for a group of IPv6 it is the group.
    ///
    /// @return null outside of that call, and unless the port was opened with `DatagramOptions.localAddresses`
    default @Nullable Address localAddress() {
        return null;
    }

    /// Fixes the peer, once and for good: only its datagrams are received, and refusals are told to
    /// [DatagramProtocol#connectionRefused] (UDP-5, UDP-9).
    ///
    /// @param host an address in numbers
    /// @throws InvalidAddressError for a name and for an address of the other family
    /// @throws AlreadyConnected the second time
    void connect(String host, int port);

    /// The peer that the port is connected to, or null (UDP-5).
    @Nullable
    Address connectedTo();

    /// Where it receives, with the port that the system picked.
    Address host();

    /// Receives and sends no more. The Deferred fires when the port is closed, on a later turn, after
    /// [DatagramProtocol#stopProtocol] (UDP-6).
    Deferred<@Nullable Void> stopListening();

    /// Whether datagrams may be sent to broadcast addresses (UDP-7). Off by default.
    boolean broadcastAllowed();

    /// Sets whether datagrams may be sent to broadcast addresses.
    void broadcastAllowed(boolean on);

    /// How many datagrams this port did not get rid of: the system would have had to wait, or saw no way (UDP-4).
    long droppedDatagrams();

    /// The clock of the reactor that this port lives on.
    Clock clock();
}
