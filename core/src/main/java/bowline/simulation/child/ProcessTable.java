package bowline.simulation.child;

import bowline.process.CannotSpawnError;
import bowline.process.ChildDescriptor.Pipe;
import bowline.process.ProcessStarter;
import bowline.process.Spawn;
import bowline.process.StartedProcess;
import bowline.simulation.fate.Draws;
import bowline.simulation.fate.FaultKind;
import bowline.simulation.net.Agenda;
import bowline.simulation.net.Network;
import bowline.simulation.net.Node;
import bowline.time.Action;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The programs that can be started on a simulated host, and the processes that live there. For the simulation's
/// thread.
public final class ProcessTable implements ProcessStarter {
    private static final long FIRST_PID = 100;
    private static final long START_LEAST_NANOS = 200_000;
    private static final long START_MOST_NANOS = 20_000_000;
    private static final long EXIT_LEAST_NANOS = 10_000;
    private static final long EXIT_MOST_NANOS = 5_000_000;

    private final Network network;
    private final Node node;
    private final Map<String, ChildScript> programs = new LinkedHashMap<>();
    private final Map<SimulatedChild, @Nullable SimulatedProcess> living = new LinkedHashMap<>();
    private final Draws refusals;
    private final Draws kills;
    private Map<String, String> environment = Map.of();
    private double refusalProbability;
    private double killProbability;
    private long killWithinNanos;
    private long lastPid = FIRST_PID;

    /// An empty one.
    public ProcessTable(Network network, Node node) {
        this.network = network;
        this.node = node;
        refusals = network.fate().draws(FaultKind.SPAWN_REFUSAL, node.name());
        kills = network.fate().draws(FaultKind.KILL, node.name());
    }

    /// Says what happens when a program is started by that name or path.
    public void program(String name, ChildScript script) {
        programs.put(name, script);
    }

    /// Sets the environment of children that are given no other.
    public void environment(Map<String, String> variables) {
        environment = Map.copyOf(variables);
    }

    /// So probably is a start refused.
    ///
    /// @throws IllegalArgumentException unless it is from 0 to 1
    public void spawnRefusals(double probability) {
        refusalProbability = checked(probability, "spawnRefusals");
    }

    /// So probably is a child killed, some time within `time` after its start.
    ///
    /// @throws IllegalArgumentException unless the probability is from 0 to 1, and the time positive
    public void kills(double probability, Duration time) {
        if (!time.isPositive()) {
            throw new IllegalArgumentException("kills within " + time + "; a positive time is wanted");
        }
        killProbability = checked(probability, "kills");
        killWithinNanos = time.toNanos();
    }

    private double checked(double probability, String what) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException(
                    what + " of " + probability + " on " + node + "; a probability is from 0 to 1");
        }
        return probability;
    }

    /// The processes that live, in the order they were started.
    public List<SimulatedChild> living() {
        return List.copyOf(living.keySet());
    }

    /// All of them are gone, and nobody is told.
    public void vanish() {
        living.keySet().forEach(SimulatedChild::vanish);
        living.clear();
    }

    // Starting

    @Override
    public StartedProcess startProcess(Spawn spawn) {
        ChildScript script = programs.get(spawn.program());
        if (script == null) {
            throw refused(spawn, "2 (No such file or directory)", "programs here: " + programs.keySet());
        }
        if (refusals.strikes(refusalProbability)) {
            throw refused(spawn, "11 (Resource temporarily unavailable)", "");
        }
        var descriptors = new Descriptors(node);
        try {
            descriptors.take(pipes(spawn));
        } catch (IOException none) {
            throw refused(spawn, "24 (" + none.getMessage() + ")", "");
        }
        return start(spawn, script, descriptors);
    }

    private CannotSpawnError refused(Spawn spawn, String error, String detail) {
        trace("cannot spawn", 0, String.join(" ", spawn.command()) + ", error " + error + "; " + detail);
        return new CannotSpawnError(
                spawn, new IOException("Cannot run program \"" + spawn.program() + "\": Exec failed, error: " + error));
    }

    private static int pipes(Spawn spawn) {
        return (int) List.of(0, 1, 2).stream()
                .filter(descriptor -> spawn.descriptors().get(descriptor) instanceof Pipe)
                .count();
    }

    private SimulatedProcess start(Spawn spawn, ChildScript script, Descriptors descriptors) {
        long pid = lastPid++;
        trace("spawn", pid, String.join(" ", spawn.command()));
        BytePipe in = pipe(spawn, 0);
        BytePipe out = pipe(spawn, 1);
        BytePipe err = pipe(spawn, 2);
        var child = new SimulatedChild(this, spawn, pid, in, out, err);
        var process = new SimulatedProcess(
                child,
                pace(pid + ":parent"),
                in == null ? null : new WritingEnd(in, pace(pid + ":fd0"), descriptors::giveOne),
                out == null ? null : new ReadingEnd(out, pace(pid + ":fd1"), descriptors::giveOne),
                err == null ? null : new ReadingEnd(err, pace(pid + ":fd2"), descriptors::giveOne));
        begin(child, process, script);
        if (kills.strikes(killProbability)) {
            long when = kills.between(0, killWithinNanos);
            agenda().after(when, () -> child.signalled(Signals.number("KILL")));
        }
        return process;
    }

    private static @Nullable BytePipe pipe(Spawn spawn, int descriptor) {
        return spawn.descriptors().get(descriptor) instanceof Pipe ? new BytePipe() : null;
    }

    SimulatedChild fork(SimulatedChild parent, ChildScript script) {
        SimulatedChild child = parent.forked(lastPid++);
        trace("fork", child.pid(), "by " + parent.pid());
        begin(child, null, script);
        return child;
    }

    private void begin(SimulatedChild child, @Nullable SimulatedProcess process, ChildScript script) {
        living.put(child, process);
        pace(child.pid() + ":start").within(START_LEAST_NANOS, START_MOST_NANOS, () -> child.begin(script));
    }

    // The end

    void ended(SimulatedChild child, int status) {
        SimulatedProcess process = living.remove(child);
        trace("process ended", child.pid(), status > 128 ? "by signal " + (status - 128) : "with code " + status);
        if (process != null) {
            pace(child.pid() + ":exit").within(EXIT_LEAST_NANOS, EXIT_MOST_NANOS, () -> process.ended(status));
        }
    }

    // For the children

    Map<String, String> environment() {
        return environment;
    }

    Agenda agenda() {
        return network.agenda();
    }

    Pace pace(String where) {
        return new Pace(network.agenda(), network.fate(), node.name() + ":" + where);
    }

    /// Does `work` as the host's own.
    void as(Action work) throws Exception {
        String before = network.present(node.name());
        try {
            work.run();
        } finally {
            network.present(before);
        }
    }

    private void trace(String what, long pid, String detail) {
        network.trace(node, what, pid, detail);
    }
}
