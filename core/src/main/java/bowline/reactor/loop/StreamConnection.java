package bowline.reactor.loop;

import bowline.failure.Failure;
import bowline.log.LogContext;
import bowline.log.LogNumbered;
import bowline.protocol.Address;
import bowline.protocol.ConnectionDone;
import bowline.protocol.ConnectionLost;
import bowline.protocol.HalfCloseable;
import bowline.protocol.Producer;
import bowline.protocol.Protocol;
import bowline.protocol.PullProducer;
import bowline.protocol.PushProducer;
import bowline.protocol.TransportLimits;
import bowline.reactor.buffer.ReadBuffer;
import bowline.reactor.watch.ReactorContents.ConnectionState;
import bowline.time.Clock;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One connected socket and the rules of sections 17 and 18; a backend fills in the system calls.
///
/// What a protocol asks for is only noted, and the connection marked *dirty*; the loop calls [#flush]
/// before it waits next. So what one turn writes leaves in one call, and the protocol is never called
/// from inside a method that it called itself (TRA-12).
///
/// Reading: open while not paused, not closing and the peer has not ended its side. Writing: the
/// [SendingSide]. The end: [#lost], exactly once.
///
/// Kept small, for there may be very many: what only a busy connection needs is made when needed.
public abstract class StreamConnection extends SendingSide implements LogNumbered, Runnable {
    /// The session number of a connection that we made.
    static final int CLIENT = -1;

    private final SocketAddress remote;
    private final SocketAddress local;
    private @Nullable Protocol protocol;
    private long received;
    private long number;
    private @Nullable LogContext context;
    private @Nullable Consumer<Failure> afterLost;
    private @Nullable ByteBuffer kept;
    private @Nullable Address peer;
    private int session;
    private int openedSecond;
    private boolean paused;
    private boolean showAgain;
    private boolean readEnded;
    private boolean opened;
    private boolean delivering;

    /// A connected socket that has no protocol yet.
    protected StreamConnection(Loop loop, SocketAddress local, SocketAddress remote, TransportLimits limits) {
        super(loop, limits);
        this.local = local;
        this.remote = remote;
    }

    // System calls

    /// Reads what is there into the buffer: -1 at the end of the stream.
    protected abstract int receive(ByteBuffer into) throws IOException;

    /// Sets which kinds of readiness are wanted.
    protected abstract void watch(boolean reading, boolean writing);

    /// Ends the writing side.
    protected abstract void shutdownOutput() throws IOException;

    /// Closes the socket, with a reset instead of an orderly end when `reset`.
    protected abstract void close(boolean reset);

    /// Why an orderly end is none: something is left that should have been sent beside the bytes. Null if it is
    /// one.
    protected @Nullable Failure leftBehind() {
        return null;
    }

    // The connection's life

    /// Joins the connection to its protocol, which is told of it (TRA-17).
    final void open(Protocol itsProtocol, int itsSession, @Nullable Consumer<Failure> whenLost) {
        protocol = itsProtocol;
        session = itsSession;
        afterLost = whenLost;
        number = loop.opened(this);
        openedSecond = presentSecond();
        context = LogContext.ofLasting(this);
        // A server's connectionMade belongs to the accepting, which has its own prefix (LIS-8).
        LogContext before = session == CLIENT ? enter() : LogContext.current();
        try {
            itsProtocol.makeConnection(this);
            opened = true;
            updateWatch();
        } catch (Throwable thrown) {
            failed(thrown);
        } finally {
            leave(before);
        }
    }

    /// The loop saw that the socket can be read.
    public final void readReady() {
        if (showAgain) {
            run(); // what is kept comes before what is new; the socket stays ready
            return;
        }
        if (!reading()) {
            return;
        }
        LogContext before = enter();
        try {
            readOnce();
        } catch (Throwable thrown) {
            failed(thrown);
        } finally {
            leave(before);
        }
    }

