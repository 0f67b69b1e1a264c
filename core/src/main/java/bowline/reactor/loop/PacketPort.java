package bowline.reactor.loop;

import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.log.LogContext;
import bowline.log.LogPrefixed;
import bowline.log.Logger;
import bowline.protocol.Address;
import bowline.protocol.DatagramProtocol;
import bowline.protocol.DatagramTransport;
import bowline.protocol.MessageLengthError;
import bowline.reactor.ListeningPort;
import bowline.reactor.Reactor;
import bowline.reactor.buffer.ReadBuffer;
import bowline.time.Clock;
import bowline.time.DelayedCall;
import java.io.IOException;
import java.net.InetAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A port of datagrams, whatever carries them (sections 23 and 24): UDP is a [DatagramPort], a UNIX socket a
/// [UnixPacketPort].
///
/// Reading: what waits is read in one go, and what waits longer than a fair share of the turn is left to the next
/// ([#readReady]). Writing: at once, or not at all ([#sendNow]). Nothing is kept but the peers' addresses.
@SuppressWarnings("this-escape") // parts are given the port while it is made, and use it when it listens
public abstract class PacketPort implements ListeningPort, DatagramTransport, LogPrefixed {
    private static final Logger log = Logger.of(Reactor.class);

    /// Most bytes read before others have their turn (UDP-3).
    static final int READ_MAX_BYTES = 262_144;

    /// Most datagrams read before others have their turn: bytes alone would let a flood of empty ones go on
    /// forever.
    static final int READ_MAX_DATAGRAMS = 1000;

    /// How long reading rests when the system reports a fault, which may not end by itself.
    static final Duration FAULT_PAUSE = Duration.ofSeconds(1);

    final Loop loop;
    private final DatagramProtocol protocol;
    private final int packetMaxBytes;
    private final PeerCache peers = new PeerCache(this::target, this::address);
    private final LogContext context = LogContext.of(this);
    private final PortClosing closing;

    /// Whether it is bound.
    boolean listening;

    private @Nullable SocketAddress connected;
    private @Nullable Address peer;
    private @Nullable DelayedCall rest;
    private boolean refusalUntold;
    private boolean troubleTold;
    private long dropped;
    private int readDatagrams;
    private int readBytes;

    PacketPort(Loop loop, DatagramProtocol protocol, int packetMaxBytes) {
        this.loop = loop;
        this.protocol = protocol;
        this.packetMaxBytes = packetMaxBytes;
        closing = new PortClosing(loop, context, this::lastWords);
    }

    // System calls

    /// Sets whether datagrams are wanted.
    protected abstract void reading(boolean on);

    /// Reads what one system call brings, and hands it out by [#deliver(ByteBuffer, SocketAddress)].
    ///
    /// @return whether more may wait
    /// @throws PortUnreachableException if a datagram that was sent before was refused
    protected abstract boolean readSome() throws IOException;

    /// Sends one datagram; false when the system would have to wait. A backend whose system cannot send an
    /// empty one on a connected socket may disconnect it: the port itself hears its peer alone.
    ///
    /// @param to where to; the peer if the port is connected
    protected abstract boolean send(ByteBuffer bytes, SocketAddress to) throws IOException;

    /// Sends one datagram from a local address of its own, as [#send(ByteBuffer, SocketAddress)] does.
    protected boolean send(ByteBuffer bytes, SocketAddress to, InetAddress from) throws IOException {
        throw new UnsupportedOperationException(this + " cannot choose the address that a datagram comes from");
    }

    /// Has one wait for others that are sent with it, soon and in order.
    ///
    /// @return false if it is to be sent at once; nothing waits any more then
    protected boolean queue(ByteBuffer bytes, SocketAddress to, @Nullable InetAddress from) {
        return false;
    }

    /// Sends what waits.
    protected void flush() {}

    /// Closes the socket, when what waits has been sent.
    protected abstract void close();

    // What the kinds differ in

    /// The system's address for one of ours.
    abstract SocketAddress target(Address address);

    /// Our address for one of the system's.
    abstract Address address(SocketAddress socket);

    /// Whether a datagram is the peer's: the system need not be connected ([#send]).
    boolean isFrom(SocketAddress sender, SocketAddress peer) {
        return peer.equals(sender);
    }

    /// The kind of port, as in `UDP`.
    abstract String kind();

    /// Its place in the log: a port number, or a path.
    abstract Object place();

    /// Most bytes of one datagram that the system could take.
    abstract int lengthMaxBytes();

    /// The socket is about to be closed.
    void leaving() {}

    /// The socket is closed.
    void left() {}

    // Life

