package bowline.reactor.loop;

import bowline.defer.Deferred;
import bowline.failure.Debug;
import bowline.failure.Failure;
import bowline.log.Causes;
import bowline.log.LogContext;
import bowline.log.Logger;
import bowline.protocol.Address;
import bowline.protocol.ClientFactory;
import bowline.protocol.ConnectionLost;
import bowline.protocol.Connector;
import bowline.protocol.DatagramProtocol;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.protocol.Transport;
import bowline.protocol.TransportLimits;
import bowline.reactor.ConnectOptions;
import bowline.reactor.DatagramOptions;
import bowline.reactor.HeldPort;
import bowline.reactor.ListenOptions;
import bowline.reactor.ListeningPort;
import bowline.reactor.MulticastPort;
import bowline.reactor.Reactor;
import bowline.reactor.ReactorHost;
import bowline.reactor.Resolver;
import bowline.reactor.ThreadPool;
import bowline.reactor.UdpPort;
import bowline.reactor.UnixConnectOptions;
import bowline.reactor.UnixDatagramOptions;
import bowline.reactor.UnixDatagramPort;
import bowline.reactor.UnixListenOptions;
import bowline.reactor.carrier.Coroutines;
import bowline.reactor.flight.FlightRecord;
import bowline.reactor.threads.BlockingCalls;
import bowline.reactor.threads.Threads;
import bowline.reactor.watch.ReactorWatch;
import bowline.time.Action;
import bowline.time.DelayedCall;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The reactor but for its system calls, which a backend adds (sections 9 to 13).
///
/// [Turn] knows what is to be done and in which order, [LoopLife] how the loop begins and ends; this class hands out
/// the rest to those who do it. It is long because a reactor has many doors; behind each is one step.
@SuppressWarnings("this-escape") // parts are given the loop while it is made, and use it when it runs
public abstract class Loop implements Reactor {
    static final Logger log = Logger.of(Reactor.class);

    /// Most threads of the reactor's pool until the program says otherwise (THR-6).
    private static final int POOL_MAX_THREADS = 10;

    /// How work is handed on, as [Causes] tell it.
    private static final String FROM_THREAD = "call from a thread";
    private static final String TO_POOL = "work for the thread pool";

    private final Platform platform;
    private final @Nullable ReactorHost host;
    private final @Nullable HostedRun hosted;
    private final long origin;
    private final LoopWatch watch = new LoopWatch(this);
    private final Tally tally = new Tally(watch.reactor());
    private final Pace pace = new Pace(this);
    private final Turn turn = new Turn(this);
    private final Stalls stalls = new Stalls(this);
    private final SystemEvents events = new SystemEvents();
    private final LoopLife life;
    private final BlockingCalls blockingCalls;
    private final ThreadPool pool;
    private final Coroutines coroutines = Coroutines.on(this, this::mayStartCoroutines);
    private final ReadBuffer readBuffer = new ReadBuffer();
    private final BufferPool buffers = new BufferPool();
    private final List<PortClosing> closing = new ArrayList<>();
    private final SpareDescriptor spare = new SpareDescriptor(this::reserve);
    private final Set<HandedPort> handedPorts = new LinkedHashSet<>();
    private final Set<Attempt> locating = new LinkedHashSet<>();
    private final DescribedParts describedParts = new DescribedParts();
    private Resolver resolver;
    private volatile boolean carriesContext;

    /// A loop on this machine, of the thread that calls [#run].
    protected Loop() {
        this(Platform.SYSTEM, null);
    }

    /// A loop.
    ///
    /// @param platform the machine that it has its time, threads and names from
    /// @param host runs the turns; null for the thread that calls [#run]
    protected Loop(Platform platform, @Nullable ReactorHost host) {
        this.platform = platform;
        this.host = host;
        origin = platform.nanos();
        blockingCalls = new BlockingCalls(this, this::isInIoThread, platform::whileWaitingFor);
        pool = platform.threadPool(POOL_MAX_THREADS);
        resolver = platform.resolver(this);
        life = new LoopLife(this, turn, events, host);
        hosted = host == null ? null : new HostedRun(this, life, host);
    }