    private void readOnce() {
        ReadBuffer buffer = loop.readBuffer();
        int count;
        try {
            count = receive(buffer.empty());
        } catch (IOException broken) {
            lost(broken);
            return;
        }
        if (count > 0) {
            received += count;
            loop.tally().received += count;
            delivering = true;
            kept = buffer.deliver(theProtocol(), kept);
            delivering = false;
            judgeKept();
        } else if (count < 0) {
            endOfStream();
        }
    }

    /// Shows what is kept once more; the loop calls this a turn after reading was resumed.
    @Override
    public final void run() {
        boolean wanted = showAgain;
        showAgain = false;
        if (!wanted || kept == null || !reading()) {
            return;
        }
        LogContext before = enter();
        try {
            delivering = true;
            kept = loop.readBuffer().show(theProtocol(), kept);
            delivering = false;
            judgeKept();
        } catch (Throwable thrown) {
            failed(thrown);
        } finally {
            leave(before);
        }
    }

    private void judgeKept() {
        if (kept == null) {
            return;
        }
        if (closing || gone || doom != null) {
            kept = null;
        } else if (kept.remaining() > limits.unreadMaxBytes()) {
            lost(Failure.of(new ConnectionLost("the protocol left " + kept.remaining()
                    + " bytes unread, more than the limit unreadMaxBytes = " + limits.unreadMaxBytes()
                    + "; take bytes as they come, or pause")));
        }
    }

    private void endOfStream() {
        HalfCloseable half = theProtocol().halfCloseable();
        if (half == null) {
            lost(ConnectionDone.FAILURE);
            return;
        }
        readEnded = true;
        updateWatch();
        half.readConnectionLost();
        if (writeEnded) {
            lost(ConnectionDone.FAILURE);
        }
    }

    /// The loop saw that the socket can be written again.
    public final void writeReady() {
        if (blocked) {
            blocked = false;
            flush();
        }
    }

    @Override
    final void flush() {
        if (gone) {
            dirty = false;
            return;
        }
        LogContext before = enter();
        try {
            completeTurn();
            if (doom != null) {
                lost(doom);
            } else if (posted != 0 && !settle()) {
                markDirty();
            } else if (sendPortion()) {
                sentEverything();
            }
            updateWatch();
        } catch (IOException broken) {
            lost(broken);
        } catch (Throwable thrown) {
            failed(thrown);
        } finally {
            leave(before);
        }
    }

    @Override
    final void sendFailed(IOException broken) {
        LogContext before = enter();
        try {
            lost(broken);
        } finally {
            leave(before);
        }
    }

    private void sentEverything() throws IOException {
        switch (producer) {
            case PullProducer pull -> pull.produceMore();
            case PushProducer push -> {
                if (producerPaused) {
                    producerPaused = false;
                    push.resumeProducing();
                }
            }
            case null -> {
                if (closing) {
                    lost(Objects.requireNonNullElse(leftBehind(), ConnectionDone.FAILURE));
                } else if (writeClosing && !writeEnded) {
                    endWriting();
                }
            }
        }
    }

    private void endWriting() throws IOException {
        writeEnded = true;
        shutdownOutput();
        HalfCloseable half = theProtocol().halfCloseable();
        if (half != null) {
            half.writeConnectionLost();
        }
        if (readEnded) {
            lost(ConnectionDone.FAILURE);
        }
    }

    /// A callback threw: that ends the connection (TRA-20).
    private void failed(Throwable thrown) {
        Failure reason = Failure.of(thrown);
        loop.report("Unhandled Error", reason);
        lost(reason);
    }

    private void lost(IOException broken) {
        lost(Failure.of(new ConnectionLost(
                "Connection to the other side was lost in a non-clean fashion: "
                        + Failure.of(broken).message(),
                broken)));
    }

    /// Ends the connection. Called by the loop only, never from inside a call of the protocol (TRA-12).
    public final void disconnected(Failure reason) {
        LogContext before = enter();
        try {
            lost(reason);
        } finally {
            leave(before);
        }
    }

