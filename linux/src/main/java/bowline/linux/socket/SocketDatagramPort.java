package bowline.linux.socket;

import bowline.failure.Failure;
import bowline.linux.system.DatagramSockets;
import bowline.linux.system.ReceivedDatagrams;
import bowline.linux.system.SocketAddressCodec;
import bowline.linux.system.SocketOptionName;
import bowline.linux.system.Sockets;
import bowline.log.Logger;
import bowline.protocol.DatagramProtocol;
import bowline.reactor.DatagramOptions;
import bowline.reactor.Reactor;
import bowline.reactor.loop.DatagramPort;
import bowline.reactor.nio.NetworkInterfaces;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// A UDP socket.
final class SocketDatagramPort extends DatagramPort implements DescriptorHandler {
    private static final Logger log = Logger.of(Reactor.class);

    private static final int HOPS_MAX = 255;
    private static final int NONE = -1;

    private final DescriptorReactor reactor;
    private final DescriptorBinding binding;
    private final int packetMaxBytes;
    private int family;
    private int outgoing;
    private boolean connected;
    private int adopted;

    SocketDatagramPort(
            DescriptorReactor reactor, InetSocketAddress where, DatagramProtocol protocol, DatagramOptions options) {
        this(reactor, NONE, where, protocol, options);
    }

    /// @param adopted the descriptor of the socket to use first, which is bound
    SocketDatagramPort(
            DescriptorReactor reactor,
            int adopted,
            InetSocketAddress where,
            DatagramProtocol protocol,
            DatagramOptions options) {
        super(reactor, where, protocol, options);
        this.reactor = reactor;
        this.adopted = adopted;
        binding = new DescriptorBinding(reactor);
        packetMaxBytes = options.maxPacketSize();
    }

    private Sockets sockets() {
        return reactor.sockets();
    }

    private DatagramSockets datagrams() {
        return reactor.datagrams();
    }

    @Override
    protected InetSocketAddress bind(InetSocketAddress address, DatagramOptions options) throws IOException {
        connected = false;
        outgoing = 0;
        if (adopted == NONE) {
            open(address, options);
        } else {
            binding.opened(adopted);
            adopted = NONE;
            family = sockets().option(binding.descriptor(), SocketOptionName.FAMILY);
            setBuffers(binding.descriptor(), options);
        }
        binding.watchFor(this);
        return local();
    }

    private void open(InetSocketAddress address, DatagramOptions options) throws IOException {
        family = SocketAddressCodec.family(address);
        int socket = sockets().open(family, Sockets.DATAGRAM);
        binding.opened(socket);
        sockets().dualStack(socket, family);
        datagrams().ownGroupsOnly(socket, family);
        setBuffers(socket, options);
        if (options.listenMultiple()) {
            sockets().option(socket, SocketOptionName.REUSE_ADDRESS, 1);
            sockets().option(socket, SocketOptionName.REUSE_PORT, 1);
        }
        sockets().bind(socket, address);
    }

    private void setBuffers(int socket, DatagramOptions options) throws IOException {
        if (options.receiveBufferBytes() > 0) {
            sockets().option(socket, SocketOptionName.RECEIVE_BUFFER, options.receiveBufferBytes());
        }
        if (options.sendBufferBytes() > 0) {
            sockets().option(socket, SocketOptionName.SEND_BUFFER, options.sendBufferBytes());
        }
    }

    private InetSocketAddress local() throws IOException {
        return (InetSocketAddress) sockets().localAddress(binding.descriptor());
    }

    @Override
    protected @Nullable InetSocketAddress remote() throws IOException {
        SocketAddress peer = sockets().peer(binding.descriptor());
        connected = peer != null;
        return (InetSocketAddress) peer;
    }

    @Override
    protected void reading(boolean on) {
        try {
            binding.wantReading(on);
        } catch (IOException full) {
            throw new UncheckedIOException("the port cannot be watched", full);
        }
    }

    @Override
    protected boolean readSome() throws IOException {
        int most = ReceivedDatagrams.most(readable(), packetMaxBytes);
        ReceivedDatagrams received = reactor.receivedDatagrams();
        int count = received.receive(binding.descriptor(), most, packetMaxBytes, 0);
        for (int i = 0; i < count && listening(); i++) {
            deliver(received.datagram(i), received.from(i));
        }
        return count == most;
    }

