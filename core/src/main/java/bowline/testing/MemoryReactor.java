package bowline.testing;

import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.log.LogContext;
import bowline.protocol.Address;
import bowline.protocol.ClientFactory;
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
import java.net.InetAddress;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
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
    private final ManualClock clock = new ManualClock();
    private final MemoryTriggers triggers = new MemoryTriggers();
    private final Coroutines coroutines = Coroutines.on(this, () -> true);
    private final Queue<Action> fromThreads = new ConcurrentLinkedQueue<>();
    private final MemoryNetwork network = new MemoryNetwork();
    private final MemoryDescriptors descriptors = new MemoryDescriptors();
    /// What came from threads counts as work for threads: here it is the same.
    private final MemoryThreadPool pool = new MemoryThreadPool(this::callFromThread, fromThreads::size);
    private Resolver resolver =
            name -> Deferred.execute(() -> List.of(InetAddress.ofLiteral(name))).addErrback(_ -> List.of());
    private boolean running;
    private boolean carriesContext;
    private boolean stopRequested;
    private boolean stopped;

    /// A reactor at time 0 that does not run.
    public MemoryReactor() {}

    // How it fails, if it is to (TST-4)

    /// Has every attempt to listen throw `failure`.
    public MemoryReactor failListening(RuntimeException failure) {
        network.failListening(failure);
        return this;
    }

    /// Has every attempt to connect throw `failure`, before it begins.
    public MemoryReactor failConnecting(RuntimeException failure) {
        network.failConnecting(failure);
        return this;
    }

    // What the test sees

    /// The TCP ports that were opened, in order; those closed since too.
    public List<MemoryTcpPort> tcpServers() {
        return network.ports(MemoryTcpPort.class);
    }

    /// The UDP ports that were opened, in order; those closed since too.
    public List<MemoryDatagramTransport> udpPorts() {
        return network.udpPorts();
    }

    /// The TCP connectors that were made, in order.
    public List<MemoryTcpConnector> tcpClients() {
        return network.connectors(MemoryTcpConnector.class);
    }

    /// The UNIX ports that were opened, in order; those closed since too.
    public List<MemoryUnixPort> unixServers() {
        return network.ports(MemoryUnixPort.class);
    }

    /// The UNIX connectors that were made, in order.
    public List<MemoryUnixConnector> unixClients() {
        return network.connectors(MemoryUnixConnector.class);
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
        return network.listen(new MemoryTcpPort(this, network.port(port), factory, options));
    }

    @Override
    public MemoryUnixPort listenUnix(Address.Unix where, Factory<?> factory, UnixListenOptions options) {
        return network.listen(new MemoryUnixPort(this, where, factory, options));
    }

    void checkFree(MemoryPort wanted) {
        network.checkFree(wanted);
    }

    @Override
    public MemoryTcpConnector connectTcp(String host, int port, ClientFactory<?> factory, ConnectOptions options) {
        return network.connect(new MemoryTcpConnector(this, new Address.Hostname(host, port), factory, options));
    }

    @Override
    public MemoryUnixConnector connectUnix(Address.Unix where, ClientFactory<?> factory, UnixConnectOptions options) {
        return network.connect(new MemoryUnixConnector(this, where, factory, options));
    }

    @Override
    public MemoryDatagramTransport listenUdp(int port, DatagramProtocol protocol, DatagramOptions options) {
        return network.listen(new MemoryDatagramTransport(this, network.port(port), protocol, options));
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
        descriptors.add(reader);
    }

    @Override
    public void removeReader(ReadDescriptor reader) {
        descriptors.remove(reader);
    }

    @Override
    public void addWriter(WriteDescriptor writer) {
        descriptors.add(writer);
    }

    @Override
    public void removeWriter(WriteDescriptor writer) {
        descriptors.remove(writer);
    }

    @Override
    public List<ReadDescriptor> readers() {
        return descriptors.readers();
    }

    @Override
    public List<WriteDescriptor> writers() {
        return descriptors.writers();
    }

    @Override
    public List<Object> openChannels() {
        List<Object> open = network.open();
        open.addAll(descriptors.all());
        return open;
    }

    @Override
    public List<Descriptor> removeAll() {
        return descriptors.removeAll();
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
}
