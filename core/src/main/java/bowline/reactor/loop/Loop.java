package bowline.reactor.loop;

import bowline.defer.Deferred;
import bowline.defer.LoopThread;
import bowline.defer.UnhandledError;
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
import bowline.reactor.ConnectOptions;
import bowline.reactor.DatagramOptions;
import bowline.reactor.ListenOptions;
import bowline.reactor.ListeningPort;
import bowline.reactor.MulticastPort;
import bowline.reactor.Reactor;
import bowline.reactor.ReactorAlreadyRunning;
import bowline.reactor.ReactorHost;
import bowline.reactor.ReactorNotRestartable;
import bowline.reactor.ReactorNotRunning;
import bowline.reactor.Resolver;
import bowline.reactor.ThreadPool;
import bowline.reactor.UdpPort;
import bowline.reactor.UnixConnectOptions;
import bowline.reactor.UnixListenOptions;
import bowline.reactor.carrier.Coroutines;
import bowline.reactor.loop.Signals.Subscription;
import bowline.reactor.threads.BlockingCalls;
import bowline.reactor.threads.ElasticThreadPool;
import bowline.reactor.threads.Threads;
import bowline.time.Action;
import bowline.time.DelayedCall;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The reactor but for its system calls, which a backend adds (sections 9 to 13).
///
/// [Turn] knows what is to be done and in which order; this class is the reactor's life, and hands out the
/// rest to those who do it. It is long because a reactor has many doors; behind each is one step.
@SuppressWarnings("this-escape") // parts are given the loop while it is made, and use it when it runs
public abstract class Loop implements Reactor {
    static final Logger log = Logger.of(Reactor.class);

    /// Longest wait in one turn (REA-11).
    private static final long WAIT_MAX_NANOS = TimeUnit.SECONDS.toNanos(2_147_483);

    /// Most threads of the reactor's pool until the program says otherwise (THR-6).
    private static final int POOL_MAX_THREADS = 10;

    private final @Nullable ReactorHost host;
    private final @Nullable HostedRun hosted;
    private final long origin = System.nanoTime();
    private final Turn turn = new Turn(this);
    private final SystemEvents events = new SystemEvents();
    private final BlockingCalls blockingCalls = new BlockingCalls(this, this::isInIoThread);
    private final ElasticThreadPool pool = new ElasticThreadPool("bowline.reactor", 0, POOL_MAX_THREADS);
    private final Coroutines coroutines = Coroutines.on(this, this::mayStartCoroutines);
    private final ReadBuffer readBuffer = new ReadBuffer();
    private final BufferPool buffers = new BufferPool();
    private final SpareDescriptor spare = new SpareDescriptor();
    private Resolver resolver = new SystemResolver(this);
    private volatile @Nullable Thread thread;
    private @Nullable LoopThread owner;
    private Subscription signals = Subscription.NONE;
    private volatile Life life = Life.NEW;
    private volatile boolean running;
    private volatile boolean carriesContext;
    private boolean stopRequested;
    private boolean stopping;
    private boolean shutDown;
    private boolean leaving;
    private @Nullable String caughtSignal;

    /// Where the reactor stands (REA-1).
    private enum Life {
        NEW,
        ENTERED,
        STOPPED
    }

    /// A loop of the thread that calls [#run].
    protected Loop() {
        this(null);
    }

