package bowline.simulation.reactor;

import bowline.failure.Failure;
import bowline.file.FolderObserver;
import bowline.file.FolderWatcher;
import bowline.file.WatchingReactor;
import bowline.process.ProcessStarter;
import bowline.process.Spawn;
import bowline.process.StandardPipes;
import bowline.process.StartedProcess;
import bowline.protocol.DatagramProtocol;
import bowline.reactor.DatagramOptions;
import bowline.reactor.Descriptor;
import bowline.reactor.ReadDescriptor;
import bowline.reactor.SeededProgram;
import bowline.reactor.SeededReactor;
import bowline.reactor.WriteDescriptor;
import bowline.reactor.loop.Attempt;
import bowline.reactor.loop.DatagramPort;
import bowline.reactor.loop.Listening;
import bowline.reactor.loop.Loop;
import bowline.reactor.loop.StreamPort;
import bowline.simulation.fate.Draws;
import bowline.simulation.fate.FaultKind;
import bowline.simulation.net.Agenda;
import bowline.simulation.net.EndlessWork;
import bowline.time.DelayedCall;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// A reactor on a simulated host. It never waits: between its turns, others have theirs ([Turns]).
public final class SimulatedReactor extends Loop
        implements SeededReactor, ProcessStarter, StandardPipes.Provider, WatchingReactor {
    /// What a turn takes when nobody else drives it.
    private static final long MOMENT_NANOS = 10_000;

    private final SimulatedPlatform platform;
    private final SeededProgram program;
    private final Set<Handler> open = new LinkedHashSet<>();
    private final Set<Handler> ready = new LinkedHashSet<>();
    private final Draws order;
    private final Restlessness restlessness;
    private final StandardPipes standardPipes;
    private Runnable wakened = () -> {};
    private boolean woken;
    private boolean driven;

    /// A reactor of that host, which nobody runs yet, and of a program of its own.
    public SimulatedReactor(SimulatedPlatform platform) {
        this(platform, platform.newProgram());
    }

    /// A reactor of that host for a program that has others as well.
    SimulatedReactor(SimulatedPlatform platform, SeededProgram program) {
        super(platform, null);
        this.program = program;
        this.platform = platform;
        order = platform.fate().draws(FaultKind.ORDER, platform.name());
        restlessness = new Restlessness(this);
        standardPipes = platform.terminal().pipes();
    }

    /// Has `step` called when the reactor should have a turn soon.
    void onWake(Runnable step) {
        wakened = step;
        driven = true;
    }

    /// The machine it runs on.
    public SimulatedPlatform platform() {
        return platform;
    }

    @Override
    public SeededProgram program() {
        return program;
    }

    /// Whether a turn would find something to do with a socket.
    boolean hasReady() {
        return !ready.isEmpty();
    }

    /// What a turn would find to do, for those who wonder why it never rests.
    String work() {
        if (hasReady()) {
            return "is ready again and again: " + ready;
        }
        return delayedCalls().stream()
                .min(Comparator.comparingLong(DelayedCall::time))
                .map(first -> "is called again and again, perhaps by " + first)
                .orElse("is called again and again by callFromThread");
    }

    @Override
    protected void poll(long waitNanos) {
        if (!driven) {
            Thread.interrupted(); // ends one wait, and this is it
            letOthersGoOn(waitNanos);
        }
        for (Handler handler : inAnyOrder(ready)) {
            if (handler.isReady()) { // one before it may have closed it (LOP-4)
                handlerBegins();
                handler.ready();
                handlerDone(handler);
            }
            changed(handler);
        }
    }

    /// What others do has no end if theirs passes a limit, nor has this loop's if it never rests.
    private void letOthersGoOn(long waitNanos) {
        try {
            letMomentPass();
            boolean rests = waitNanos > 0 && ready.isEmpty() && !woken;
            restlessness.turn(rests);
            if (waitNanos > 0) {
                letTimePass(waitNanos);
            }
        } catch (EndlessWork spins) {
            crash();
            throw spins;
        }
    }

    /// A turn takes its time, so that a program that never rests does not stop the clock.
    private void letMomentPass() {
        Agenda agenda = platform.agenda();
        long end = agenda.now() + MOMENT_NANOS;
        while (agenda.step(end)) {
            // one thing after another
        }
        agenda.passTo(end);
    }

    /// Only a reactor that was started by its own `run()` waits, and meanwhile everybody else goes on.
    private void letTimePass(long nanos) {
        Agenda agenda = platform.agenda();
        long end = Turns.isForever(nanos) ? Long.MAX_VALUE : platform.after(nanos);
        while (ready.isEmpty() && !woken && agenda.step(end)) {
            // one thing after another
        }
        if (ready.isEmpty() && !woken) {
            if (end == Long.MAX_VALUE) {
                crash();
                throw new IllegalStateException(this + " waits, and nothing is left to happen that could end that");
            }
            agenda.passTo(end);
        }
        woken = false;
    }

    /// No system promises in which order it reports what is ready.
    private List<Handler> inAnyOrder(Set<Handler> handlers) {
        var shuffled = new ArrayList<>(handlers);
        for (int i = 0; i < shuffled.size() - 1; i++) {
            int other = (int) order.between(i, shuffled.size() - 1);
            Handler swapped = shuffled.get(i);
            shuffled.set(i, shuffled.get(other));
            shuffled.set(other, swapped);
        }
        return shuffled;
    }

    @Override
    protected void wake() {
        woken = true;
        wakened.run();
    }

    // Channels

    void add(Handler handler) {
        open.add(handler);
    }

    void remove(Handler handler) {
        open.remove(handler);
        ready.remove(handler);
    }

    /// The handler may have become ready, or may not be any more.
    void changed(Handler handler) {
        if (!open.contains(handler) || !handler.isReady()) {
            ready.remove(handler);
        } else if (ready.add(handler)) {
            wakened.run();
        }
    }

    /// How much is open: connections, ports, and connects under way.
    public int openCount() {
        return open.size();
    }

    @Override
    public List<Object> openChannels() {
        check("Reactor.openChannels");
        return new ArrayList<>(open);
    }

    @Override
    protected void disconnectAll(Failure reason) {
        for (Handler handler : List.copyOf(open)) {
            if (open.contains(handler)) {
                handler.disconnected(reason);
            }
        }
    }

    @Override
    protected void dispose() {
        open.clear();
        ready.clear();
    }

    @Override
    protected Closeable reserve() throws IOException {
        platform.node().takeDescriptor();
        return platform.node()::giveDescriptor;
    }

    @Override
    protected StreamPort port(Listening listening) {
        return new SimulatedPort(this, listening);
    }

    @Override
    protected Runnable dial(SocketAddress remote, Attempt attempt) throws IOException {
        return SimulatedDial.begin(this, remote, attempt);
    }

    @Override
    protected DatagramPort datagramPort(InetSocketAddress where, DatagramProtocol protocol, DatagramOptions options) {
        return new SimulatedDatagramPort(this, where, protocol, options);
    }

    // Processes

    @Override
    public StartedProcess startProcess(Spawn spawn) {
        return platform.processes().startProcess(spawn);
    }

    @Override
    public StandardPipes standardPipes() {
        return standardPipes;
    }

    // What only a real system has

    @Override
    protected DatagramPort datagramPort(
            DatagramChannel channel, InetSocketAddress where, DatagramProtocol protocol, DatagramOptions options) {
        throw refusal("adoptDatagramPort", "listenUdp");
    }

    @Override
    public void addReader(ReadDescriptor reader) {
        throw refusal("addReader", "connectTcp, listenTcp or listenUdp");
    }

    @Override
    public void removeReader(ReadDescriptor reader) {
        // none can be there
    }

    @Override
    public void addWriter(WriteDescriptor writer) {
        throw refusal("addWriter", "connectTcp, listenTcp or listenUdp");
    }

    @Override
    public void removeWriter(WriteDescriptor writer) {
        // none can be there
    }

    @Override
    public List<ReadDescriptor> readers() {
        return List.of();
    }

    @Override
    public List<WriteDescriptor> writers() {
        return List.of();
    }

    @Override
    public List<Descriptor> removeAll() {
        return List.of();
    }

    private static UnsupportedOperationException refusal(String what, String instead) {
        return new UnsupportedOperationException(
                what + " takes a channel of the real system, whose events no seed can decide; in a simulation use "
                        + instead);
    }

    @Override
    public String toString() {
        return "reactor on " + platform.name();
    }

    /// Real files would change at times that no seed decides.
    @Override
    public FolderWatcher watchFolders(FolderObserver observer) {
        throw new UnsupportedOperationException("a simulated host has no files to watch; every other reactor has");
    }
}