    // System calls

    /// Waits for I/O, at most that long and without end if it is negative, and calls the handlers.
    protected abstract void poll(long waitNanos) throws IOException;

    /// For a loop on a host's thread (REA-14): waits as [#poll] does, on another thread, and calls nothing.
    /// Meanwhile the host's thread may do everything but poll.
    protected void await(long waitNanos) throws IOException {
        throw new UnsupportedOperationException(this + " cannot wait for a host's thread");
    }

    /// Ends a present or coming [#poll] or [#await]. From any thread.
    protected abstract void wake();

    /// Ends every connection, port and descriptor with this reason (REA-9).
    protected abstract void disconnectAll(Failure reason);

    /// Gives back what the backend holds; the loop will not run again.
    protected abstract void dispose();

    /// A port, not yet listening.
    protected abstract StreamPort port(Listening listening);

    /// Whether a predecessor of this process listens there, and its socket is to be had (PortHandover).
    protected boolean inherits(SocketAddress address) {
        return false;
    }

    /// Whether it knows abstract names of UNIX sockets (UNX-5), as [AbstractSocketAddress]es.
    protected boolean knowsAbstractNames() {
        return false;
    }

    /// What takes over sockets by their descriptors (LIS-9); null if the backend knows none.
    protected @Nullable Adoption adoption() {
        return null;
    }

    /// Begins a connection. Its end is told to `attempt`, on a later turn.
    ///
    /// @return ends the attempt without a word
    /// @throws IOException if it fails at once
    protected abstract Runnable dial(SocketAddress remote, Attempt attempt) throws IOException;

    /// A UDP port, not yet listening.
    protected abstract DatagramPort datagramPort(
            InetSocketAddress where, DatagramProtocol protocol, DatagramOptions options);

    /// A UDP port, not yet listening, that will take this channel, which is bound.
    protected abstract DatagramPort datagramPort(
            DatagramChannel channel, InetSocketAddress where, DatagramProtocol protocol, DatagramOptions options);

    /// Whether its sockets of datagrams can what those of the JDK cannot: be of UNIX (UNX-8), and do as the
    /// last three of [DatagramOptions] say.
    protected boolean hasRawDatagrams() {
        return false;
    }

    /// A UNIX socket of datagrams, not yet open; asked only of those that have such.
    protected UnixPacketPort unixPacketPort(UnixPackets wanted) {
        throw new UnsupportedOperationException(this + " has no datagrams over UNIX sockets");
    }

    /// Opens something that takes up one descriptor of the process, to be let go when there is no other (LIS-7).
    protected abstract Closeable reserve() throws IOException;

    // Life

    @Override
    public final void run(boolean installSignalHandlers) {
        if (hosted == null) {
            life.run(installSignalHandlers);
        } else {
            hosted.run(installSignalHandlers);
        }
        log.info("Main loop terminated.");
    }

    /// Part of the startup.
    final void started() {
        pool.start();
    }

    /// Part of the shutdown.
    final void shutDown() {
        List.copyOf(handedPorts).forEach(StreamPort::disconnected);
        disconnectAll(ConnectionLost.FAILURE);
        List.copyOf(locating).forEach(attempt -> attempt.failed(ConnectionLost.FAILURE));
        List.copyOf(closing).forEach(PortClosing::finishIfItWaits);
        blockingCalls.end(); // before the pool: its threads may be among those who wait
        pool.stop();
    }

    /// After the shutdown and the last turn.
    final void ended() {
        coroutines.end();
        spare.release();
        dispose();
    }

    @Override
    public final void stop() {
        check("Reactor.stop");
        life.stop();
    }

    @Override
    public final void crash() {
        check("Reactor.crash");
        life.crash();
    }

    @Override
    public final void iterate(Duration wait) {
        life.iterate(wait);
    }

