package bowline.testing;

import bowline.bytes.ByteSink;
import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.protocol.Address;
import bowline.protocol.ConnectionAborted;
import bowline.protocol.ConnectionDone;
import bowline.protocol.HalfCloseable;
import bowline.protocol.Producer;
import bowline.protocol.Protocol;
import bowline.protocol.PullProducer;
import bowline.protocol.TcpTransport;
import bowline.testing.generate.Choices;
import bowline.testing.generate.Generators;
import bowline.time.Clock;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A connection that ends in the test: it keeps what its protocol writes and delivers what the test
/// says the peer sent (TST-1).
///
///     var transport = MemoryTransport.connect(new Echo());
///     transport.deliver("hello");
///     assertEquals("hello", transport.text());
///
/// Bytes are lent as a reactor lends them: in a direct buffer; what the protocol leaves unread comes
/// back with more behind it, and taken bytes are overwritten after the call. An exception of the
/// protocol reaches the test.
///
/// [#loseConnection] only sets [#disconnecting]; the test ends the connection with [#close], unless it was
/// made [#closingAtOnce] (TST-2). What would be a fault on a real connection is an [IllegalStateException]
/// here, unless it was made [#lenient]. (This class is longer than others because a [bowline.protocol.Transport]
/// has so many doors, and the test needs as many on the other side.)
public class MemoryTransport implements TcpTransport {

    /// Whether the transport delivers (TST-1).
    public enum ProducerState {
        /// It does.
        PRODUCING,
        /// It will when it is resumed.
        PAUSED,
        /// It never will again.
        STOPPED
    }

    private final Clock clock;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @SuppressWarnings("this-escape") // it calls back only when something is delivered
    private final Delivery delivery = new Delivery(this::reading, this::show);

    private Address peer = new Address.IPv4(Address.Carrier.TCP, "192.168.1.1", 54321);
    private Address host = new Address.IPv4(Address.Carrier.TCP, "10.0.0.1", 12345);
    private boolean lenient;
    private boolean closingAtOnce;

    private final List<Runnable> beforeSending = new ArrayList<>();

    private Consumer<Failure> whenOver = _ -> {};
    private @Nullable Protocol protocol;
    private @Nullable Producer producer;
    private boolean disconnecting;
    private boolean disconnected;
    private boolean told;
    private boolean readClosed;
    private boolean writeClosed;
    private boolean noDelay;
    private boolean keepAlive;

    /// A transport with a clock of its own.
    public MemoryTransport() {
        this(new ManualClock());
    }

    /// A transport that lives on `clock`.
    public MemoryTransport(Clock clock) {
        this.clock = clock;
    }

    /// Connects `protocol` to a new transport.
    public static MemoryTransport connect(Protocol protocol) {
        return new MemoryTransport().connectTo(protocol);
    }

    /// Connects `protocol` to a new transport that lives on `clock`.
    public static MemoryTransport connect(Protocol protocol, Clock clock) {
        return new MemoryTransport(clock).connectTo(protocol);
    }

    // How it is made

    /// Lets the test do what would be a fault on a real connection.
    public MemoryTransport lenient() {
        lenient = true;
        return this;
    }

    /// Makes [#loseConnection] and [#abortConnection] tell the protocol at once (TST-2).
    public MemoryTransport closingAtOnce() {
        closingAtOnce = true;
        return this;
    }

    /// Sets the address of the other end.
    public MemoryTransport peer(Address address) {
        peer = address;
        return this;
    }

    /// Sets the address of this end.
    public MemoryTransport host(Address address) {
        host = address;
        return this;
    }

    /// Has `listener` called when the connection is over, after the protocol.
    MemoryTransport whenOver(Consumer<Failure> listener) {
        whenOver = listener;
        return this;
    }

    /// Makes the connection: `protocol` gets this as its transport.
    public MemoryTransport connectTo(Protocol toConnect) {
        protocol = toConnect;
        toConnect.makeConnection(this);
        return this;
    }

    // What the test sees

    /// Everything written since the last [#clear].
    public byte[] value() {
        completeTurn();
        return written.toByteArray();
    }

