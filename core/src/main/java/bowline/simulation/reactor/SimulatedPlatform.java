package bowline.simulation.reactor;

import bowline.reactor.Reactor;
import bowline.reactor.Resolver;
import bowline.reactor.SeededProgram;
import bowline.reactor.ThreadPool;
import bowline.reactor.loop.Platform;
import bowline.reactor.loop.SocketFiles;
import bowline.simulation.child.ProcessTable;
import bowline.simulation.child.Terminal;
import bowline.simulation.fate.Fate;
import bowline.simulation.net.Agenda;
import bowline.simulation.net.Network;
import bowline.simulation.net.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A simulated machine: its clock, threads, names and signals.
public final class SimulatedPlatform implements Platform {
    private final Network network;
    private final Node node;
    private final Instant epoch;
    private final SocketFiles socketFiles;
    private final ProcessTable processes;
    private final Terminal terminal;
    private final List<Consumer<@Nullable String>> signalled = new ArrayList<>();
    private final DriftingClock clock;
    private Duration clockError = Duration.ZERO;
    private int programs;

    /// @param epoch the calendar time at the beginning
    public SimulatedPlatform(Network network, Node node, Instant epoch) {
        this.network = network;
        this.node = node;
        this.epoch = epoch;
        socketFiles = new SimulatedSocketFiles(node);
        clock = new DriftingClock(network.agenda());
        processes = new ProcessTable(network, node);
        terminal = new Terminal(processes);
    }

    /// Its network stack.
    public Node node() {
        return node;
    }

    /// Its programs, and the processes that they start.
    public ProcessTable processes() {
        return processes;
    }

    /// Where somebody sits at it.
    public Terminal terminal() {
        return terminal;
    }

    String name() {
        return node.name();
    }

    Fate fate() {
        return network.fate();
    }

    Agenda agenda() {
        return network.agenda();
    }

    /// What a program that begins now has for itself.
    SeededProgram newProgram() {
        programs++;
        return new SeededProgram(new SeededBits(fate().seedFor("SecureRandom of program " + programs + "@" + name())));
    }

    /// Says that what happens from now on is this machine's doing; returns whose it was before.
    String present() {
        return network.present(node.name());
    }

    void present(String host) {
        network.present(host);
    }

    /// Sets the calendar clock forwards or backwards; what counts nanoseconds does not notice.
    public void stepClock(Duration by) {
        clockError = clockError.plus(by);
    }

    /// Has all its clocks run by so many parts in a million faster from now on.
    ///
    /// @throws IllegalArgumentException unless it is from -500 000 to 500 000
    public void clockDrift(long ppm) {
        clock.drift(ppm);
    }

    /// When, by the agenda's count, so many of this machine's nanoseconds have passed.
    long after(long nanos) {
        return clock.after(nanos);
    }

    /// Sends every program on it a signal by this name.
    public void signal(String name) {
        List.copyOf(signalled).forEach(subscriber -> subscriber.accept(name));
    }

    @Override
    public long nanos() {
        return clock.nanos();
    }

    @Override
    public Instant now() {
        return epoch.plusNanos(clock.nanos()).plus(clockError);
    }

    @Override
    public ThreadPool threadPool(int maxThreads) {
        return new SimulatedPool(network, node, maxThreads);
    }

    @Override
    public Resolver resolver(Reactor reactor) {
        return new SimulatedResolver(network, node, reactor);
    }

    @Override
    public SocketFiles socketFiles() {
        return socketFiles;
    }

    /// The work that waits lies on the stack, and everybody else goes on above it.
    @Override
    public void whileWaitingFor(Future<?> answer) {
        while (!answer.isDone()) {
            if (!agenda().step(Long.MAX_VALUE)) {
                throw new IllegalStateException("blocking work on " + name()
                        + " waits for its reactor, and nothing is left to happen that could answer it");
            }
        }
    }

    @Override
    public Subscription lookEvery(Duration step, String threadName, Runnable look) {
        return Subscription.NONE;
    }

    @Override
    public Subscription signals(Consumer<@Nullable String> subscriber) {
        signalled.add(subscriber);
        return () -> signalled.remove(subscriber);
    }
}