    @Override
    public final boolean running() {
        return life.running();
    }

    @Override
    public final @Nullable String caughtSignal() {
        return life.caughtSignal();
    }

    final LoopLife life() {
        return life;
    }

    final Turn turn() {
        return turn;
    }

    final Tally tally() {
        return tally;
    }

    final Pace pace() {
        return pace;
    }

    final Coroutines coroutines() {
        return coroutines;
    }

    final SystemEvents events() {
        return events;
    }

    final Set<Attempt> locating() {
        return locating;
    }

    final DescribedParts describedParts() {
        return describedParts;
    }

    @Override
    public final Runnable addToDescription(String part, Supplier<? extends Collection<?>> things) {
        check("Reactor.addToDescription");
        return describedParts.add(part, things);
    }

    /// The thread that does what the loop does now: its own, or that of a coroutine. From any thread.
    final @Nullable Thread presentThread() {
        Thread coroutine = coroutines.busyThread();
        return coroutine == null ? life.thread() : coroutine;
    }

    final Stalls stalls() {
        return stalls;
    }

    @Override
    public final ReactorWatch watch() {
        return watch;
    }

    final Platform platform() {
        return platform;
    }

    // The turn

    /// Calls `step` when this turn's I/O is done, or the next one's if `step` comes after that.
    protected final void soon(Runnable step) {
        turn.soon(step);
    }

    /// Backends call this before each handler: the wait is over.
    protected final void handlerBegins() {
        pace.endWait();
    }

    /// Backends call this between two handlers.
    ///
    /// @param handler the one that has returned
    protected final void handlerDone(Object handler) {
        pace.callbackDone(handler);
        turn.handlerDone();
    }

    /// A port is closed, and its end will be told when the system has let go of it, or when this loop ends.
    final void closing(PortClosing port) {
        closing.add(port);
    }

    final void closed(PortClosing port) {
        closing.remove(port);
    }

    /// Counts the connection, and answers its number in this loop, from 1.
    final long opened(StreamConnection connection) {
        if (connection.isClient()) {
            tally.connected++;
        } else {
            tally.accepted++;
        }
        long number = tally.connected + tally.accepted;
        FlightRecord record = pace.recording();
        if (record != null) {
            record.opened(number, connection.peerNow(), connection.isClient());
        }
        return number;
    }

    final void lost(StreamConnection connection, Failure reason) {
        tally.closed++;
        FlightRecord record = pace.recording();
        if (record != null) {
            record.closed(
                    connection.connectionNumber(),
                    connection.peerNow(),
                    connection.isClient(),
                    connection.receivedBytes(),
                    connection.sent,
                    reason.typeName() + ": " + reason.message());
        }
    }

    final void flushLater(SendingSide connection) {
        turn.flushLater(connection);
    }

    /// Runs `step`; what it throws is logged.
    final void guarded(Runnable step) {
        try {
            step.run();
        } catch (Throwable thrown) {
            report("Unhandled Error", thrown);
        }
    }

    final void report(String text, Throwable thrown) {
        report(text, Failure.of(thrown));
    }

    /// Counts and logs what a callback threw.
    final void report(String text, Failure failure) {
        tally.errors++;
        FlightRecord record = pace.recording();
        if (record != null) {
            record.error(LogContext.current().connection(), failure.typeName(), failure.message());
        }
        log.failure(text, failure);
    }

    /// The open ports that no backend knows of, for they have no socket.
    protected final Set<? extends ListeningPort> handedPorts() {
        return handedPorts;
    }

    /// Notes whether an attempt has still to find out where to dial: of such ones no backend knows.
    final void locating(Attempt attempt, boolean yes) {
        if (yes) {
            locating.add(attempt);
        } else {
            locating.remove(attempt);
        }
    }

    final void opened(HandedPort port) {
        handedPorts.add(port);
    }

    final void closed(HandedPort port) {
        handedPorts.remove(port);
    }

