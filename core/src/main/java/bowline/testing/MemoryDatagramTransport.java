package bowline.testing;

import bowline.defer.Deferred;
import bowline.protocol.Address;
import bowline.protocol.AlreadyConnected;
import bowline.protocol.DatagramProtocol;
import bowline.protocol.InvalidAddressError;
import bowline.protocol.MessageLengthError;
import bowline.protocol.MulticastJoinError;
import bowline.reactor.DatagramOptions;
import bowline.reactor.MulticastPort;
import bowline.reactor.loop.SocketAddresses;
import bowline.time.Clock;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A UDP port that ends in the test: it keeps what its protocol sends and delivers what the test says was sent to it
/// (section 23, TST-1).
///
///     var port = MemoryDatagramTransport.listen(new Echo());
///     port.deliver("hello", MemoryDatagramTransport.PEER);
///     assertEquals("hello", port.written().getFirst().text());
///
/// Addresses, lengths and the peer are judged as a real port judges them. A datagram is lent as a reactor lends it: in
/// a direct buffer that is overwritten after the call. An exception of the protocol reaches the test.
public final class MemoryDatagramTransport implements MulticastPort {
    /// An address that datagrams may come from.
    public static final Address PEER = new Address.IPv4(Address.Carrier.UDP, "192.168.1.1", 54321);

    private static final int LENGTH_MAX_BYTES = 65_507;
    private static final byte POISON = (byte) 0xDB;

    private final Clock clock;
    private final DatagramProtocol protocol;
    private final DatagramOptions options;
    private final Address host;
    private final List<Datagram> written = new ArrayList<>();
    private final Set<Group> groups = new LinkedHashSet<>();
    private @Nullable Address peer;
    private String outgoing = "";
    private boolean listening;
    private boolean full;
    private boolean broadcast;
    private boolean loopback = true;
    private int ttl = 1;
    private long dropped;
    private @Nullable Address arrivedAt;

    /// One datagram that the protocol sent.
    ///
    /// @param bytes what was in it
    /// @param address where it was sent
    /// @param from the local address that the protocol chose; null if it chose none
    public record Datagram(
            ByteBuffer bytes, Address address, @Nullable Address from) {
        /// One from no address in particular.
        public Datagram(ByteBuffer bytes, Address address) {
            this(bytes, address, null);
        }

        /// Its bytes, read as UTF-8.
        public String text() {
            return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
        }
    }

    /// One group that the protocol has joined.
    ///
    /// @param networkInterface as it was named; empty if it was not
    /// @param source the one sender that is heard; empty: all are
    public record Group(String group, String networkInterface, String source) {}

    /// A port that does not listen yet.
    ///
    /// @param port its number; there is nobody to pick one
    public MemoryDatagramTransport(Clock clock, int port, DatagramProtocol protocol, DatagramOptions options) {
        this.clock = clock;
        this.protocol = protocol;
        this.options = options;
        String on = options.networkInterface();
        this.host = SocketAddresses.udp(
                new InetSocketAddress(SocketAddresses.literal(on.isEmpty() ? "0.0.0.0" : on), port));
    }

    /// A port for `protocol`, which is started, with a clock of its own.
    public static MemoryDatagramTransport listen(DatagramProtocol protocol) {
        return listen(protocol, new ManualClock());
    }

    /// A port for `protocol`, which is started, that lives on `clock`.
    public static MemoryDatagramTransport listen(DatagramProtocol protocol, Clock clock) {
        var port = new MemoryDatagramTransport(clock, 12345, protocol, DatagramOptions.DEFAULT);
        port.startListening();
        return port;
    }

    // What the test does

    /// A datagram comes from `from`: what is longer than the port takes is cut, and on a connected port those of
    /// others are not shown (UDP-2, UDP-5).
    public void deliver(byte[] bytes, Address from) {
        if (!listening) {
            throw new IllegalStateException(this + " does not listen");
        }
        if (peer != null && !peer.equals(from)) {
            return;
        }
        int length = Math.min(bytes.length, options.maxPacketSize());
        ByteBuffer lent = ByteBuffer.allocateDirect(length).put(0, bytes, 0, length);
        try {
            protocol.datagramReceived(lent, from);
        } finally {
            for (int i = 0; i < length; i++) {
                lent.put(i, POISON);
            }
        }
    }

    /// As [#deliver(String, Address)], to `local` of the machine's own addresses.
    public void deliver(String text, Address from, Address local) {
        arrivedAt = local;
        try {
            deliver(text, from);
        } finally {
            arrivedAt = null;
        }
    }

    /// A datagram with this text, in UTF-8, comes from `from`.
    public void deliver(String text, Address from) {
        deliver(text.getBytes(StandardCharsets.UTF_8), from);
    }

    /// The peer's machine says that nobody listens there (UDP-9).
    ///
    /// @throws IllegalStateException if the port is not connected: it would not be told
    public void refuse() {
        if (peer == null) {
            throw new IllegalStateException(this + " is not connected, so it is not told of refusals");
        }
        protocol.connectionRefused();
    }

    /// Sets whether the system has no room for what is sent, and drops it (UDP-4).
    public MemoryDatagramTransport full(boolean on) {
        full = on;
        return this;
    }

    // What the test sees

    /// What was sent since the last [#clear], in order.
    public List<Datagram> written() {
        return List.copyOf(written);
    }