    private void lost(Failure reason) {
        if (gone) {
            return;
        }
        gone = true;
        kept = null;
        if (number > 0) {
            loop.lost(this, reason);
        }
        forgetPosted();
        close(doom != null);
        guarded(() -> discardOutbound(reason));
        Producer orphan = producer;
        producer = null;
        if (orphan != null) {
            guarded(orphan::stopProducing);
        }
        if (protocol != null) {
            Protocol told = protocol.current();
            guarded(() -> told.connectionLost(reason));
        }
        if (afterLost != null) {
            Consumer<Failure> next = afterLost;
            guarded(() -> next.accept(reason));
        }
    }

    /// What goes wrong here is logged; the connection ends all the same (TRA-21).
    private void guarded(Runnable step) {
        loop.guarded(step);
    }

    // As a producer of what the peer sends

    @Override
    public final void pauseProducing() {
        loop.check("Transport.pauseProducing");
        paused = true;
        updateWatch();
    }

    @Override
    public final void resumeProducing() {
        loop.check("Transport.resumeProducing");
        if (!paused || gone || closing) {
            return;
        }
        paused = false;
        updateWatch();
        if (!showAgain && (kept != null || delivering)) {
            showAgain = true;
            loop.soon(this);
        }
    }

    @Override
    public final void stopProducing() {
        loseConnection();
    }

    private boolean reading() {
        return !paused && !readEnded && !closing && doom == null && !gone;
    }

    @Override
    final void updateWatch() {
        if (!gone) {
            watch(opened && reading(), blocked && doom == null);
        }
    }

    // Looking

    /// Which of its loop's connections it is, from 1; 0 before it is open.
    @Override
    public final long connectionNumber() {
        return number;
    }

    @Override
    public final int unreadBytes() {
        return delivering ? loop.readBuffer().lentBytes() : keptBytes();
    }

    final boolean isClient() {
        return session == CLIENT;
    }

    final long receivedBytes() {
        return received;
    }

    /// How long ago it was opened, to the second: that is enough, and takes half the room.
    final Duration openFor() {
        return Duration.ofSeconds(presentSecond() - openedSecond);
    }

    /// On the loop's clock, which begins with the loop.
    private int presentSecond() {
        return (int) TimeUnit.NANOSECONDS.toSeconds(loop.nanos());
    }

    final int keptBytes() {
        return kept == null ? 0 : kept.remaining();
    }

    final ConnectionState state() {
        if (doom != null) {
            return ConnectionState.ABORTING;
        }
        if (closing) {
            return ConnectionState.CLOSING;
        }
        if (readEnded) {
            return ConnectionState.PEER_ENDED;
        }
        if (writeClosing) {
            return ConnectionState.OURS_ENDED;
        }
        return paused ? ConnectionState.PAUSED : ConnectionState.READING;
    }

    /// As in [#logPrefix], without the peer.
    final String protocolName() {
        return protocol == null ? "no protocol yet" : protocol.current().logPrefix();
    }

    @Override
    public final Address peer() {
        if (peer == null) {
            peer = peerNow();
        }
        return peer;
    }

    /// The same for one use: an idle connection need not keep it.
    final Address peerNow() {
        return SocketAddresses.stream(remote);
    }

    @Override
    public final Address host() {
        return SocketAddresses.stream(local);
    }

    @Override
    public final Clock clock() {
        return loop;
    }

    /// `Echo,0,127.0.0.1` for a server's connection, `Echo,client` for a client's (TRA-15).
    @Override
    public final String logPrefix() {
        String name = protocol == null ? "Uninitialized" : protocol.current().logPrefix();
        return session == CLIENT ? name + ",client" : name + "," + session + "," + peer().host();
    }

    @Override
    public final String toString() {
        return logPrefix() + " " + host() + " - " + peer();
    }

    /// Who has the connection now.
    protected final Protocol theProtocol() {
        return Objects.requireNonNull(protocol, "protocol").current();
    }

    private LogContext enter() {
        return loop.swapContext(context == null ? LogContext.empty() : context);
    }

    private void leave(LogContext before) {
        loop.swapContext(before);
    }
}
