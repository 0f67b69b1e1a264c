package bowline.testing;

import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.log.LogContext;
import bowline.protocol.Address;
import bowline.protocol.CannotListenError;
import bowline.protocol.ClientFactory;
import bowline.protocol.Connector;
import bowline.protocol.DatagramProtocol;
import bowline.protocol.Factory;
import bowline.reactor.ConnectOptions;
import bowline.reactor.DatagramOptions;
import bowline.reactor.Descriptor;
import bowline.reactor.ListenOptions;
import bowline.reactor.Reactor;
import bowline.reactor.ReactorAlreadyRunning;
import bowline.reactor.ReactorNotRestartable;
import bowline.reactor.ReactorNotRunning;
import bowline.reactor.ReadDescriptor;
import bowline.reactor.Resolver;
import bowline.reactor.ThreadPool;
import bowline.reactor.UnixConnectOptions;
import bowline.reactor.UnixListenOptions;
import bowline.reactor.WriteDescriptor;
import bowline.reactor.carrier.Coroutines;
import bowline.time.Action;
import bowline.time.DelayedCall;
import java.net.BindException;
import java.net.InetAddress;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/// A reactor without sockets, threads and real time: it remembers what it was asked for, and the test
/// makes happen what the network would (TST-3).
///
///     var reactor = new MemoryReactor();
///     new PoetryService(reactor).start();
///     MemoryTransport client = reactor.tcpServers().getFirst().connect();
///     reactor.advance(ofSeconds(61));
///     assertTrue(client.disconnecting());
///
/// Calls from threads, and work for threads, run on the test's own thread at the next [#advance]. What
/// a callback throws reaches the test. (This class is longer than others because a [Reactor] has so many doors.)
public final class MemoryReactor implements Reactor {
    /// The first of the ports that are given out for port 0, as by most systems.
    private static final int FIRST_FREE_PORT = 49_152;

    private final ManualClock clock = new ManualClock();
    private final MemoryTriggers triggers = new MemoryTriggers();
    private final Coroutines coroutines = Coroutines.on(this, () -> true);
    private final Queue<Action> fromThreads = new ConcurrentLinkedQueue<>();
    private final List<MemoryPort> ports = new ArrayList<>();
    private final List<MemoryDatagramTransport> udpPorts = new ArrayList<>();
    private final List<MemoryConnector> connectors = new ArrayList<>();
    private final Set<ReadDescriptor> readers = new LinkedHashSet<>();
    private final Set<WriteDescriptor> writers = new LinkedHashSet<>();
    private final MemoryThreadPool pool = new MemoryThreadPool();
    private Resolver resolver =
            name -> Deferred.execute(() -> List.of(InetAddress.ofLiteral(name))).addErrback(_ -> List.of());
    private @Nullable RuntimeException listenFailure;
    private @Nullable RuntimeException connectFailure;
    private int nextFreePort = FIRST_FREE_PORT;
    private boolean running;
    private boolean carriesContext;
    private boolean stopRequested;
    private boolean stopped;

    /// A reactor at time 0 that does not run.
    public MemoryReactor() {}

    // How it fails, if it is to (TST-4)

    /// Has every attempt to listen throw `failure`.
    public MemoryReactor failListening(RuntimeException failure) {
        listenFailure = failure;
        return this;
    }

    /// Has every attempt to connect throw `failure`, before it begins.
    public MemoryReactor failConnecting(RuntimeException failure) {
        connectFailure = failure;
        return this;
    }

    // What the test sees

    /// The TCP ports that were opened, in order; those closed since too.
    public List<MemoryTcpPort> tcpServers() {
        return those(MemoryTcpPort.class, ports);
    }

    /// The UDP ports that were opened, in order; those closed since too.
    public List<MemoryDatagramTransport> udpPorts() {
        return List.copyOf(udpPorts);
    }

    /// The TCP connectors that were made, in order.
    public List<MemoryTcpConnector> tcpClients() {
        return those(MemoryTcpConnector.class, connectors);
    }

    /// The UNIX ports that were opened, in order; those closed since too.
    public List<MemoryUnixPort> unixServers() {
        return those(MemoryUnixPort.class, ports);
    }

    /// The UNIX connectors that were made, in order.
    public List<MemoryUnixConnector> unixClients() {
        return those(MemoryUnixConnector.class, connectors);
    }

