package bowline.simulation;

import bowline.reactor.Reactor;
import bowline.reactor.ReactorGroup;
import bowline.reactor.ReactorNotRunning;
import bowline.simulation.child.ChildScript;
import bowline.simulation.child.SimulatedChild;
import bowline.simulation.child.Terminal;
import bowline.simulation.fate.FaultKind;
import bowline.simulation.net.Node;
import bowline.simulation.reactor.SimulatedBackend;
import bowline.simulation.reactor.SimulatedPlatform;
import bowline.simulation.reactor.SimulatedReactor;
import bowline.simulation.reactor.Turns;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A simulated host: a name, addresses, a clock, and programs with a reactor each. For the simulation's thread.
///
/// Other hosts reach it by its name or an address. What may be done to it has the plain names of what happens to
/// real ones: [#crash], [#powerOff], [#cutOff], [#stepClock], [#clockDrift], [#reads].
public final class SimulatedHost {
    private final Simulation world;
    private final Node node;
    private final SimulatedPlatform platform;
    private final List<Running> programs = new ArrayList<>();
    private Duration leastPace = Duration.ofNanos(1_000);
    private Duration mostPace = Duration.ofNanos(20_000);

    /// A program and its reactor.
    private record Running(SimulatedReactor reactor, Turns turns) {}

    SimulatedHost(Simulation world, Node node, SimulatedPlatform platform) {
        this.world = world;
        this.node = node;
        this.platform = platform;
    }

    /// What it is called.
    public String name() {
        return node.name();
    }

    /// Its addresses, the loopback ones not among them.
    public List<InetAddress> addresses() {
        return node.addresses();
    }

    Node node() {
        return node;
    }

    // Programs

    /// Starts a program on a reactor of its own, and returns what the program answers.
    ///
    /// @throws IllegalStateException if the host has no power
    /// @throws RuntimeException what the program throws; a checked exception arrives as the cause of one
    public <R extends @Nullable Object> R start(Program<R> program) {
        world.checkThread();
        requirePower();
        world.trace(name(), "start", "");
        var reactor = new SimulatedReactor(platform);
        Turns turns = turns(reactor, () -> {});
        turns.begin();
        return call(turns, () -> program.start(reactor));
    }

    /// Starts a group of reactors, which share this host as those of one process do, after `program` has set it up.
    ///
    /// @throws IllegalStateException if the host has no power
    public <R extends @Nullable Object> R startGroup(int size, Function<ReactorGroup, R> program) {
        world.checkThread();
        requirePower();
        world.trace(name(), "start", size + " reactors");
        var group = ReactorGroup.create(new SimulatedBackend(platform, this::turns), size);
        R answer = program.apply(group);
        group.start(true, thrown -> {});
        return answer;
    }

    private void requirePower() {
        if (!node.isUp()) {
            throw new IllegalStateException(name() + " has no power; powerOn() comes first");
        }
    }

    private Turns turns(SimulatedReactor reactor, Runnable ended) {
        var turns = new Turns[1];
        turns[0] = new Turns(reactor, () -> {
            programs.removeIf(running -> running.turns == turns[0]);
            ended.run();
        });
        turns[0].pace(leastPace.toNanos(), mostPace.toNanos());
        programs.add(new Running(reactor, turns[0]));
        return turns[0];
    }

    /// Runs `step` as work of the reactor of the program that was started last.
    ///
    /// @throws IllegalStateException if none runs
    public <R extends @Nullable Object> R call(Callable<R> step) {
        world.checkThread();
        return call(last().turns, step);
    }

    private static <R extends @Nullable Object> R call(Turns turns, Callable<R> step) {
        var answer = new ArrayList<R>(1);
        var thrown = new ArrayList<Exception>(1);
        turns.call(() -> {
            try {
                answer.add(step.call());
            } catch (Exception failed) {
                thrown.add(failed);
            }
        });
        if (!thrown.isEmpty()) {
            throw thrown.getFirst() instanceof RuntimeException unchecked
                    ? unchecked
                    : new IllegalStateException(thrown.getFirst());
        }
        return answer.getFirst();
    }

