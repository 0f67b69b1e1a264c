package bowline.reactor.loop;

import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.log.LogContext;
import bowline.log.LogPrefixed;
import bowline.log.Logger;
import bowline.protocol.Address;
import bowline.protocol.AlreadyConnected;
import bowline.protocol.CannotListenError;
import bowline.protocol.DatagramProtocol;
import bowline.protocol.InvalidAddressError;
import bowline.protocol.MessageLengthError;
import bowline.reactor.DatagramOptions;
import bowline.reactor.Reactor;
import bowline.time.Clock;
import bowline.time.DelayedCall;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A UDP port (section 23); a backend fills in the system calls.
///
/// Reading: what waits is read in one go, and what waits longer than a fair share of the turn is left to the next
/// ([#readReady]). Writing: at once, or not at all ([#send]). Nothing is kept but the peers' addresses. Groups: the
/// [GroupSide].
@SuppressWarnings("this-escape") // parts are given the port while it is made, and use it when it listens
public abstract class DatagramPort extends GroupSide implements LogPrefixed {
    private static final Logger log = Logger.of(Reactor.class);

    /// Most bytes read before others have their turn (UDP-3).
    static final int READ_MAX_BYTES = 262_144;

    /// Most datagrams read before others have their turn: bytes alone would let a flood of empty ones go on
    /// forever.
    static final int READ_MAX_DATAGRAMS = 1000;

    /// Longest datagram of IPv6; that of IPv4 is 20 bytes shorter, which the system knows.
    private static final int LENGTH_MAX_BYTES = 65_527;

    /// How long reading rests when the system reports a fault, which may not end by itself.
    static final Duration FAULT_PAUSE = Duration.ofSeconds(1);

    private final InetSocketAddress where;
    private final DatagramProtocol protocol;
    private final DatagramOptions options;
    private final PeerCache peers = new PeerCache(this::target);
    private final LogContext context = LogContext.of(this);
    private final PortClosing closing;

    private @Nullable InetSocketAddress bound;
    private @Nullable InetSocketAddress connected;
    private @Nullable Address peer;
    private @Nullable DelayedCall rest;
    private boolean refusalUntold;
    private boolean troubleTold;
    private long dropped;

    /// A port that does not listen yet.
    protected DatagramPort(Loop loop, InetSocketAddress where, DatagramProtocol protocol, DatagramOptions options) {
        super(loop);
        this.where = where;
        this.protocol = protocol;
        this.options = options;
        closing = new PortClosing(loop, context, this::lastWords);
    }

    // System calls

    /// Opens a socket and binds it, without reading yet; returns the address taken.
    protected abstract InetSocketAddress bind(InetSocketAddress address, DatagramOptions options) throws IOException;

    /// The peer that the socket is connected to, or null.
    protected abstract @Nullable InetSocketAddress remote() throws IOException;

    /// Sets whether datagrams are wanted.
    protected abstract void reading(boolean on);

    /// Reads one datagram, as much of it as there is room for; null when none waits.
    protected abstract @Nullable SocketAddress receive(ByteBuffer into) throws IOException;

    /// Sends one datagram; false when the system would have to wait. A backend whose system cannot send an
    /// empty one on a connected socket may disconnect it: the port itself hears its peer alone.
    ///
    /// @param to where to; the peer if the port is connected
    protected abstract boolean send(ByteBuffer bytes, InetSocketAddress to) throws IOException;

    /// Fixes the peer; returns the local address, which may be narrower now.
    protected abstract InetSocketAddress connect(InetSocketAddress to) throws IOException;

    /// Closes the socket.
    protected abstract void close();

    // Life

