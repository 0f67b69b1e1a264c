package bowline.socks;

import bowline.log.Logger;
import bowline.protocol.Address;
import bowline.protocol.CannotListenError;
import bowline.protocol.DatagramProtocol;
import bowline.protocol.InvalidAddressError;
import bowline.protocol.MessageLengthError;
import bowline.reactor.DatagramOptions;
import bowline.reactor.Reactor;
import bowline.reactor.UdpPort;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/// The two ports of one [UdpAssociation], open for as long as the client's connection: one where the client has reached
/// the server, for the client alone, and one on all addresses, from which targets are written to.
final class UdpCarrier implements UdpAssociation.Ports {
    private static final Logger log = Logger.of(UdpCarrier.class);

    /// The longest datagram there can be.
    private static final int PACKET_SIZE_MAX = 65_535;

    private final Reactor reactor;
    private final UdpAssociation association;
    private final UdpPort clientsPort;
    private final UdpPort targetsPort;
    private long lastNanos;
    private long sent;
    private long received;

    /// @param reached the local address that the client has reached
    /// @param clientPort the port that the client said it would write from; 0: it does not know
    /// @throws CannotListenError if a port cannot be opened
    UdpCarrier(Reactor reactor, String reached, InetAddress client, int clientPort, Targets targets) {
        this.reactor = reactor;
        association = new UdpAssociation(client, clientPort, targets, this);
        lastNanos = reactor.nanos();
        clientsPort = reactor.listenUdp(0, new FromClient(), options(reached));
        targetsPort = openTargetsPort();
    }

    private UdpPort openTargetsPort() {
        try {
            return listenAnywhere();
        } catch (CannotListenError full) {
            clientsPort.stopListening();
            throw full;
        }
    }

    private UdpPort listenAnywhere() {
        try {
            return reactor.listenUdp(0, new FromTargets(), options("::"));
        } catch (CannotListenError withoutIpv6) {
            return reactor.listenUdp(0, new FromTargets(), options(""));
        }
    }

    private static DatagramOptions options(String networkInterface) {
        return DatagramOptions.DEFAULT.on(networkInterface).maxPacketSize(PACKET_SIZE_MAX);
    }

    /// Where the client is to write to.
    Address host() {
        return clientsPort.host();
    }

    /// When something was last passed on, by the reactor's clock.
    long lastNanos() {
        return lastNanos;
    }

    /// How many datagrams the client has sent.
    long sent() {
        return sent;
    }

    /// How many answers came for it.
    long received() {
        return received;
    }

    void close() {
        association.close();
        clientsPort.stopListening();
        targetsPort.stopListening();
    }

    @Override
    public void toClient(ByteBuffer datagram, Address client) {
        write(clientsPort, datagram, client);
    }

    @Override
    public void toTarget(ByteBuffer datagram, Address target) {
        write(targetsPort, datagram, target);
    }

    /// What cannot be sent is dropped, as the network would do.
    private static void write(UdpPort port, ByteBuffer datagram, Address to) {
        try {
            port.write(datagram, to);
        } catch (InvalidAddressError | MessageLengthError undeliverable) {
            log.debug("dropped a datagram to {target}: {reason}", to, undeliverable.getMessage());
        }
    }

    private final class FromClient extends DatagramProtocol {
        FromClient() {
            noisy(false);
        }

        @Override
        public void datagramReceived(ByteBuffer datagram, Address from) {
            if (association.atClientsPort(datagram, from)) {
                lastNanos = reactor.nanos();
                sent++;
            }
        }

        @Override
        public String logPrefix() {
            return "SocksClient";
        }
    }

    private final class FromTargets extends DatagramProtocol {
        FromTargets() {
            noisy(false);
        }

        @Override
        public void datagramReceived(ByteBuffer datagram, Address from) {
            if (association.atTargetsPort(datagram, from)) {
                lastNanos = reactor.nanos();
                received++;
            }
        }

        @Override
        public String logPrefix() {
            return "SocksTargets";
        }
    }
}