    /// Hooks the loop's own part of startup and shutdown in, before any trigger of the program.
    ///
    /// @param host runs the turns; null for the thread that calls [#run]
    protected Loop(@Nullable ReactorHost host) {
        this.host = host;
        this.hosted = host == null ? null : new HostedRun(this, host);
        armStartup();
        events.add(Phase.DURING, "shutdown", this::leaveLoop);
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

    // Life

    @Override
    public final void run(boolean installSignalHandlers) {
        if (hosted == null) {
            enterLoop();
            runHere(installSignalHandlers);
        } else {
            hosted.start();
            enterLoop();
            hosted.run(installSignalHandlers);
        }
        log.info("Main loop terminated.");
    }

    private void runHere(boolean installSignalHandlers) {
        try {
            begin(installSignalHandlers);
            while (!leaving) {
                turn.run(WAIT_MAX_NANOS);
            }
        } finally {
            end();
        }
    }

    /// On the loop's thread, before the first turn.
    final void begin(boolean installSignalHandlers) {
        thread = Thread.currentThread();
        owner = LoopThread.enter();
        events.fire("startup");
        if (installSignalHandlers) {
            signals = Signals.subscribe(this::signalled);
        }
    }

    /// What lies between two waits, on the host's thread.
    ///
    /// @return how long to wait at most, or 0 for no wait at all
    final long betweenWaits(boolean first) {
        adoptThread();
        return turn.runBetweenWaits(first, WAIT_MAX_NANOS);
    }

    /// Swing ends its event thread when there is nothing to show, and starts another when there is.
    private void adoptThread() {
        if (thread != Thread.currentThread() && owner != null) {
            thread = Thread.currentThread();
            owner.include();
        }
    }

    /// On the loop's thread, after the last turn.
    final void end() {
        signals.close();
        signals = Subscription.NONE;
        if (owner != null) {
            owner.leave();
        }
        exitLoop();
    }

    private synchronized void enterLoop() {
        if (life == Life.ENTERED) {
            throw new ReactorAlreadyRunning();
        }
        if (life == Life.STOPPED) {
            throw new ReactorNotRestartable();
        }
        if (host != null && host.isCurrent()) {
            throw new IllegalStateException(
                    "run() would block " + host.name()
                            + ", on which this reactor's callbacks are to run; start it with Thread.ofPlatform().start(reactor::run)");
        }
        life = Life.ENTERED;
        leaving = false;
        thread = Thread.currentThread();
    }

    private void exitLoop() {
        thread = null;
        running = false;
        if (!shutDown) {
            life = Life.NEW;
            armStartup();
            return;
        }
        life = Life.STOPPED;
        coroutines.end();
        spare.release();
        dispose();
        UnhandledError.reportAll();
    }

    private void armStartup() {
        events.add(Phase.DURING, "startup", () -> {
            running = true;
            pool.start();
            return null;
        });
    }

    private @Nullable Object leaveLoop() {
        leaving = true;
        running = false;
        shutDown = true;
        disconnectAll(ConnectionLost.FAILURE);
        blockingCalls.end(); // before the pool: its threads may be among those who wait
        pool.stop();
        return null;
    }

    @Override
    public final void stop() {
        check("Reactor.stop");
        if (stopRequested || (life != Life.ENTERED && !running)) {
            throw new ReactorNotRunning("stop()");
        }
        stopRequested = true;
    }

    @Override
    public final void crash() {
        check("Reactor.crash");
        leaving = true;
        running = false;
    }

    private void signalled(@Nullable String name) {
        if (name == null) {
            log.info("The JVM ends, shutting down.");
        } else {
            log.info("Received SIG{signal}, shutting down.", name);
        }
        callFromThread(() -> {
            caughtSignal = name;
            if (!stopRequested) {
                stop();
            }
        });
    }

    @Override
    public final void iterate(Duration wait) {
        if (life == Life.STOPPED) {
            throw new ReactorNotRestartable();
        }
        if (turn.underWay()) {
            throw new IllegalStateException("iterate() from inside a turn of the loop; it is for those who embed it");
        }
        if (host != null && life == Life.ENTERED) {
            throw new IllegalStateException("iterate() while " + host.name() + " runs the loop");
        }
        Thread before = thread;
        thread = Thread.currentThread();
        try {
            turn.run(Math.min(Math.max(wait.toNanos(), 0), WAIT_MAX_NANOS));
        } finally {
            thread = before;
        }
    }

    @Override
    public final boolean running() {
        return running;
    }

    @Override
    public final @Nullable String caughtSignal() {
        return caughtSignal;
    }

    // The turn

    /// After the timed calls: begins the shutdown if it was asked for (REA-4).
    ///
    /// @return whether the loop waits for I/O once more
    final boolean goesOn() {
        if (hasStopToDo()) {
            stopping = true;
            events.fire("shutdown");
        }
        return !leaving;
    }

    final boolean hasStopToDo() {
        return stopRequested && !stopping;
    }

    /// The host's thread has ended, and with it this reactor does, on the calling thread.
    final void hostEnded() {
        log.warn("{host} has ended, and the reactor with it", host == null ? "" : host.name());
        stopRequested = true;
        turn.touched();
    }

    /// Whether it was stopped, and not only left by [#crash].
    final boolean stopped() {
        return life == Life.STOPPED;
    }

    /// Whether nothing is left to wait for: what ran since [#goesOn], such as the last connection's end, may
    /// have let the shutdown come to its end.
    final boolean leaving() {
        return leaving;
    }

    /// Calls `step` when this turn's I/O is done, or the next one's if `step` comes after that.
    protected final void soon(Runnable step) {
        turn.soon(step);
    }

    /// Backends call this between two handlers.
    protected final void handlerDone() {
        turn.handlerDone();
    }

    final void flushLater(SendingSide connection) {
        turn.flushLater(connection);
    }

    /// Runs `step`; what it throws is logged.
    static void guarded(Runnable step) {
        try {
            step.run();
        } catch (Throwable thrown) {
            report("Unhandled Error", thrown);
        }
    }

    static void report(String text, Throwable thrown) {
        log.failure(text, Failure.of(thrown));
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
            Thread owner = thread;
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
        return System.nanoTime() - origin;
    }

    @Override
    public final Instant now() {
        return Instant.now();
    }

    @Override
    public final DelayedCall callLater(Duration delay, Action call) {
        check("Reactor.callLater");
        return turn.later(delay, carried(Objects.requireNonNull(call)));
    }

    @Override
    public final Collection<DelayedCall> delayedCalls() {
        return turn.pending();
    }

    // System events

    @Override
    public final @Nullable SystemEventTrigger callWhenRunning(Action action) {
        check("Reactor.callWhenRunning");
        if (!running) {
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
        return listen(Listening.tcp(this, TcpPlace.of(port, options).address(), factory, options));
    }

    @Override
    public final ListeningPort listenUnix(Address.Unix where, Factory<?> factory, UnixListenOptions options) {
        check("Reactor.listenUnix");
        var place = new UnixPlace(UnixPaths.file(where), options);
        return listen(new Listening(this, place, factory, options.backlog(), false, options.limits()));
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
        StreamConnector connector = UnixAttempt.connector(this, UnixPaths.file(where), factory, options);
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
        return listening(datagramPort(DatagramPort.where(port, options), Objects.requireNonNull(protocol), options));
    }

    @Override
    public final MulticastPort adoptDatagramPort(
            DatagramChannel channel, DatagramProtocol protocol, DatagramOptions options) {
        check("Reactor.adoptDatagramPort");
        return listening(datagramPort(channel, DatagramPort.where(channel), Objects.requireNonNull(protocol), options));
    }

    private static MulticastPort listening(DatagramPort port) {
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
        if (life == Life.STOPPED) {
            return;
        }
        turn.fromThread(carried(action));
    }

    @Override
    public final void carryContext(boolean on) {
        carriesContext = on;
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
        return thread == Thread.currentThread() || isHosted() || coroutines.running();
    }

    /// Whether the calling thread is the host's, between two turns too.
    private boolean isHosted() {
        return host != null && life == Life.ENTERED && host.isCurrent();
    }

    @Override
    public final <T extends @Nullable Object> Deferred<T> deferToThread(Callable<T> work) {
        if (!carriesContext) {
            return Threads.deferToThreadPool(this, pool, work);
        }
        LogContext context = LogContext.current();
        // What the result sets going belongs to it as well.
        return Threads.deferToThreadPool(
                result -> turn.fromThread(context.carry(result::run)), pool, context.carry(work));
    }

    @Override
    public final void callInThread(Action work) {
        pool.callInThread(carried(work));
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
        return thread == null || isInIoThread();
    }
}