    /// Where a port of these options is to be.
    static InetSocketAddress where(int port, DatagramOptions options) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + " is not between 0 and 65535");
        }
        String host = options.networkInterface();
        return new InetSocketAddress(SocketAddresses.literal(host.isEmpty() ? "0.0.0.0" : host), port);
    }

    /// Where a channel is that is to be adopted.
    static InetSocketAddress where(DatagramChannel channel) {
        try {
            if (channel.getLocalAddress() instanceof InetSocketAddress address) {
                return address;
            }
            throw new IllegalArgumentException("the channel is not bound to a UDP port; call bind first");
        } catch (ClosedChannelException closed) {
            throw new CannotListenError("the channel to be adopted", "it is closed", closed);
        } catch (IOException broken) {
            throw new CannotListenError(
                    "the channel to be adopted", Failure.of(broken).message(), broken);
        }
    }

    @Override
    public final void startListening() {
        loop.check("UdpPort.startListening");
        if (listening) {
            return;
        }
        try {
            bound = bind(where, options);
            connected = remote();
        } catch (IOException refused) {
            close();
            throw ConnectFaults.listening("udp", where, refused);
        }
        peer = connected == null ? null : SocketAddresses.udp(connected);
        log.info("{protocol} starting on {port}", protocol.logPrefix(), bound.getPort());
        start();
        reading(listening); // the protocol may have stopped it
    }

    private void start() {
        listening = true;
        try {
            protocol.makeConnection(this);
        } catch (RuntimeException thrown) {
            listening = false;
            close();
            throw thrown;
        }
    }

    @Override
    public final Deferred<@Nullable Void> stopListening() {
        loop.check("UdpPort.stopListening");
        return closing.ask(listening, () -> {
            end();
            closing.finishSoon();
        });
    }

    private void end() {
        listening = false;
        if (rest != null) {
            rest.cancelIfActive();
            rest = null;
        }
        forgetGroups();
        close();
    }

    private void lastWords() {
        log.info("(UDP Port {port} Closed)", port());
        protocol.doStop();
    }

    /// The reactor ends (REA-9).
    public final void disconnected() {
        if (listening) {
            end();
            closing.finish();
        }
    }

    // Reading

    /// The loop saw that datagrams wait: reads until none does, or others have waited long enough (UDP-3).
    public final void readReady() {
        LogContext before = loop.swapContext(context);
        try {
            int bytes = 0;
            for (int count = 0; listening && count < READ_MAX_DATAGRAMS && bytes < READ_MAX_BYTES; count++) {
                int length = readOne();
                if (length < 0) {
                    return;
                }
                bytes += length;
            }
        } finally {
            loop.swapContext(before);
        }
    }

    /// Reads one datagram and hands it out.
    ///
    /// @return its length; -1 when there is none
    private int readOne() {
        ReadBuffer buffer = loop.readBuffer();
        ByteBuffer room = buffer.empty(options.maxPacketSize());
        int start = room.position();
        SocketAddress from;
        try {
            from = receive(room);
        } catch (PortUnreachableException refused) {
            tellRefusal();
            return 0;
        } catch (IOException broken) {
            restFrom(broken);
            return -1;
        }
        if (from == null) {
            return -1;
        }
        int length = room.position() - start;
        if (connected == null || connected.equals(from)) { // the system need not be connected (#send)
            deliver(buffer, from);
        }
        return length;
    }

    private void deliver(ReadBuffer buffer, SocketAddress from) {
        try {
            loop.tally().datagramsReceived++;
            buffer.deliver(protocol, peers.address((InetSocketAddress) from));
        } catch (Throwable thrown) {
            loop.report("Unhandled Error", thrown);
        }
    }

    /// The port survives and does not spin.
    private void restFrom(IOException broken) {
        log.info("could not receive a datagram, resting for {pause}: {reason}", FAULT_PAUSE, broken);
        reading(false);
        rest = loop.callLater(FAULT_PAUSE, () -> {
            rest = null;
            reading(true);
        });
    }

    // Writing

    @Override
    public final void write(ByteBuffer bytes, Address address) {
        loop.check("DatagramTransport.write");
        if (!listening) {
            takeAll(bytes);
        } else if (connected == null) {
            send(bytes, peers.socket(address), address);
        } else if (connected.equals(SocketAddresses.socket(address))) {
            send(bytes, connected, address);
        } else {
            throw new IllegalArgumentException(
                    "the port is connected to " + peer + "; open another one to send to " + address);
        }
    }

    @Override
    public final void write(ByteBuffer bytes) {
        loop.check("DatagramTransport.write");
        if (!listening) {
            takeAll(bytes);
        } else if (connected == null || peer == null) {
            throw new IllegalStateException("the port has no peer; give the address, or call connect first");
        } else {
            send(bytes, connected, peer);
        }
    }

    private void send(ByteBuffer bytes, InetSocketAddress to, Address address) {
        if (bytes.remaining() > LENGTH_MAX_BYTES) {
            throw new MessageLengthError(bytes.remaining(), null);
        }
        try {
            if (sendUnlessRefused(bytes, to)) {
                loop.tally().datagramsSent++;
            } else {
                dropped++;
            }
        } catch (IOException trouble) {
            judge(trouble, bytes.remaining(), address);
        }
        takeAll(bytes);
    }

    /// What is refused is an earlier datagram, and this one has not been sent for it: so once more.
    private boolean sendUnlessRefused(ByteBuffer bytes, InetSocketAddress to) throws IOException {
        try {
            return send(bytes, to);
        } catch (PortUnreachableException refused) {
            tellRefusalLater();
        }
        try {
            return send(bytes, to);
        } catch (PortUnreachableException refusedAgain) {
            return false;
        }
    }

    private void judge(IOException trouble, int length, Address address) {
        String said = String.valueOf(trouble.getMessage()).toLowerCase(Locale.ROOT);
        if (said.contains("too long") || said.contains("too large")) {
            throw new MessageLengthError(length, trouble);
        }
        dropped++;
        if (!troubleTold) {
            troubleTold = true;
            log.info(
                    "dropped a datagram to {address}: {reason}; further ones are only counted",
                    address,
                    Failure.of(trouble).message());
        }
    }

    private static void takeAll(ByteBuffer bytes) {
        bytes.position(bytes.limit());
    }

    @Override
    public final long droppedDatagrams() {
        return dropped;
    }

    /// Where `address` is for the system, if this port's family can go there (UDP-4).
    private InetSocketAddress target(Address address) {
        InetSocketAddress socket = SocketAddresses.socket(address);
        InetAddress here = (bound == null ? where : bound).getAddress();
        boolean same = here instanceof Inet4Address == socket.getAddress() instanceof Inet4Address;
        boolean both = !(here instanceof Inet4Address) && here.isAnyLocalAddress();
        if (!same && !both) {
            throw new InvalidAddressError(
                    address.toString(), "the port " + host() + " is of the other version of IP; open one of this");
        }
        return socket;
    }

    // The peer

    @Override
    public final void connect(String host, int port) {
        loop.check("DatagramTransport.connect");
        if (peer != null) {
            throw new AlreadyConnected(peer);
        }
        if (!listening) {
            throw new IllegalStateException("the port does not listen; connect it after startListening");
        }
        InetSocketAddress to = target(new Address.Hostname(host, port));
        try {
            bound = connect(to);
        } catch (IOException refused) {
            throw new UncheckedIOException(ConnectFaults.connecting(SocketAddresses.udp(to), refused));
        }
        connected = to;
        peer = SocketAddresses.udp(to);
    }

    @Override
    public final @Nullable Address connectedTo() {
        return peer;
    }

    /// Never from inside a write of the protocol's own.
    private void tellRefusalLater() {
        if (!refusalUntold) {
            refusalUntold = true;
            loop.soon(() -> {
                refusalUntold = false;
                LogContext before = loop.swapContext(context);
                tellRefusal();
                loop.swapContext(before);
            });
        }
    }

    private void tellRefusal() {
        if (listening && connected != null) {
            loop.guarded(protocol::connectionRefused);
        }
    }

    // Looking

    @Override
    public final Address host() {
        return SocketAddresses.udp(bound == null ? where : bound);
    }

    @Override
    public final Clock clock() {
        return loop;
    }

    /// `Echo (UDP)`: what receiving is logged under (UDP-8).
    @Override
    public final String logPrefix() {
        return protocol.logPrefix() + " (UDP)";
    }

    @Override
    public final String toString() {
        return "UDP port " + host() + " for " + protocol.logPrefix();
    }
}