    final ReadBuffer readBuffer() {
        return readBuffer;
    }

    final BufferPool buffers() {
        return buffers;
    }

    final SpareDescriptor spare() {
        return spare;
    }

    /// Puts `context` in force on the loop's thread and returns the former one (LOP-7).
    protected final LogContext swapContext(LogContext context) {
        return turn.swapContext(context);
    }

    /// Every door of the loop's own thread begins with this. With debugging on, it refuses a call from another.
    public final void check(String method) {
        if (host != null) {
            turn.touched();
        }
        if (Debug.enabled()) {
            Thread owner = life.thread();
            if (owner != null && !isInIoThread()) {
                throw new IllegalStateException(method + " was called on the thread \""
                        + Thread.currentThread().getName() + "\", but belongs to the reactor's own, \""
                        + owner.getName() + "\"; use reactor.callFromThread(…)");
            }
        }
    }

    // Time

    @Override
    public final long nanos() {
        return platform.nanos() - origin;
    }

    @Override
    public final Instant now() {
        return platform.now();
    }

    @Override
    public final DelayedCall callLater(Duration delay, Action call) {
        check("Reactor.callLater");
        return turn.later(delay, handedOn("timed call", turn.nextTimer(), carried(Objects.requireNonNull(call))));
    }

    @Override
    public final Collection<DelayedCall> delayedCalls() {
        return turn.pending();
    }

    // System events

    @Override
    public final @Nullable SystemEventTrigger callWhenRunning(Action action) {
        check("Reactor.callWhenRunning");
        if (!life.running()) {
            return addSystemEventTrigger(Phase.AFTER, "startup", action);
        }
        try {
            action.run();
        } catch (Throwable thrown) {
            report("Unhandled Error", thrown);
        }
        return null;
    }

    @Override
    public final SystemEventTrigger addSystemEventTrigger(Phase phase, String event, Action action) {
        check("Reactor.addSystemEventTrigger");
        Objects.requireNonNull(action);
        return events.add(phase, event, () -> {
            action.run();
            return null;
        });
    }

    @Override
    public final SystemEventTrigger addSystemEventTriggerDeferring(
            String event, Callable<? extends Deferred<?>> before) {
        check("Reactor.addSystemEventTriggerDeferring");
        return events.add(Phase.BEFORE, event, Objects.requireNonNull(before));
    }

    @Override
    public final void removeSystemEventTrigger(SystemEventTrigger trigger) {
        check("Reactor.removeSystemEventTrigger");
        events.remove(trigger);
    }

    @Override
    public final void fireSystemEvent(String event) {
        check("Reactor.fireSystemEvent");
        events.fire(event);
    }

    // Connections

    @Override
    public final ListeningPort listenTcp(int port, Factory<?> factory, ListenOptions options) {
        check("Reactor.listenTcp");
        return listen(Listening.tcp(this, TcpPlace.of(port, options), factory, options));
    }

    @Override
    public final ListeningPort listenUnix(Address.Unix where, Factory<?> factory, UnixListenOptions options) {
        check("Reactor.listenUnix");
        return listen(Listening.unix(this, where, factory, options));
    }

    private ListeningPort listen(Listening listening) {
        StreamPort port = port(listening);
        spare.reserve();
        port.startListening();
        return port;
    }

    @Override
    public final Connector connectTcp(String host, int port, ClientFactory<?> factory, ConnectOptions options) {
        check("Reactor.connectTcp");
        StreamConnector connector = TcpAttempt.connector(this, host, port, factory, options);
        connector.connect();
        return connector;
    }

    @Override
    public final Connector connectUnix(Address.Unix where, ClientFactory<?> factory, UnixConnectOptions options) {
        check("Reactor.connectUnix");
        StreamConnector connector = UnixAttempt.connector(this, where, factory, options);
        connector.connect();
        return connector;
    }