    @Override
    protected boolean send(ByteBuffer bytes, SocketAddress to) throws IOException {
        return datagrams().send(binding.descriptor(), bytes, family, connected ? null : to);
    }

    @Override
    protected InetSocketAddress connect(InetSocketAddress to) throws IOException {
        datagrams().connect(binding.descriptor(), family, to);
        connected = true;
        return local();
    }

    // Options

    @Override
    @SuppressWarnings("unchecked") // what an option of that type is
    protected <T> @Nullable T option(SocketOption<T> option) throws IOException {
        int value = sockets().option(binding.descriptor(), name(option));
        return (T) (option.type() == Boolean.class ? (Object) (value != 0) : (Object) value);
    }

    @Override
    protected <T> void option(SocketOption<T> option, T value) throws IOException {
        int number = value instanceof Boolean on ? (on ? 1 : 0) : (Integer) value;
        if (option == StandardSocketOptions.IP_MULTICAST_TTL && (number < 0 || number > HOPS_MAX)) {
            throw new IllegalArgumentException("a time to live of " + number + "; it is 0 to " + HOPS_MAX + " hops");
        }
        sockets().option(binding.descriptor(), name(option), number);
    }

    private SocketOptionName name(SocketOption<?> option) {
        boolean six = family == Sockets.INET6;
        if (option == StandardSocketOptions.IP_MULTICAST_TTL) {
            return six ? SocketOptionName.IPV6_MULTICAST_HOPS : SocketOptionName.IP_MULTICAST_TTL;
        }
        if (option == StandardSocketOptions.IP_MULTICAST_LOOP) {
            return six ? SocketOptionName.IPV6_MULTICAST_LOOP : SocketOptionName.IP_MULTICAST_LOOP;
        }
        if (option == StandardSocketOptions.SO_BROADCAST) {
            return SocketOptionName.BROADCAST;
        }
        throw new UnsupportedOperationException("the option " + option + " of a UDP port");
    }

    // Groups

    @Override
    protected String networkInterface(String nameOrAddress, InetAddress group) throws IOException {
        NetworkInterface found =
                nameOrAddress.isEmpty() ? NetworkInterfaces.towards(group) : NetworkInterfaces.named(nameOrAddress);
        return found.getName();
    }

    @Override
    protected Runnable join(InetAddress group, String networkInterface, @Nullable InetAddress source)
            throws IOException {
        int index = NetworkInterfaces.named(networkInterface).getIndex();
        int socket = binding.descriptor();
        datagrams().join(socket, group, index, source);
        return () -> leave(socket, group, index, source);
    }

    private void leave(int socket, InetAddress group, int index, @Nullable InetAddress source) {
        try {
            datagrams().leave(socket, group, index, source);
        } catch (IOException gone) {
            log.debug("leaving the group {group} failed: {reason}", group, gone);
        }
    }

    /// The system tells it for IPv6 alone, so it is kept here.
    @Override
    protected String outgoing() throws IOException {
        NetworkInterface chosen = outgoing == 0 ? null : NetworkInterface.getByIndex(outgoing);
        return chosen == null ? "" : chosen.getName();
    }

    @Override
    protected void outgoing(String nameOrAddress) throws IOException {
        NetworkInterface chosen = NetworkInterfaces.named(nameOrAddress);
        if (family == Sockets.INET6) {
            sockets().option(binding.descriptor(), SocketOptionName.IPV6_MULTICAST_IF, chosen.getIndex());
        } else {
            datagrams().outgoingInterface(binding.descriptor(), chosen.getIndex(), inet4(chosen));
        }
        outgoing = chosen.getIndex();
    }

    private static Inet4Address inet4(NetworkInterface chosen) throws IOException {
        return chosen.inetAddresses()
                .filter(Inet4Address.class::isInstance)
                .map(Inet4Address.class::cast)
                .findFirst()
                .orElseThrow(() -> new IOException("it has no IPv4 address, which the datagrams could come from"));
    }

    @Override
    protected void close() {
        binding.close();
    }

    @Override
    public void ready(int events) {
        readReady();
    }

    @Override
    public void disconnected(Failure reason) {
        disconnected();
    }
}
