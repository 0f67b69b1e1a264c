package bowline.reactor.loop;

import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.log.LogContext;
import bowline.log.LogPrefixed;
import bowline.log.Logger;
import bowline.protocol.Address;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.reactor.ListeningPort;
import bowline.reactor.Reactor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A port that accepts connections (section 22), in its [ListeningPlace]; a backend fills in the system calls.
@SuppressWarnings("this-escape") // parts are given the port while it is made, and use it when it listens
public abstract class StreamPort implements ListeningPort, LogPrefixed {
    private static final Logger log = Logger.of(Reactor.class);

    /// Most connections accepted in the first turn, and how many more when all were used (LIS-6).
    static final int ACCEPTS_AT_FIRST = 100;
    static final int ACCEPTS_MORE = 20;

    /// Most connections accepted at last, when the port drains: more than wait at any honest door.
    static final int ACCEPTS_AT_LAST = 10_000;

    /// Most accepts that may fail in a row before accepting rests.
    static final int FAULTS_MAX = 10;

    /// How long accepting rests, above all when the system has no descriptor left (LIS-7).
    static final Duration EXHAUSTED_PAUSE = Duration.ofSeconds(1);

    private final Loop loop;
    private final ListeningPlace place;
    private final Factory<?> factory;
    private final int backlog;
    private final LogContext context = LogContext.of(this);
    private final PortClosing closing;
    private @Nullable SocketAddress bound;
    private @Nullable Share share;
    private boolean listening;
    private int acceptsMax = ACCEPTS_AT_FIRST;
    private int sessions;
    private int faults;

    /// A port that does not listen yet.
    protected StreamPort(Listening listening) {
        loop = listening.loop();
        place = listening.place();
        factory = listening.factory();
        backlog = listening.backlog();
        closing = new PortClosing(loop, context, this::lastWords);
    }

    // System calls

    /// Binds and listens, without accepting yet; returns the address taken.
    protected abstract SocketAddress bind(SocketAddress address, int backlog) throws IOException;

    /// Takes over the socket by which a predecessor of this process listens there (PortHandover), without accepting
    /// yet; returns the address taken, or null if there is none.
    protected @Nullable SocketAddress inherit(SocketAddress address) throws IOException {
        return null;
    }

    /// Sets whether waiting connections are wanted.
    protected abstract void accepting(boolean on);

    /// Takes one waiting connection; null when there is none.
    protected abstract @Nullable Accepted accept() throws IOException;

    /// Takes one waiting connection and closes it; false when there is none.
    protected abstract boolean refuse() throws IOException;

    /// Stops looking whether connections wait, for good: from here on [#close] closes at once, where otherwise
    /// the system's socket may live on until the next wait for I/O. Called between two of them.
    protected abstract void unwatch() throws IOException;

    /// Closes the listening socket.
    protected abstract void close();

    @Override
    public final void startListening() {
        loop.check("ListeningPort.startListening");
        if (listening) {
            return;
        }
        try {
            takePlace();
        } catch (IOException refused) {
            giveUp();
            throw place.refused(refused);
        }
        log.info("{factory} starting on {port}", simpleName(), name());
        try {
            factory.doStart();
        } catch (RuntimeException thrown) {
            giveUp();
            throw thrown;
        }
        listening = true;
        if (share != null) {
            share.open();
        }
        try {
            accepting(true);
        } catch (UncheckedIOException unwatched) {
            leave();
            lastWords();
            throw place.refused(Objects.requireNonNull(unwatched.getCause()));
        }
    }

    /// Makes it part of a port that several loops share; before it listens.
    final void share(Share itsShare) {
        share = itsShare;
    }

    final @Nullable Share share() {
        return share;
    }

    private void takePlace() throws IOException {
        bound = inherit(place.address());
        if (bound != null) {
            place.inherited();
            return;
        }
        place.prepare();
        bound = bind(place.address(), backlog);
        if (place.taken()) {
            int refused = 0;
            while (refused <= backlog && refuse()) {
                refused++;
            }
        }
    }

    /// The process `pid` listens by the same socket, and shall find in order what belongs to it.
    public final void handedOver(long pid) {
        place.handedOver(pid);
    }

    /// The address that is to be listened at, as it was asked for.
    protected final SocketAddress wanted() {
        return place.address();
    }

    private void giveUp() {
        close();
        place.left();
    }

    private Object name() {
        return place.name(bound());
    }

    final ListeningPlace place() {
        return place;
    }

    /// The address taken; before that, the one wanted.
    final SocketAddress bound() {
        return bound == null ? place.address() : bound;
    }

    private String simpleName() {
        String name = factory.logPrefix();
        return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
    }

    @Override
    public final Address host() {
        return place.host(bound());
    }

    @Override
    public final Deferred<@Nullable Void> stopListening() {
        loop.check("ListeningPort.stopListening");
        return closing.ask(listening, this::leaveAndFinish);
    }