    /// Begins a connection to what is there as soon as it is opened.
    public final Connector connectOpened(
            Address where, StreamOpener opener, ClientFactory<?> factory, Duration timeout, TransportLimits limits) {
        var connector =
                new StreamConnector(this, where, factory, timeout, each -> new OpeningAttempt(each, opener, limits));
        connector.connect();
        return connector;
    }

    @Override
    public final UdpPort listenUdp(int port, DatagramProtocol protocol, DatagramOptions options) {
        return listenMulticast(port, protocol, options);
    }

    @Override
    public final MulticastPort listenMulticast(int port, DatagramProtocol protocol, DatagramOptions options) {
        check("Reactor.listenUdp");
        checkThatItCan(options);
        return listening(datagramPort(DatagramPort.where(port, options), Objects.requireNonNull(protocol), options));
    }

    @Override
    public final MulticastPort adoptDatagramPort(
            DatagramChannel channel, DatagramProtocol protocol, DatagramOptions options) {
        check("Reactor.adoptDatagramPort");
        checkThatItCan(options);
        return listening(datagramPort(channel, DatagramPort.where(channel), Objects.requireNonNull(protocol), options));
    }

    @Override
    public final ListeningPort adoptStreamPort(int descriptor, Factory<?> factory, TransportLimits limits) {
        check("Reactor.adoptStreamPort");
        Objects.requireNonNull(factory);
        Adoption adoption = adoption();
        return adoption == null
                ? Reactor.super.adoptStreamPort(descriptor, factory, limits)
                : listen(Listening.adopted(this, adoption.port(descriptor), factory, limits));
    }

    @Override
    public final @Nullable Transport adoptStreamConnection(int descriptor, Factory<?> factory, TransportLimits limits) {
        check("Reactor.adoptStreamConnection");
        Objects.requireNonNull(factory);
        Adoption adoption = adoption();
        return adoption == null
                ? Reactor.super.adoptStreamConnection(descriptor, factory, limits)
                : opened(adoption.connection(descriptor, limits), factory, descriptor);
    }

    /// A listening socket that the program brings, for a port of this loop.
    final AdoptedSocket adopted(int descriptor) {
        Adoption adoption = adoption();
        if (adoption == null) {
            throw new IllegalStateException("a backend that shares descriptors adopts them");
        }
        return adoption.port(descriptor);
    }

    /// @param session the number of the connection in the log
    private @Nullable Transport opened(StreamConnection connection, Factory<?> factory, int session) {
        Protocol protocol = null;
        try {
            protocol = factory.build(connection.peerNow());
        } catch (Throwable thrown) {
            report("Unhandled Error", thrown);
        }
        if (protocol == null) {
            connection.close(false);
            return null;
        }
        connection.open(protocol, session, null);
        return connection;
    }

    @Override
    public final HeldPort holdTcp(int port, ListenOptions options) {
        check("Reactor.holdTcp");
        Adoption adoption = adoption();
        if (adoption == null) {
            return Reactor.super.holdTcp(port, options);
        }
        TcpPlace place = TcpPlace.of(port, options);
        try {
            return adoption.held(place.address(), options);
        } catch (IOException refused) {
            throw place.refused(refused);
        }
    }

    @Override
    public final HeldPort holdUdp(int port, DatagramOptions options) {
        check("Reactor.holdUdp");
        Adoption adoption = adoption();
        if (adoption == null) {
            return Reactor.super.holdUdp(port, options);
        }
        InetSocketAddress where = DatagramPort.where(port, options);
        try {
            return adoption.held(where, options);
        } catch (IOException refused) {
            throw ConnectFaults.listening("udp", where, refused);
        }
    }

    @Override
    public final MulticastPort adoptDatagramPort(int descriptor, DatagramProtocol protocol, DatagramOptions options) {
        check("Reactor.adoptDatagramPort");
        checkThatItCan(options);
        Objects.requireNonNull(protocol);
        Adoption adoption = adoption();
        return adoption == null
                ? Reactor.super.adoptDatagramPort(descriptor, protocol, options)
                : listening(adoption.datagrams(descriptor, protocol, options));
    }