    /// Forgets what was sent.
    public void clear() {
        written.clear();
    }

    /// The groups that the protocol is in.
    public Set<Group> groups() {
        return Set.copyOf(groups);
    }

    /// Who listens.
    public DatagramProtocol protocol() {
        return protocol;
    }

    /// How it was opened.
    public DatagramOptions options() {
        return options;
    }

    /// Whether it receives now.
    public boolean listening() {
        return listening;
    }

    // As a port

    @Override
    public void startListening() {
        if (listening) {
            return;
        }
        listening = true;
        peer = null;
        try {
            protocol.makeConnection(this);
        } catch (RuntimeException thrown) {
            listening = false;
            throw thrown;
        }
    }

    @Override
    public Deferred<@Nullable Void> stopListening() {
        if (!listening) {
            return Deferred.succeed(null);
        }
        listening = false;
        groups.clear();
        var closed = new Deferred<@Nullable Void>();
        clock.callLater(Duration.ZERO, () -> {
            protocol.doStop();
            closed.callback(null);
        });
        return closed;
    }

    @Override
    public Address host() {
        return host;
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public void write(ByteBuffer bytes, Address address) {
        send(bytes, address, null);
    }

    @Override
    public void write(ByteBuffer bytes, Address address, Address from) {
        send(bytes, address, inNumbers(from));
    }

    @Override
    public @Nullable Address localAddress() {
        return options.localAddresses() ? arrivedAt : null;
    }

    private void send(ByteBuffer bytes, Address address, @Nullable Address from) {
        Address to = inNumbers(address);
        if (peer != null && !peer.equals(to)) {
            throw new IllegalArgumentException("the port is connected to " + peer + ", not to " + address);
        }
        sendTo(bytes, to, from);
    }

    @Override
    public void write(ByteBuffer bytes) {
        if (peer == null) {
            throw new IllegalStateException("the port has no peer; give the address, or call connect first");
        }
        sendTo(bytes, peer, null);
    }

    private void sendTo(ByteBuffer bytes, Address to, @Nullable Address from) {
        if (bytes.remaining() > LENGTH_MAX_BYTES) {
            throw new MessageLengthError(bytes.remaining(), null);
        }
        ByteBuffer copy = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
        if (!listening) {
            return;
        }
        if (full) {
            dropped++;
        } else {
            written.add(new Datagram(copy.asReadOnlyBuffer(), to, from));
        }
    }

    private Address inNumbers(Address address) {
        Address to = SocketAddresses.udp(SocketAddresses.socket(address));
        boolean speaksBoth = host.host().equals("::");
        if (!speaksBoth && host instanceof Address.IPv4 != to instanceof Address.IPv4) {
            throw new InvalidAddressError(address.toString(), "the port " + host + " is of the other version of IP");
        }
        return to;
    }

    @Override
    public void connect(String toHost, int port) {
        if (peer != null) {
            throw new AlreadyConnected(peer);
        }
        peer = inNumbers(new Address.Hostname(toHost, port));
    }

    @Override
    public @Nullable Address connectedTo() {
        return peer;
    }

    @Override
    public boolean broadcastAllowed() {
        return broadcast;
    }

    @Override
    public void broadcastAllowed(boolean on) {
        broadcast = on;
    }

    @Override
    public long droppedDatagrams() {
        return dropped;
    }

    // Groups, which are remembered; names are not looked up

    @Override
    public Deferred<@Nullable Void> joinGroup(String group, String networkInterface) {
        return joinGroup(group, networkInterface, "");
    }

    @Override
    public Deferred<@Nullable Void> joinGroup(String group, String networkInterface, String source) {
        return Deferred.<@Nullable Void>execute(() -> {
            if (!isGroup(group)) {
                throw new MulticastJoinError(group, networkInterface, "this is no group in numbers", null);
            }
            groups.add(new Group(group, networkInterface, source));
            return null;
        });
    }

    private static boolean isGroup(String group) {
        try {
            InetAddress address = SocketAddresses.literal(group);
            return address.isMulticastAddress();
        } catch (InvalidAddressError name) {
            return false;
        }
    }

    @Override
    public Deferred<@Nullable Void> leaveGroup(String group, String networkInterface) {
        return Deferred.<@Nullable Void>execute(() -> {
            boolean left = groups.removeIf(each -> each.group().equals(group)
                    && (networkInterface.isEmpty() || each.networkInterface().equals(networkInterface)));
            if (!left) {
                throw new MulticastJoinError(group, networkInterface, "it was not joined there", null);
            }
            return null;
        });
    }

    @Override
    public int ttl() {
        return ttl;
    }

    @Override
    public void ttl(int hops) {
        if (hops < 0 || hops > 255) {
            throw new IllegalArgumentException("ttl " + hops + " is not between 0 and 255");
        }
        ttl = hops;
    }

    @Override
    public boolean loopbackMode() {
        return loopback;
    }

    @Override
    public void loopbackMode(boolean on) {
        loopback = on;
    }

    @Override
    public String outgoingInterface() {
        return outgoing;
    }

    @Override
    public Deferred<@Nullable Void> outgoingInterface(String networkInterface) {
        outgoing = networkInterface;
        return Deferred.succeed(null);
    }

    @Override
    public String toString() {
        return "UDP port " + host + (listening ? "" : " (closed)") + " for " + protocol.logPrefix();
    }
}