    /// Everything written since the last [#clear], read as UTF-8.
    public String text() {
        completeTurn();
        return written.toString(StandardCharsets.UTF_8);
    }

    /// Forgets what was written.
    public void clear() {
        completeTurn();
        written.reset();
    }

    /// Everything written since the last time, which is then forgotten.
    public byte[] take() {
        byte[] taken = value();
        clear();
        return taken;
    }

    /// As [#take], read as UTF-8.
    public String takeText() {
        String taken = text();
        clear();
        return taken;
    }

    /// Whether it delivers.
    public ProducerState producerState() {
        return delivery.state();
    }

    /// The producer that is registered, if any.
    public @Nullable Producer producer() {
        return producer;
    }

    /// Whether the connection is over.
    public boolean disconnected() {
        return disconnected;
    }

    /// Whether the protocol was told that the connection is over.
    boolean over() {
        return told;
    }

    /// Whether the peer has ended its side.
    boolean readClosed() {
        return readClosed;
    }

    /// Whether [#loseWriteConnection] was called.
    public boolean writeClosed() {
        return writeClosed;
    }

    /// How many delivered bytes the protocol has not taken.
    @Override
    public int unreadBytes() {
        return delivery.unread();
    }

    // What the test does in the peer's place

    /// The peer sends `bytes`. The protocol sees them at once, unless it has paused or is closing.
    public void deliver(byte[] bytes) {
        delivery.arrive(bytes, 0, bytes.length);
    }

    /// The peer sends `text` in UTF-8.
    public void deliver(String text) {
        deliver(text.getBytes(StandardCharsets.UTF_8));
    }

