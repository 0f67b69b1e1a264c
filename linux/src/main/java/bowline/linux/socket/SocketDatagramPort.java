package bowline.linux.socket;

import bowline.failure.Failure;
import bowline.linux.system.DatagramSockets;
import bowline.linux.system.Errno;
import bowline.linux.system.ReceivedDatagrams;
import bowline.linux.system.SentDatagrams;
import bowline.linux.system.SocketAddressCodec;
import bowline.linux.system.SocketOptionName;
import bowline.linux.system.Sockets;
import bowline.log.Logger;
import bowline.protocol.DatagramProtocol;
import bowline.reactor.DatagramOptions;
import bowline.reactor.InheritedPorts;
import bowline.reactor.Reactor;
import bowline.reactor.loop.DatagramPort;
import bowline.reactor.nio.NetworkInterfaces;
import java.io.IOException;
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
final class SocketDatagramPort extends DatagramPort implements DescriptorHandler, HandedSocket {
    private static final Logger log = Logger.of(Reactor.class);

    private static final int HOPS_MAX = 255;

    /// Longest datagram there is, be it one or several joined.
    private static final int JOINED_MAX_BYTES = 65_535;
    private static final int NONE = -1;

    private final DescriptorReactor reactor;
    private final DescriptorBinding binding;
    private final DatagramOptions options;
    /// What is written by turns, at whose end it goes; null if it goes with what is read.
    private final @Nullable SentDatagrams outgoingOfTurn;