    @Override
    public final Deferred<@Nullable Void> drain() {
        loop.check("ListeningPort.drain");
        // Not from inside a call of the program's, which builds protocols perhaps at this very moment.
        return closing.ask(listening, () -> loop.soon(this::finishAccepting));
    }

    /// Whoever connects between the last accept and the closing is reset by the system, so nothing is in between,
    /// and newcomers are turned away before where a place can be left first.
    private void finishAccepting() {
        if (!listening) {
            return; // the reactor has ended meanwhile
        }
        place.left();
        try {
            unwatch();
        } catch (IOException broken) {
            log.failure("a port cannot be left in good order", Failure.of(broken));
        }
        accept(ACCEPTS_AT_LAST);
        leaveAndFinish();
    }

    private void leaveAndFinish() {
        leave();
        closing.finishSoon();
    }

    private void leave() {
        listening = false;
        giveUp();
        if (share != null) {
            share.close();
        }
    }

    private void lastWords() {
        log.info("({kind} Port {port} Closed)", place.kind(), name());
        factory.doStop();
    }

    /// The reactor ends (REA-9).
    public final void disconnected() {
        if (listening) {
            leave();
            closing.finish();
        }
    }

    /// The loop saw that connections wait (LIS-6).
    public final void acceptReady() {
        int accepted = accept(acceptsMax);
        acceptsMax = accepted == acceptsMax ? acceptsMax + ACCEPTS_MORE : Math.max(accepted, 1);
    }

    private int accept(int most) {
        LogContext before = loop.swapContext(context);
        try {
            int accepted = 0;
            while (listening && accepted < most && acceptOne()) {
                accepted++;
            }
            return accepted;
        } finally {
            loop.swapContext(before);
        }
    }

    private boolean acceptOne() {
        try {
            Accepted accepted = accept();
            if (accepted == null) {
                faults = 0;
                return false;
            }
            if (share == null) {
                build(accepted);
            } else {
                share.place(accepted);
            }
        } catch (IOException refused) {
            return acceptFailed(refused);
        }
        faults = 0;
        return true;
    }

    /// A connection has come that another loop accepted, unless it was given to somebody else meanwhile (LIS-10).
    final void handed() {
        Accepted next = share == null ? null : share.take();
        if (next == null) {
            return;
        }
        LogContext before = loop.swapContext(context);
        try {
            build(next);
        } catch (IOException broken) {
            log.info("could not take a connection: {reason}", Failure.of(broken).message());
        } finally {
            loop.swapContext(before);
        }
    }

    /// Makes it a connection of this loop and of the factory.
    final void build(Accepted accepted) throws IOException {
        boolean opened = false;
        try {
            StreamConnection connection = accepted.on(loop);
            opened = open(connection);
        } finally {
            if (!opened && share != null) {
                share.gone();
            }
        }
    }

    private boolean open(StreamConnection connection) {
        Protocol protocol;
        try {
            protocol = factory.build(connection.peerNow());
        } catch (Throwable thrown) {
            connection.close(false);
            loop.report("Unhandled Error", thrown);
            return false;
        }
        if (protocol == null) {
            connection.close(false);
            return false;
        }
        connection.open(protocol, sessions++, share);
        return true;
    }

    /// The port survives and does not spin (LIS-7): out of descriptors, those who wait are sent away with
    /// the help of the spare one, and accepting rests for a while; so it does when faults do not end.
    ///
    /// @return whether to go on at once
    private boolean acceptFailed(IOException cause) {
        log.info("could not accept a connection: {reason}", Failure.of(cause).message());
        if (isExhausted(cause)) {
            sendAwayThoseWhoWait();
        } else if (++faults < FAULTS_MAX) {
            return true;
        }
        faults = 0;
        accepting(false);
        loop.callLater(EXHAUSTED_PAUSE, () -> {
            if (listening) {
                accepting(true);
            }
        });
        return false;
    }

    private void sendAwayThoseWhoWait() {
        int refused = loop.spare().spend(this::refuse);
        log.error(
                "out of file descriptors on {host}: {count} connections sent away, accepting rests for {pause};"
                        + " raise the limit (ulimit -n) or hold fewer connections",
                host(),
                refused,
                EXHAUSTED_PAUSE);
    }

    private static boolean isExhausted(IOException cause) {
        String said = Failure.of(cause).message().toLowerCase(Locale.ROOT);
        return said.contains("too many open files") || said.contains("file table overflow");
    }

    /// How many connections got a protocol.
    final int accepted() {
        return sessions;
    }

    /// The qualified name of the factory's class: what accepting is logged under (LIS-8).
    @Override
    public final String logPrefix() {
        return factory.logPrefix();
    }

    @Override
    public final String toString() {
        return "port " + host() + " for " + factory.logPrefix();
    }
}
