package bowline.reactor.loop;

import bowline.protocol.Address;
import bowline.protocol.DatagramProtocol;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.protocol.Transport;
import bowline.protocol.TransportLimits;
import bowline.reactor.DatagramOptions;
import bowline.reactor.HeldPort;
import bowline.reactor.ListenOptions;
import bowline.reactor.ListeningPort;
import bowline.reactor.MulticastPort;
import bowline.reactor.UnixDatagramOptions;
import bowline.reactor.UnixDatagramPort;
import bowline.reactor.UnixListenOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Opens the ports of a loop: on sockets of its own, on those that the program brings (LIS-9), and those that are held
/// for others. For the loop's thread; errors are those of the doors in [bowline.reactor.Reactor] that lead here.
final class PortOpening {
    private final Loop loop;

    PortOpening(Loop loop) {
        this.loop = loop;
    }

    // Streams

    ListeningPort tcp(int port, Factory<?> factory, ListenOptions options) {
        return listening(Listening.tcp(loop, TcpPlace.of(port, options), factory, options));
    }

    ListeningPort unix(Address.Unix where, Factory<?> factory, UnixListenOptions options) {
        return listening(Listening.unix(loop, where, factory, options));
    }

    ListeningPort adopted(Adoption adoption, int descriptor, Factory<?> factory, TransportLimits limits) {
        Objects.requireNonNull(factory);
        return listening(Listening.adopted(loop, adoption.port(descriptor), factory, limits));
    }

    private ListeningPort listening(Listening listening) {
        StreamPort port = loop.port(listening);
        loop.spare().reserve();
        port.startListening();
        return port;
    }

    @Nullable
    Transport adoptedConnection(Adoption adoption, int descriptor, Factory<?> factory, TransportLimits limits) {
        Objects.requireNonNull(factory);
        StreamConnection connection = adoption.connection(descriptor, limits);
        Protocol protocol = null;
        try {
            protocol = factory.build(connection.peerNow());
        } catch (Throwable thrown) {
            loop.report("Unhandled Error", thrown);
        }
        if (protocol == null) {
            connection.close(false);
            return null;
        }
        connection.open(protocol, descriptor, null); // by its number the log tells it from others
        return connection;
    }

    // Datagrams

    MulticastPort udp(int port, DatagramProtocol protocol, DatagramOptions options) {
        checkThatItCan(options);
        return listening(
                loop.datagramPort(DatagramPort.where(port, options), Objects.requireNonNull(protocol), options));
    }

    MulticastPort adopted(DatagramChannel channel, DatagramProtocol protocol, DatagramOptions options) {
        checkThatItCan(options);
        return listening(
                loop.datagramPort(channel, DatagramPort.where(channel), Objects.requireNonNull(protocol), options));
    }

    MulticastPort adopted(Adoption adoption, int descriptor, DatagramProtocol protocol, DatagramOptions options) {
        checkThatItCan(options);
        return listening(adoption.datagrams(descriptor, Objects.requireNonNull(protocol), options));
    }

    private void checkThatItCan(DatagramOptions options) {
        boolean more = options.localAddresses() || options.sendOffload() || options.receiveOffload();
        if (more && !loop.hasRawDatagrams()) {
            throw new UnsupportedOperationException("this backend has no localAddresses, sendOffload and receiveOffload"
                    + " of datagrams; the Linux backends (bowline.linux) have: choose one, or do without");
        }
    }

    UnixDatagramPort boundUnix(Address.Unix where, DatagramProtocol protocol, UnixDatagramOptions options) {
        return listening(loop.unixPacketPort(UnixPackets.bound(loop, where, protocol, options)));
    }

    UnixDatagramPort connectedUnix(Address.Unix where, DatagramProtocol protocol, UnixDatagramOptions options) {
        return listening(loop.unixPacketPort(UnixPackets.connected(loop, where, protocol, options)));
    }

    private static <P extends PacketPort> P listening(P port) {
        port.startListening();
        return port;
    }

    // For others

    HeldPort heldTcp(Adoption adoption, int port, ListenOptions options) {
        TcpPlace place = TcpPlace.of(port, options);
        try {
            return adoption.held(place.address(), options);
        } catch (IOException refused) {
            throw place.refused(refused);
        }
    }

    HeldPort heldUdp(Adoption adoption, int port, DatagramOptions options) {
        InetSocketAddress where = DatagramPort.where(port, options);
        try {
            return adoption.held(where, options);
        } catch (IOException refused) {
            throw ConnectFaults.listening("udp", where, refused);
        }
    }
}