    private static <T> List<T> those(Class<T> kind, List<? super T> all) {
        return all.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /// The triggers that are registered and have not run.
    public List<SystemEventTrigger> triggers() {
        return triggers.all();
    }

    // What the test does in place of time

    /// Runs what came from threads, lets `time` pass, and runs what is due then (CLK-1).
    public void advance(Duration time) {
        runFromThreads();
        clock.advance(time);
        while (runFromThreads()) {
            clock.advance(Duration.ZERO);
        }
        shutDownIfRequested();
    }

    /// Advances by each of `times` in turn (CLK-2).
    public void pump(Duration... times) {
        for (Duration time : times) {
            advance(time);
        }
    }

    private boolean runFromThreads() {
        boolean any = false;
        for (Action next = fromThreads.poll(); next != null; next = fromThreads.poll()) {
            any = true;
            try {
                next.run();
            } catch (Exception thrown) {
                throw Failure.of(thrown).raise();
            }
        }
        return any;
    }

    // Life

    /// Begins to run and returns: the startup event fires, and the rest happens in [#advance].
    public void start() {
        if (running) {
            throw new ReactorAlreadyRunning();
        }
        if (stopped) {
            throw new ReactorNotRestartable();
        }
        triggers.fire("startup", () -> running = true);
    }

    /// Starts, runs what waits for that, and stops (TST-3).
    @Override
    public void run(boolean installSignalHandlers) {
        start();
        if (running && !stopRequested) {
            stop();
        }
        shutDownIfRequested();
    }

    @Override
    public void stop() {
        if (!running || stopRequested) {
            throw new ReactorNotRunning("stop()");
        }
        stopRequested = true;
    }

    private void shutDownIfRequested() {
        if (stopRequested && !stopped) {
            stopped = true;
            triggers.fire("shutdown", () -> {
                running = false;
                coroutines.end();
            });
        }
    }

    @Override
    public void crash() {
        running = false;
    }

    /// The same as [#advance].
    @Override
    public void iterate(Duration wait) {
        advance(wait);
    }

    @Override
    public boolean running() {
        return running;
    }

    @Override
    public @Nullable String caughtSignal() {
        return null;
    }

    @Override
    public @Nullable SystemEventTrigger callWhenRunning(Action action) {
        if (!running) {
            return addSystemEventTrigger(Phase.AFTER, "startup", action);
        }
        try {
            action.run();
        } catch (Exception thrown) {
            throw Failure.of(thrown).raise();
        }
        return null;
    }

    // System events

    @Override
    public SystemEventTrigger addSystemEventTrigger(Phase phase, String event, Action action) {
        return triggers.add(phase, event, () -> {
            action.run();
            return null;
        });
    }

    @Override
    public SystemEventTrigger addSystemEventTriggerDeferring(String event, Callable<? extends Deferred<?>> before) {
        return triggers.add(Phase.BEFORE, event, before);
    }

    @Override
    public void removeSystemEventTrigger(SystemEventTrigger trigger) {
        triggers.remove(trigger);
    }

    @Override
    public void fireSystemEvent(String event) {
        triggers.fire(event, () -> {});
    }

    // Connections

    @Override
    public MemoryTcpPort listenTcp(int port, Factory<?> factory, ListenOptions options) {
        return listen(new MemoryTcpPort(this, port == 0 ? nextFreePort++ : port, factory, options));
    }

    @Override
    public MemoryUnixPort listenUnix(Address.Unix where, Factory<?> factory, UnixListenOptions options) {
        return listen(new MemoryUnixPort(this, where, factory, options));
    }

    private <P extends MemoryPort> P listen(P port) {
        if (listenFailure != null) {
            throw listenFailure;
        }
        port.startListening();
        ports.add(port);
        return port;
    }

    void checkFree(MemoryPort wanted) {
        for (MemoryPort port : ports) {
            if (port.listening() && port.host().equals(wanted.host())) {
                throw new CannotListenError(
                        wanted instanceof MemoryTcpPort
                                ? "tcp:" + wanted.host()
                                : wanted.host().toString(),
                        "another program of this test listens there; stop it or choose another",
                        new BindException("Address already in use"));
            }
        }
    }

    @Override
    public MemoryTcpConnector connectTcp(String host, int port, ClientFactory<?> factory, ConnectOptions options) {
        return connect(new MemoryTcpConnector(this, new Address.Hostname(host, port), factory, options));
    }

    @Override
    public MemoryUnixConnector connectUnix(Address.Unix where, ClientFactory<?> factory, UnixConnectOptions options) {
        return connect(new MemoryUnixConnector(this, where, factory, options));
    }

    private <C extends MemoryConnector> C connect(C connector) {
        if (connectFailure != null) {
            throw connectFailure;
        }
        connectors.add(connector);
        connector.connect();
        return connector;
    }

    @Override
    public MemoryDatagramTransport listenUdp(int port, DatagramProtocol protocol, DatagramOptions options) {
        if (listenFailure != null) {
            throw listenFailure;
        }
        var opened = new MemoryDatagramTransport(this, port == 0 ? nextFreePort++ : port, protocol, options);
        checkFree(opened);
        opened.startListening();
        udpPorts.add(opened);
        return opened;
    }

    private void checkFree(MemoryDatagramTransport wanted) {
        for (MemoryDatagramTransport port : udpPorts) {
            boolean shared = port.options().listenMultiple() && wanted.options().listenMultiple();
            if (port.listening() && !shared && port.host().equals(wanted.host())) {
                throw new CannotListenError(
                        "udp:" + wanted.host(),
                        "another program of this test listens there; stop it or take port 0",
                        new BindException("Address already in use"));
            }
        }
    }

    @Override
    public MemoryDatagramTransport listenMulticast(int port, DatagramProtocol protocol, DatagramOptions options) {
        return listenUdp(port, protocol, options);
    }

    /// Always refused: a channel is a real socket.
    @Override
    public MemoryDatagramTransport adoptDatagramPort(
            DatagramChannel channel, DatagramProtocol protocol, DatagramOptions options) {
        throw new UnsupportedOperationException("a MemoryReactor has no sockets to adopt; test with listenUdp");
    }

    /// Answers with the address that the name itself is, in numbers, and else with none.
    @Override
    public Resolver resolver() {
        return resolver;
    }

    @Override
    public Resolver installResolver(Resolver installed) {
        Resolver former = resolver;
        resolver = installed;
        return former;
    }

    // Channels, which are remembered and never ready

    @Override
    public void addReader(ReadDescriptor reader) {
        readers.add(reader);
    }

    @Override
    public void removeReader(ReadDescriptor reader) {
        readers.remove(reader);
    }

    @Override
    public void addWriter(WriteDescriptor writer) {
        writers.add(writer);
    }

    @Override
    public void removeWriter(WriteDescriptor writer) {
        writers.remove(writer);
    }

    @Override
    public List<ReadDescriptor> readers() {
        return List.copyOf(readers);
    }

    @Override
    public List<WriteDescriptor> writers() {
        return List.copyOf(writers);
    }

    @Override
    public List<Object> openChannels() {
        var open = new ArrayList<Object>(
                ports.stream().filter(MemoryPort::listening).toList());
        udpPorts.stream().filter(MemoryDatagramTransport::listening).forEach(open::add);
        for (MemoryConnector connector : connectors) {
            if (connector.state() != Connector.State.DISCONNECTED) {
                open.add(connector);
            }
        }
        open.addAll(watched());
        return open;
    }

    private Set<Descriptor> watched() {
        var all = new LinkedHashSet<Descriptor>(readers);
        all.addAll(writers);
        return all;
    }

    @Override
    public List<Descriptor> removeAll() {
        var all = List.<Descriptor>copyOf(watched());
        readers.clear();
        writers.clear();
        return all;
    }

    // Threads, of which there is one

    /// Runs `action` at the next [#advance]. From any thread.
    @Override
    public void callFromThread(Action action) {
        fromThreads.add(carried(action));
    }

    @Override
    public void carryContext(boolean on) {
        carriesContext = on;
    }

    private Action carried(Action action) {
        return carriesContext ? LogContext.current().carry(action) : action;
    }

    @Override
    public void wakeUp() {}

    @Override
    public <T extends @Nullable Object> Deferred<T> deferToThread(Callable<T> work) {
        var deferred = new Deferred<T>();
        callFromThread(() -> Deferred.execute(work).chainDeferred(deferred));
        return deferred;
    }

    @Override
    public void callInThread(Action work) {
        pool.callInThread(work);
    }

    /// Always refused: there is no other thread to call from.
    @Override
    public <T extends @Nullable Object> T blockingCallFromThread(Callable<? extends Deferred<T>> call) {
        throw new IllegalStateException("a MemoryReactor has no other threads; call it directly and advance()");
    }

    @Override
    public ThreadPool threadPool() {
        return pool;
    }

    @Override
    public void suggestThreadPoolSize(int max) {
        pool.adjustPoolSize(0, max);
    }

    @Override
    public boolean isInIoThread() {
        return true;
    }

    // Coroutines

    @Override
    public <T extends @Nullable Object> Deferred<T> async(Callable<T> body) {
        return coroutines.start(body);
    }

    // Time

    @Override
    public long nanos() {
        return clock.nanos();
    }

    @Override
    public Instant now() {
        return clock.now();
    }

    @Override
    public DelayedCall callLater(Duration delay, Action call) {
        return clock.callLater(delay, carried(call));
    }

    @Override
    public Collection<DelayedCall> delayedCalls() {
        return clock.delayedCalls();
    }

    /// A pool whose work is done by the test's own thread.
    private final class MemoryThreadPool implements ThreadPool {
        private int min;
        private int max = 10;

        @Override
        public void callInThread(Action work) {
            callFromThread(work);
        }

        @Override
        public void adjustPoolSize(int newMin, int newMax) {
            if (newMin < 0 || newMin > newMax) {
                throw new IllegalArgumentException("pool size " + newMin + " to " + newMax + " is not 0 ≤ min ≤ max");
            }
            min = newMin;
            max = newMax;
        }

        @Override
        public int min() {
            return min;
        }

        @Override
        public int max() {
            return max;
        }

        /// What came from threads counts too: here it is the same.
        @Override
        public int unfinishedWork() {
            return fromThreads.size();
        }

        @Override
        public void start() {}

        @Override
        public void stop() {}
    }
}