    private void checkThatItCan(DatagramOptions options) {
        boolean more = options.localAddresses() || options.sendOffload() || options.receiveOffload();
        if (more && !hasRawDatagrams()) {
            throw new UnsupportedOperationException("this backend has no localAddresses, sendOffload and receiveOffload"
                    + " of datagrams; the Linux backends (bowline.linux) have: choose one, or do without");
        }
    }

    @Override
    public final UnixDatagramPort listenUnixDatagram(
            Address.Unix where, DatagramProtocol protocol, UnixDatagramOptions options) {
        check("Reactor.listenUnixDatagram");
        if (!hasRawDatagrams()) {
            return Reactor.super.listenUnixDatagram(where, protocol, options);
        }
        return listening(unixPacketPort(UnixPackets.bound(this, where, protocol, options)));
    }

    @Override
    public final UnixDatagramPort connectUnixDatagram(
            Address.Unix where, DatagramProtocol protocol, UnixDatagramOptions options) {
        check("Reactor.connectUnixDatagram");
        if (!hasRawDatagrams()) {
            return Reactor.super.connectUnixDatagram(where, protocol, options);
        }
        return listening(unixPacketPort(UnixPackets.connected(this, where, protocol, options)));
    }

    private static <P extends PacketPort> P listening(P port) {
        port.startListening();
        return port;
    }

    @Override
    public final Resolver resolver() {
        return resolver;
    }

    @Override
    public final Resolver installResolver(Resolver next) {
        check("Reactor.installResolver");
        Resolver former = resolver;
        resolver = Objects.requireNonNull(next);
        return former;
    }

    // Threads

    @Override
    public final void callFromThread(Action action) {
        Objects.requireNonNull(action);
        if (life.stopped()) {
            return;
        }
        turn.fromThread(handedOn(FROM_THREAD, 0, carried(action)));
    }

    @Override
    public final void carryContext(boolean on) {
        carriesContext = on;
    }

    /// With debugging on, `action` knows what led to it.
    private static Action handedOn(String how, long number, Action action) {
        return Debug.enabled() ? Causes.current().then(how, number).carry(action) : action;
    }

    private Action carried(Action action) {
        return carriesContext ? LogContext.current().carry(action) : action;
    }

    @Override
    public final void wakeUp() {
        turn.wakeUp();
    }

    @Override
    public final <T extends @Nullable Object> T blockingCallFromThread(Callable<? extends Deferred<T>> call)
            throws Exception {
        return blockingCalls.call(call);
    }

    @Override
    public final boolean isInIoThread() {
        return life.isOnOwnThread() || coroutines.running();
    }

    @Override
    public final <T extends @Nullable Object> Deferred<T> deferToThread(Callable<T> work) {
        Callable<T> known = Debug.enabled() ? Causes.current().then(TO_POOL, 0).carry(work) : work;
        if (!carriesContext) {
            return Threads.deferToThreadPool(this, pool, known);
        }
        LogContext context = LogContext.current();
        // What the result sets going belongs to it as well.
        return Threads.deferToThreadPool(
                result -> turn.fromThread(handedOn(FROM_THREAD, 0, context.carry(result::run))),
                pool,
                context.carry(known));
    }

    @Override
    public final void callInThread(Action work) {
        pool.callInThread(handedOn(TO_POOL, 0, carried(work)));
    }

    @Override
    public final ThreadPool threadPool() {
        return pool;
    }

    @Override
    public final void suggestThreadPoolSize(int max) {
        pool.adjustPoolSize(Math.min(pool.min(), max), max);
    }

    @Override
    public final <T extends @Nullable Object> Deferred<T> async(Callable<T> body) {
        return coroutines.start(body);
    }

    /// On the loop's own thread; before it runs, on any.
    private boolean mayStartCoroutines() {
        return life.thread() == null || isInIoThread();
    }
}