    /// The reactor of the program that was started last.
    ///
    /// @throws IllegalStateException if none runs
    public Reactor reactor() {
        return last().reactor;
    }

    /// The reactors of all programs that run, oldest first.
    public List<Reactor> reactors() {
        return programs.stream().<Reactor>map(Running::reactor).toList();
    }

    private Running last() {
        if (programs.isEmpty()) {
            throw new IllegalStateException("no program runs on " + name() + "; start(…) one");
        }
        return programs.getLast();
    }

    /// Asks all its programs to stop, as a signal would. They have stopped when [#isIdle].
    public void stop() {
        for (Running running : List.copyOf(programs)) {
            running.turns.call(() -> stop(running.reactor));
        }
    }

    private static void stop(Reactor reactor) {
        try {
            reactor.stop();
        } catch (ReactorNotRunning already) {
            // it was asked before, by itself or from here
        }
    }

    /// Sends the programs that run a signal such as `TERM`.
    public void signal(String name) {
        world.trace(name(), "signal", name);
        platform.signal(name);
    }

    /// Whether no program runs.
    public boolean isIdle() {
        return programs.isEmpty();
    }

    // Processes

    /// Says what happens when a program on this host starts another one by that name or path, as it is written
    /// in its [bowline.process.Spawn]. What is not known here cannot be started, as on a real system.
    ///
    ///     host.program("cat", child -> {
    ///         child.onInput(unread -> child.out(unread));
    ///         child.onInputEnd(() -> child.exit(0));
    ///     });
    public void program(String nameOrPath, ChildScript script) {
        platform.processes().program(nameOrPath, script);
    }

    /// Sets the environment of children that are given no other; empty at first.
    public SimulatedHost environment(Map<String, String> variables) {
        platform.processes().environment(variables);
        return this;
    }

    /// The children that live, oldest first.
    public List<SimulatedChild> children() {
        return platform.processes().living();
    }

    /// So probably is a child not started although there is such a program, as when the system is short of
    /// something.
    ///
    /// @throws IllegalArgumentException unless it is from 0 to 1
    public SimulatedHost spawnRefusals(double probability) {
        platform.processes().spawnRefusals(probability);
        return this;
    }

    /// So probably is a child killed by somebody else, some time within `time` after its start.
    ///
    /// @throws IllegalArgumentException unless the probability is from 0 to 1, and the time positive
    public SimulatedHost kills(double probability, Duration time) {
        platform.processes().kills(probability, time);
        return this;
    }

    /// Where somebody sits at this host: standard input and output of its programs.
    public Terminal terminal() {
        return platform.terminal();
    }

    // What happens to hosts

    /// The programs die at once, and their children; the system closes their connections, and peers are told.
    public void crash() {
        world.trace(name(), "crash", "");
        killPrograms();
        node.closeAll();
    }

    /// The programs are gone and the host with them: nobody is told, and what is sent to it gets no answer.
    public void powerOff() {
        world.trace(name(), "power off", "");
        killPrograms();
        node.powerOff();
    }

    private void killPrograms() {
        programs.forEach(running -> running.turns.kill());
        programs.clear();
        platform.processes().vanish();
    }

    /// Ends [#powerOff]: connections of before are unknown to it now, and who sends on one is told so.
    public void powerOn() {
        world.trace(name(), "power on", "");
        node.powerOn();
    }

    /// Pulls its cable: programs go on, and hear nobody.
    public void cutOff() {
        world.trace(name(), "cut off", "");
        node.cutOff(true);
    }

    /// Plugs its cable in again.
    public void reconnect() {
        world.trace(name(), "reconnected", "");
        node.cutOff(false);
    }

