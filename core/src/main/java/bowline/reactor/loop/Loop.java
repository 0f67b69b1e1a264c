package bowline.reactor.loop;

import bowline.defer.Deferred;
import bowline.failure.Debug;
import bowline.failure.Failure;
import bowline.log.LogContext;
import bowline.log.Logger;
import bowline.protocol.Address;
import bowline.protocol.ClientFactory;
import bowline.protocol.ConnectionLost;
import bowline.protocol.Connector;
import bowline.protocol.DatagramProtocol;
import bowline.protocol.Factory;
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
import bowline.reactor.buffer.ReadBuffer;
import bowline.reactor.carrier.Coroutines;
import bowline.reactor.threads.BlockingCalls;
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
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The reactor but for its system calls, which a backend adds (sections 9 to 13).
///
/// This class is the reactor's doors, and behind each of them one step that leads to the part that does the work:
///
///     LoopLife     how the loop begins and ends      PortOpening   ports, of its own and brought by the program
///     Turn         what is to be done, in order      TcpAttempt …  connections to others
///     CarriedWork  from and to other threads         LooseEnds     what no backend would end
///     Pace, Ledger, LoopWatch, Stalls                how it goes, for those who look
///
/// First stand the system calls, which a backend adds. It is long because a reactor has many doors.
@SuppressWarnings("this-escape") // parts are given the loop while it is made, and use it when it runs
public abstract class Loop implements Reactor {
    static final Logger log = Logger.of(Reactor.class);

    /// Most threads of the reactor's pool until the program says otherwise (THR-6).
    private static final int POOL_MAX_THREADS = 10;

    private final Platform platform;
    private final @Nullable ReactorHost host;
    private final @Nullable HostedRun hosted;
    private final long origin;
    private final LoopWatch watch = new LoopWatch(this);
    private final Tally tally = new Tally(watch.reactor());
    private final Pace pace = new Pace(this);
    private final Ledger ledger = new Ledger(tally, pace);
    private final Turn turn = new Turn(this);
    private final Stalls stalls = new Stalls(this);
    private final SystemEvents events = new SystemEvents();
    private final LoopLife life;
    private final BlockingCalls blockingCalls;
    private final ThreadPool pool;
    private final CarriedWork carried;
    private final Coroutines coroutines = Coroutines.on(this, this::mayStartCoroutines);
    private final ReadBuffer readBuffer = new ReadBuffer();
    private final BufferPool buffers = new BufferPool();
    private final PortOpening ports = new PortOpening(this);
    private final LooseEnds looseEnds = new LooseEnds();
    private final SpareDescriptor spare = new SpareDescriptor(this::reserve);
    private final DescribedParts describedParts = new DescribedParts();
    private Resolver resolver;

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
        carried = new CarriedWork(this, turn, pool);
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
        looseEnds.disconnectPorts();
        disconnectAll(ConnectionLost.FAILURE);
        looseEnds.failAttempts(ConnectionLost.FAILURE);
        looseEnds.finishClosing();
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
        ledger.error(text, Failure.of(thrown));
    }

    /// Counts and logs what a callback threw.
    final void report(String text, Failure failure) {
        ledger.error(text, failure);
    }

    /// Counts the connection, and answers its number in this loop, from 1.
    final long opened(StreamConnection connection) {
        return ledger.opened(connection);
    }

    final void lost(StreamConnection connection, Failure reason) {
        ledger.lost(connection, reason);
    }

    /// The open ports that no backend knows of, for they have no socket.
    protected final Set<? extends ListeningPort> handedPorts() {
        return looseEnds.handedPorts();
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

    // Looking

    @Override
    public final ReactorWatch watch() {
        return watch;
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

    // The parts, for each other

    final LooseEnds looseEnds() {
        return looseEnds;
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

    final DescribedParts describedParts() {
        return describedParts;
    }

    final Stalls stalls() {
        return stalls;
    }

    final Platform platform() {
        return platform;
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
        return turn.later(delay, carried.later(Objects.requireNonNull(call), turn.nextTimer()));
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
        return ports.tcp(port, factory, options);
    }

    @Override
    public final ListeningPort listenUnix(Address.Unix where, Factory<?> factory, UnixListenOptions options) {
        check("Reactor.listenUnix");
        return ports.unix(where, factory, options);
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
        return ports.udp(port, protocol, options);
    }

    @Override
    public final MulticastPort adoptDatagramPort(
            DatagramChannel channel, DatagramProtocol protocol, DatagramOptions options) {
        check("Reactor.adoptDatagramPort");
        return ports.adopted(channel, protocol, options);
    }

    @Override
    public final ListeningPort adoptStreamPort(int descriptor, Factory<?> factory, TransportLimits limits) {
        check("Reactor.adoptStreamPort");
        Adoption adoption = adoption();
        return adoption == null
                ? Reactor.super.adoptStreamPort(descriptor, factory, limits)
                : ports.adopted(adoption, descriptor, factory, limits);
    }

    @Override
    public final @Nullable Transport adoptStreamConnection(int descriptor, Factory<?> factory, TransportLimits limits) {
        check("Reactor.adoptStreamConnection");
        Adoption adoption = adoption();
        return adoption == null
                ? Reactor.super.adoptStreamConnection(descriptor, factory, limits)
                : ports.adoptedConnection(adoption, descriptor, factory, limits);
    }

    /// A listening socket that the program brings, for a port of this loop.
    final AdoptedSocket adopted(int descriptor) {
        Adoption adoption = adoption();
        if (adoption == null) {
            throw new IllegalStateException("a backend that shares descriptors adopts them");
        }
        return adoption.port(descriptor);
    }

    @Override
    public final HeldPort holdTcp(int port, ListenOptions options) {
        check("Reactor.holdTcp");
        Adoption adoption = adoption();
        return adoption == null ? Reactor.super.holdTcp(port, options) : ports.heldTcp(adoption, port, options);
    }

    @Override
    public final HeldPort holdUdp(int port, DatagramOptions options) {
        check("Reactor.holdUdp");
        Adoption adoption = adoption();
        return adoption == null ? Reactor.super.holdUdp(port, options) : ports.heldUdp(adoption, port, options);
    }

    @Override
    public final MulticastPort adoptDatagramPort(int descriptor, DatagramProtocol protocol, DatagramOptions options) {
        check("Reactor.adoptDatagramPort");
        Adoption adoption = adoption();
        return adoption == null
                ? Reactor.super.adoptDatagramPort(descriptor, protocol, options)
                : ports.adopted(adoption, descriptor, protocol, options);
    }

    @Override
    public final UnixDatagramPort listenUnixDatagram(
            Address.Unix where, DatagramProtocol protocol, UnixDatagramOptions options) {
        check("Reactor.listenUnixDatagram");
        return hasRawDatagrams()
                ? ports.boundUnix(where, protocol, options)
                : Reactor.super.listenUnixDatagram(where, protocol, options);
    }

    @Override
    public final UnixDatagramPort connectUnixDatagram(
            Address.Unix where, DatagramProtocol protocol, UnixDatagramOptions options) {
        check("Reactor.connectUnixDatagram");
        return hasRawDatagrams()
                ? ports.connectedUnix(where, protocol, options)
                : Reactor.super.connectUnixDatagram(where, protocol, options);
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
        if (!life.stopped()) {
            carried.callFromThread(action);
        }
    }

    @Override
    public final void carryContext(boolean on) {
        carried.carryContext(on);
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
        return carried.deferToThread(work);
    }

    @Override
    public final void callInThread(Action work) {
        carried.callInThread(work);
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