    /// The peer sends `bytes`, and each arrives by itself.
    public void deliverEachByte(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            delivery.arrive(bytes, i, 1);
        }
    }

    /// The peer sends `bytes`, and they arrive in pieces, chosen by `seed`.
    public void deliverCutAtRandom(byte[] bytes, long seed) {
        int sent = 0;
        for (int length : Generators.cuts(bytes.length).from(Choices.ofSeed(seed))) {
            delivery.arrive(bytes, sent, length);
            sent += length;
        }
    }

    /// The peer sends no more: a [HalfCloseable] protocol is told so once, any other loses the connection
    /// (TRA-10).
    public void deliverEnd() {
        if (readClosed || told) {
            return;
        }
        readClosed = true;
        HalfCloseable half = halfCloseable();
        if (half != null) {
            half.readConnectionLost();
        } else {
            close();
        }
    }

    /// Ends the connection cleanly.
    public void close() {
        close(ConnectionDone.FAILURE);
    }

    /// Ends the connection: stops the registered producer and tells the protocol. Once; later calls do nothing.
    public void close(Failure reason) {
        if (told) {
            return;
        }
        told = true;
        disconnected = true;
        Producer stopped = producer;
        producer = null;
        if (stopped != null) {
            stopped.stopProducing();
        }
        if (protocol != null) {
            protocol.current().connectionLost(reason);
        }
        whenOver.accept(reason);
    }

    /// One turn of the loop: shows what is unread if [#resumeProducing] was called since.
    ///
    /// @return whether anything was shown
    public boolean turn() {
        return delivery.turn();
    }

    /// What was to be called before what is written is sent: that is when somebody looks at it.
    private void completeTurn() {
        while (!beforeSending.isEmpty() && !disconnected) {
            beforeSending.removeFirst().run();
        }
    }

    private boolean reading() {
        return connected() && !disconnecting;
    }

    private void show(ByteBuffer lent) {
        if (protocol != null) {
            protocol.current().dataReceived(lent);
        }
    }

    private @Nullable HalfCloseable halfCloseable() {
        return protocol == null ? null : protocol.current().halfCloseable();
    }

    // What the protocol does

    @Override
    public void write(byte[] bytes, int offset, int length) {
        if (!disconnected && !writeClosed) {
            written.write(bytes, offset, length);
        }
    }

    @Override
    public void write(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        write(copy, 0, copy.length);
    }

    @Override
    public void loseConnection() {
        if (disconnected) {
            return;
        }
        disconnecting = true;
        if (closingAtOnce) {
            close();
        }
    }

    @Override
    public void abortConnection() {
        disconnecting = true;
        disconnected = true;
        if (closingAtOnce) {
            close(ConnectionAborted.FAILURE);
        }
    }

    @Override
    public void loseWriteConnection() {
        if (writeClosed) {
            return;
        }
        writeClosed = true;
        HalfCloseable half = halfCloseable();
        if (half != null) {
            half.writeConnectionLost();
        }
    }

    @Override
    public Address peer() {
        return peer;
    }

    @Override
    public Address host() {
        return host;
    }

    @Override
    public boolean connected() {
        return protocol != null && !disconnected;
    }

    @Override
    public boolean disconnecting() {
        return disconnecting;
    }

    /// Always 0: what is written here has arrived.
    @Override
    public long unsentBytes() {
        return 0;
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public Deferred<Long> sendFile(FileChannel file, long position, long count) {
        if (producer != null) {
            throw new IllegalStateException("a producer is registered; a file is sent when it is through");
        }
        try {
            copy(file, position, count, this);
            return Deferred.succeed(count);
        } catch (IOException broken) {
            return Deferred.fail(broken);
        }
    }

    private static void copy(FileChannel file, long position, long count, ByteSink to) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate(8192);
        long at = position;
        while (at < position + count) {
            piece.clear().limit((int) Math.min(piece.capacity(), position + count - at));
            int read = file.read(piece, at);
            if (read < 0) {
                throw new EOFException("the file ends at " + at + ", before the " + count + " bytes from " + position);
            }
            at += read;
            to.write(piece.flip());
        }
    }

    @Override
    public boolean tcpNoDelay() {
        return noDelay;
    }

    @Override
    public void tcpNoDelay(boolean on) {
        noDelay = on;
    }

    @Override
    public boolean tcpKeepAlive() {
        return keepAlive;
    }

    @Override
    public void tcpKeepAlive(boolean on) {
        keepAlive = on;
    }

    /// Called when the test looks at what was written.
    @Override
    public void beforeSending(Runnable step) {
        beforeSending.add(step);
    }

    // As a producer and a consumer

    @Override
    public void pauseProducing() {
        checkNotStopped("pause");
        delivery.pause();
    }

    /// Delivers again. What is unread is shown once more when the present delivery is through, else on
    /// the clock's next advance or the next [#turn], never inside this call.
    @Override
    public void resumeProducing() {
        checkNotStopped("resume");
        if (delivery.resume()) {
            clock.callLater(Duration.ZERO, this::turn);
        }
    }

    @Override
    public void stopProducing() {
        delivery.stop();
        loseConnection();
    }

    private void checkNotStopped(String what) {
        if (lenient) {
            return;
        }
        if (disconnecting) {
            throw new IllegalStateException("cannot " + what + " producing after loseConnection()");
        }
        if (delivery.state() == ProducerState.STOPPED) {
            throw new IllegalStateException("cannot " + what + " a stopped producer");
        }
    }

    @Override
    public void registerProducer(Producer registered) {
        if (producer != null) {
            throw new IllegalStateException(
                    "cannot register producer " + registered + ": " + producer + " was never unregistered");
        }
        if (disconnected) {
            registered.stopProducing();
            return;
        }
        producer = registered;
        if (registered instanceof PullProducer pull) {
            pull.produceMore();
        }
    }

    @Override
    public void unregisterProducer() {
        if (producer == null && !lenient) {
            throw new IllegalStateException("cannot unregister a producer: none is registered");
        }
        producer = null;
    }

    /// Never one that was paused, for here nothing waits.
    @Override
    public @Nullable HandedProducer takeProducer() {
        Producer taken = producer;
        producer = null;
        return taken == null ? null : new HandedProducer(taken, false);
    }

    /// Asks a pull producer for bytes until it unregisters: what a peer who reads everything causes.
    public void drain() {
        while (askForMore()) {
            // Each turn asks for one piece.
        }
    }

    /// Asks a pull producer for one piece, and answers whether there was one to ask.
    boolean askForMore() {
        if (producer instanceof PullProducer pull) {
            pull.produceMore();
            return true;
        }
        return false;
    }
}