    /// Sets its calendar clock forwards or, by a negative duration, backwards. Timers do not notice.
    public void stepClock(Duration by) {
        world.trace(name(), "clock", "stepped by " + by);
        platform.stepClock(by);
    }

    /// Has its calendar and its timers run faster than the world's by so many parts in a million from now on,
    /// or slower if that is negative; 0 at first. A quartz clock has some 20, a bad one 200.
    ///
    /// @throws IllegalArgumentException unless it is from -500 000 to 500 000
    public SimulatedHost clockDrift(long ppm) {
        world.trace(name(), "clock", "drifts by " + ppm + " ppm");
        platform.clockDrift(ppm);
        return this;
    }

    /// The same between two numbers, as the seed draws it.
    ///
    /// @throws IllegalArgumentException unless least ≤ most, and both are from -500 000 to 500 000
    public SimulatedHost clockDrift(long least, long most) {
        if (least > most) {
            throw new IllegalArgumentException("a drift of " + least + " to " + most + " ppm; least ≤ most is wanted");
        }
        return clockDrift(world.fate().draws(FaultKind.PACE, "clock@" + name()).between(least, most));
    }

    /// Its programs read each stream that is opened from now on so fast at most: what comes faster waits in socket
    /// buffers, here and then at the sender.
    ///
    /// @throws IllegalArgumentException unless it is at least 1
    public SimulatedHost reads(long bytesPerSecond) {
        return reads(bytesPerSecond, bytesPerSecond);
    }

    /// The same between two numbers, as the seed draws it for each stream.
    ///
    /// @throws IllegalArgumentException unless 0 < least ≤ most
    public SimulatedHost reads(long least, long most) {
        node.reads(least, most);
        return this;
    }

    /// Its programs write each stream that is opened from now on so fast at most: what they have beyond that
    /// waits in their transports.
    ///
    /// @throws IllegalArgumentException unless it is at least 1
    public SimulatedHost writes(long bytesPerSecond) {
        return writes(bytesPerSecond, bytesPerSecond);
    }

    /// The same between two numbers, as the seed draws it for each stream.
    ///
    /// @throws IllegalArgumentException unless 0 < least ≤ most
    public SimulatedHost writes(long least, long most) {
        node.writes(least, most);
        return this;
    }

    /// Sets how many descriptors may be open at once; 1024 at first.
    public SimulatedHost descriptorsMax(int max) {
        node.descriptorsMax(max);
        return this;
    }

    /// How many descriptors are open.
    public int descriptors() {
        return node.descriptors();
    }

    /// Sets how long a turn of a reactor takes here, for programs started from now on; 1 to 20 µs at first.
    ///
    /// @throws IllegalArgumentException unless 0 < least ≤ most
    public SimulatedHost pace(Duration least, Duration most) {
        if (!least.isPositive() || least.compareTo(most) > 0) {
            throw new IllegalArgumentException("a turn of " + least + " to " + most + "; 0 < least ≤ most is wanted");
        }
        leastPace = least;
        mostPace = most;
        return this;
    }

    /// Whether children live, or a program's ends of their pipes are still open, when no program runs.
    boolean hasChildrenOrPipes() {
        return programs.isEmpty() && (!children().isEmpty() || node.descriptors() != 0);
    }

    /// What a program that has ended, or is about to, has left behind; empty when nothing.
    List<String> leftBehind() {
        var left = new ArrayList<String>();
        for (Running running : programs) {
            left.add(running.reactor + " still runs");
            running.reactor.delayedCalls().forEach(call -> left.add(running.reactor + ": timed call " + call));
            running.turns.call(() ->
                    running.reactor.openChannels().forEach(channel -> left.add(running.reactor + ": open " + channel)));
        }
        children().forEach(child -> left.add(name() + ": " + child));
        if (programs.isEmpty() && node.descriptors() != 0) {
            left.add(name() + ": " + node.descriptors() + " descriptors");
        }
        return left;
    }

    @Override
    public String toString() {
        return name();
    }
}