    private boolean reading;
    private boolean flushWaits;
    /// Which of the received datagrams is being delivered.
    private int current = NONE;
    private int controlBytes;
    private int family;
    private int outgoingInterface;
    private boolean connected;
    private String name = "";
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
        this.options = options;
        outgoingOfTurn = options.sendOffload() ? new SentDatagrams(reactor.system()) : null;
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
        outgoingInterface = 0;
        if (adopted == NONE) {
            openOrInherit(address, options);
        } else {
            binding.opened(adopted);
            adopted = NONE;
            family = sockets().option(binding.descriptor(), SocketOptionName.FAMILY);
            setBuffers(binding.descriptor(), options);
        }
        tellMore(binding.descriptor());
        binding.watchFor(this);
        return local();
    }

    /// Has the system tell beside each datagram what was asked for.
    private void tellMore(int socket) throws IOException {
        controlBytes = 0;
        if (options.localAddresses()) {
            boolean six = family == Sockets.INET6;
            sockets().option(socket, six ? SocketOptionName.IPV6_PACKET_INFO : SocketOptionName.IP_PACKET_INFO, 1);
            controlBytes += six ? ReceivedDatagrams.INET6_LOCAL_BYTES : ReceivedDatagrams.INET_LOCAL_BYTES;
        }
        if (options.receiveOffload()) {
            sockets().option(socket, SocketOptionName.UDP_RECEIVE_OFFLOAD, 1);
            controlBytes += ReceivedDatagrams.SEGMENT_BYTES;
        }
    }

    /// A port that has no number to be known by, or others beside it, is of no use to a successor.
    private void openOrInherit(InetSocketAddress address, DatagramOptions options) throws IOException {
        if (address.getPort() == 0 || options.listenMultiple()) {
            open(address, options);
            return;
        }
        name = SocketHandover.name("udp", address);
        int inherited = reactor.handover().take(name);
        if (inherited == InheritedPorts.NONE) {
            open(address, options);
        } else {
            binding.opened(inherited);
            family = sockets().option(inherited, SocketOptionName.FAMILY);
        }
        reactor.handover().opened(this);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int descriptor() throws IOException {
        return binding.descriptor();
    }

    @Override
    public void handedOver(long pid) {
        // Nothing belongs to it but the socket.
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
        binding.wantReading(on);
    }

    // Reading

    /// Those that came as one are read to room for the longest, and delivered one by one.
    @Override
    protected boolean readSome() throws IOException {
        int room = options.receiveOffload() ? JOINED_MAX_BYTES : options.maxPacketSize();
        int most = ReceivedDatagrams.most(readable(), room);
        ReceivedDatagrams received = reactor.receivedDatagrams();
        int count = received.receive(binding.descriptor(), most, room, controlBytes);
        reading = true;
        try {
            for (int i = 0; i < count && listening(); i++) {
                current = i;
                deliverAll(received.datagram(i), received.segmentBytes(i), received.from(i));
            }
        } finally {
            current = NONE;
            flush();
            reading = false;
        }
        return count == most;
    }

    private void deliverAll(ByteBuffer joined, int each, SocketAddress from) {
        int end = joined.limit();
        int next = joined.position();
        do {
            int start = next;
            next = Math.min(end, start + each);
            deliver(
                    joined.limit(Math.min(next, start + options.maxPacketSize()))
                            .position(start),
                    from);
        } while (next < end && listening());
    }

    @Override
    protected @Nullable InetSocketAddress arrivedAt() {
        return current == NONE || !options.localAddresses()
                ? null
                : reactor.receivedDatagrams().local(current, port());
    }

    // Writing

    @Override
    protected boolean send(ByteBuffer bytes, SocketAddress to) throws IOException {
        return datagrams().send(binding.descriptor(), bytes, family, connected ? null : to);
    }

    @Override
    protected boolean send(ByteBuffer bytes, SocketAddress to, InetAddress from) throws IOException {
        return datagrams().send(binding.descriptor(), bytes, family, connected ? null : to, from);
    }

    /// What is written while datagrams are delivered goes when those that were read together have been: several
    /// by one call, and so soon that nobody can tell. Only long ones are late for that.
    @Override
    protected boolean queue(ByteBuffer bytes, SocketAddress to, @Nullable InetAddress from) {
        SentDatagrams waiting = waiting();
        if (waiting == null || !SentDatagrams.takes(bytes.remaining())) {
            flush();
            return false;
        }
        if (waiting.isFull()) {
            flush();
        }
        waiting.add(bytes, to, from);
        if (!reading && !flushWaits) {
            flushWaits = true;
            reactor.atEndOfTurn(this::flushAtEndOfTurn);
        }
        return true;
    }

    private @Nullable SentDatagrams waiting() {
        return outgoingOfTurn != null || !reading ? outgoingOfTurn : reactor.answers();
    }

    private void flushAtEndOfTurn() {
        flushWaits = false;
        flush();
    }

    @Override
    protected void flush() {
        SentDatagrams waiting = waiting();
        if (waiting == null || waiting.count() == 0) {
            return;
        }
        try {
            sendAll(waiting, binding.descriptor());
        } catch (IOException gone) {
            droppedTogether(waiting.count());
        } finally {
            waiting.clear();
        }
    }

    private void sendAll(SentDatagrams waiting, int socket) throws IOException {
        boolean segmented = options.sendOffload();
        int first = 0;
        while (first < waiting.count()) {
            long sent = waiting.send(socket, family, first, segmented, connected);
            if (sent > 0) {
                sentTogether((int) sent);
                first += (int) sent;
            } else if (Errno.EAGAIN.is(sent)) {
                droppedTogether(waiting.count() - first);
                return;
            } else if (segmented && !Errno.ECONNREFUSED.is(sent)) {
                segmented = false; // those that the way there does not let cross as one go one by one, now
            } else {
                sendAlone(waiting.datagram(first), waiting.to(first), waiting.from(first), Errno.ECONNREFUSED.is(sent));
                first++;
            }
        }
    }

    @Override
    protected InetSocketAddress connect(InetSocketAddress to) throws IOException {
        flush();
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
        flush();
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
        NetworkInterface chosen = outgoingInterface == 0 ? null : NetworkInterface.getByIndex(outgoingInterface);
        return chosen == null ? "" : chosen.getName();
    }

    @Override
    protected void outgoing(String nameOrAddress) throws IOException {
        flush();
        NetworkInterface chosen = NetworkInterfaces.named(nameOrAddress);
        if (family == Sockets.INET6) {
            sockets().option(binding.descriptor(), SocketOptionName.IPV6_MULTICAST_IF, chosen.getIndex());
        } else {
            datagrams().outgoingInterface(binding.descriptor(), chosen.getIndex(), inet4(chosen));
        }
        outgoingInterface = chosen.getIndex();
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
        reactor.handover().closed(this);
        flush();
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
