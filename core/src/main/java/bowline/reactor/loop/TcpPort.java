package bowline.reactor.loop;

import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.log.LogContext;
import bowline.log.LogPrefixed;
import bowline.log.Logger;
import bowline.protocol.Address;
import bowline.protocol.CannotListenError;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.reactor.ListenOptions;
import bowline.reactor.ListeningPort;
import bowline.reactor.Reactor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A port that accepts TCP connections (section 22); a backend fills in the system calls.
public abstract class TcpPort implements ListeningPort, LogPrefixed {
    private static final Logger log = Logger.of(Reactor.class);

    /// Most connections accepted in the first turn, and how many more when all were used (LIS-6).
    static final int ACCEPTS_AT_FIRST = 100;
    static final int ACCEPTS_MORE = 20;

    /// Most accepts that may fail in a row before accepting rests.
    static final int FAULTS_MAX = 10;

    /// How long accepting rests, above all when the system has no descriptor left (LIS-7).
    static final Duration EXHAUSTED_PAUSE = Duration.ofSeconds(1);

    private final Loop loop;
    private final InetSocketAddress where;
    private final Factory<?> factory;
    private final ListenOptions options;
    private @Nullable InetSocketAddress bound;
    private @Nullable Deferred<@Nullable Void> closing;
    private @Nullable Share share;
    private boolean listening;
    private int acceptsMax = ACCEPTS_AT_FIRST;
    private int sessions;
    private int faults;

    /// A port that does not listen yet.
    protected TcpPort(Loop loop, InetSocketAddress where, Factory<?> factory, ListenOptions options) {
        this.loop = loop;
        this.where = where;
        this.factory = factory;
        this.options = options;
    }

    // System calls

    /// Binds and listens, without accepting yet; returns the address taken.
    protected abstract InetSocketAddress bind(InetSocketAddress address, int backlog) throws IOException;

    /// Sets whether waiting connections are wanted.
    protected abstract void accepting(boolean on);

    /// Takes one waiting connection; null when there is none.
    protected abstract @Nullable Accepted accept() throws IOException;

    /// Takes one waiting connection and closes it; false when there is none.
    protected abstract boolean refuse() throws IOException;

    /// Closes the listening socket.
    protected abstract void close();

    static InetSocketAddress where(int port, ListenOptions options) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + " is not between 0 and 65535");
        }
        String host = options.networkInterface();
        try {
            return new InetSocketAddress(
                    host.isEmpty() ? InetAddress.ofLiteral("0.0.0.0") : InetAddress.getByName(host), port);
        } catch (UnknownHostException unknown) {
            throw new CannotListenError(
                    "tcp:" + port + " on " + host,
                    "there is no such address; give an address of this machine",
                    unknown);
        }
    }

    @Override
    public final void startListening() {
        loop.check("ListeningPort.startListening");
        if (listening) {
            return;
        }
        try {
            bound = bind(where, options.backlog());
        } catch (IOException refused) {
            close();
            throw ConnectFaults.listening("tcp", where, refused);
        }
        log.info("{factory} starting on {port}", simpleName(), bound.getPort());
        try {
            factory.doStart();
        } catch (RuntimeException thrown) {
            close();
            throw thrown;
        }
        listening = true;
        if (share != null) {
            share.open();
        }
        accepting(true);
    }

    /// Makes it part of a port that several loops share; before it listens.
    final void share(Share itsShare) {
        share = itsShare;
    }

    final @Nullable Share share() {
        return share;
    }

    /// The address taken; before that, the one wanted.
    final InetSocketAddress bound() {
        return bound == null ? where : bound;
    }

    private String simpleName() {
        String name = factory.logPrefix();
        return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
    }

    @Override
    public final Address host() {
        return SocketAddresses.tcp(bound());
    }

    @Override
    public final Deferred<@Nullable Void> stopListening() {
        loop.check("ListeningPort.stopListening");
        if (closing != null) {
            var alsoClosed = new Deferred<@Nullable Void>();
            closing.onBoth(() -> alsoClosed.callback(null));
            return alsoClosed;
        }
        if (!listening) {
            return Deferred.succeed(null);
        }
        leave();
        var closed = new Deferred<@Nullable Void>();
        closing = closed;
        // The system lets go of the port in the next wait for I/O, so the turn after that can tell.
        loop.soon(() -> loop.soon(this::finishClosing));
        return closed;
    }

    private void leave() {
        listening = false;
        close();
        if (share != null) {
            share.close();
        }
    }

    private void finishClosing() {
        Deferred<@Nullable Void> closed = closing;
        closing = null;
        log.info("(TCP Port {port} Closed)", port());
        Loop.guarded(factory::doStop);
        if (closed != null && !closed.called()) {
            closed.callback(null);
        }
    }

    /// The reactor ends (REA-9).
    public final void disconnected() {
        if (listening) {
            leave();
            LogContext before = loop.swapContext(LogContext.of(this));
            finishClosing();
            loop.swapContext(before);
        }
    }

    /// The loop saw that connections wait (LIS-6).
    public final void acceptReady() {
        LogContext before = loop.swapContext(LogContext.of(this));
        try {
            int accepted = 0;
            while (listening && accepted < acceptsMax && acceptOne()) {
                accepted++;
            }
            acceptsMax = accepted == acceptsMax ? acceptsMax + ACCEPTS_MORE : Math.max(accepted, 1);
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
        LogContext before = loop.swapContext(LogContext.of(this));
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
            Loop.report("Unhandled Error", thrown);
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