    /// The socket is open: the protocol begins.
    final void begin() {
        log.info("{protocol} starting on {port}", protocol.logPrefix(), place());
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
            left();
            throw thrown;
        }
    }

    @Override
    public final Deferred<@Nullable Void> stopListening() {
        loop.check("DatagramTransport.stopListening");
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
        leaving();
        close();
        left();
    }

    private void lastWords() {
        log.info("({kind} Port {port} Closed)", kind(), place());
        protocol.doStop();
    }

    /// The reactor ends (REA-9).
    public final void disconnected() {
        if (listening) {
            end();
            closing.finish();
        }
    }

    /// Whether it is open.
    protected final boolean listening() {
        return listening;
    }

    final DatagramProtocol protocol() {
        return protocol;
    }

    // Reading

    /// The loop saw that datagrams wait: reads until none does, or others have waited long enough (UDP-3).
    public final void readReady() {
        LogContext before = loop.swapContext(context);
        readDatagrams = 0;
        readBytes = 0;
        try {
            boolean more = true;
            while (more && listening && readDatagrams < READ_MAX_DATAGRAMS && readBytes < READ_MAX_BYTES) {
                more = readOrHear();
            }
        } catch (IOException broken) {
            restFrom(broken);
        } finally {
            loop.swapContext(before);
        }
    }

    private boolean readOrHear() throws IOException {
        try {
            return readSome();
        } catch (PortUnreachableException refused) {
            readDatagrams++;
            tellRefusal();
            return true;
        }
    }

    /// Room for one datagram, for those who read them one by one.
    protected final ByteBuffer room() {
        return loop.readBuffer().empty(packetMaxBytes).mark();
    }

    /// Hands out what was read to the [room][#room], if there was something.
    ///
    /// @param from null if none waited
    /// @return whether there was one
    protected final boolean deliverFrom(ByteBuffer room, @Nullable SocketAddress from) {
        if (from == null) {
            return false;
        }
        deliver(room.limit(room.position()).reset(), from);
        return true;
    }

    /// Hands out a datagram that has been read. What the protocol leaves of it is gone.
    protected final void deliver(ByteBuffer datagram, SocketAddress from) {
        readDatagrams++;
        readBytes += datagram.remaining();
        if (connected != null && !isFrom(from, connected)) {
            return;
        }
        try {
            loop.tally().datagramsReceived++;
            ReadBuffer.deliver(datagram, protocol, peers.address(from));
        } catch (Throwable thrown) {
            loop.report("Unhandled Error", thrown);
        }
    }

    /// How many datagrams may still be read before others have their turn.
    protected final int readable() {
        return READ_MAX_DATAGRAMS - readDatagrams;
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
        write(bytes, address, (InetAddress) null);
    }

    /// @param from the local address that it is to come from; null for what the system chooses
    final void write(ByteBuffer bytes, Address address, @Nullable InetAddress from) {
        loop.check("DatagramTransport.write");
        if (!listening) {
            takeAll(bytes);
        } else if (connected == null) {
            send(bytes, peers.socket(address), from, address);
        } else if (connected.equals(peers.socket(address))) {
            send(bytes, connected, from, address);
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
            send(bytes, connected, null, peer);
        }
    }

    private void send(ByteBuffer bytes, SocketAddress to, @Nullable InetAddress from, Address address) {
        if (bytes.remaining() > lengthMaxBytes()) {
            throw new MessageLengthError(bytes.remaining(), null);
        }
        if (!queue(bytes, to, from)) {
            sendNow(bytes, to, from, address);
        }
        takeAll(bytes);
    }

    private void sendNow(ByteBuffer bytes, SocketAddress to, @Nullable InetAddress from, Address address) {
        try {
            if (sendUnlessRefused(bytes, to, from)) {
                loop.tally().datagramsSent++;
            } else {
                dropped++;
            }
        } catch (IOException trouble) {
            judge(trouble, bytes.remaining(), address);
        }
    }

    /// What is refused is an earlier datagram, and this one has not been sent for it: so once more.
    private boolean sendUnlessRefused(ByteBuffer bytes, SocketAddress to, @Nullable InetAddress from)
            throws IOException {
        try {
            return sendBy(bytes, to, from);
        } catch (PortUnreachableException refused) {
            tellRefusalLater();
        }
        try {
            return sendBy(bytes, to, from);
        } catch (PortUnreachableException refusedAgain) {
            return false;
        }
    }

    private boolean sendBy(ByteBuffer bytes, SocketAddress to, @Nullable InetAddress from) throws IOException {
        return from == null ? send(bytes, to) : send(bytes, to, from);
    }

    /// So many that waited were sent.
    protected final void sentTogether(int count) {
        loop.tally().datagramsSent += count;
    }

    /// So many that waited would have to wait longer.
    protected final void droppedTogether(int count) {
        dropped += count;
    }

    /// The first of those that wait could not be sent: it goes alone, with all that belongs to that, but nobody
    /// is there any more who could be told that it is too long.
    ///
    /// @param refused whether that was the refusal of an earlier one
    protected final void sendAlone(ByteBuffer bytes, SocketAddress to, @Nullable InetAddress from, boolean refused) {
        if (refused) {
            tellRefusalLater();
        }
        Address address = peers.address(to);
        try {
            sendNow(bytes, to, from, address);
        } catch (MessageLengthError tooLong) {
            dropped++;
            log.info(
                    "dropped a datagram to {address}: {reason}",
                    address,
                    Failure.of(tooLong).message());
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
        flush();
        return dropped;
    }

    // The peer

    /// Our address for one of the system's, and what is needed for the way back is remembered.
    final Address known(SocketAddress socket) {
        return peers.address(socket);
    }

    /// The system's address for one of ours.
    final SocketAddress known(Address address) {
        return peers.socket(address);
    }

    /// From here on it has a peer; null for none.
    final void connected(@Nullable SocketAddress to) {
        connected = to;
        peer = to == null ? null : address(to);
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
    public final Clock clock() {
        return loop;
    }

    /// `Echo (UDP)`: what receiving is logged under (UDP-8).
    @Override
    public final String logPrefix() {
        return protocol.logPrefix() + " (" + kind() + ")";
    }

    @Override
    public final String toString() {
        return kind() + " port " + host() + " for " + protocol.logPrefix();
    }
}
