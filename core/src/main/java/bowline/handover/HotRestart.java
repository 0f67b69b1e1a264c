package bowline.handover;

import bowline.defer.Deferred;
import bowline.defer.DeferredList;
import bowline.defer.Outcome;
import bowline.failure.Failure;
import bowline.process.CannotSpawnError;
import bowline.process.ChildDescriptor;
import bowline.process.ChildDescriptor.Inherited;
import bowline.process.ChildDescriptor.Pipe;
import bowline.process.Processes;
import bowline.process.Spawn;
import bowline.reactor.OpenPort;
import bowline.reactor.PortHandover;
import bowline.reactor.Reactor;
import bowline.reactor.Reactor.Phase;
import bowline.reactor.ReactorGroup;
import bowline.systemd.ListenFds;
import bowline.systemd.Succession;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Starts a successor of this process, the same program anew, and hands it all ports.
///
///     new HotRestart(group, command)
///             .begin()
///             .onSuccess(pid -> group.stop())          // it serves; we finish what is under way
///             .addErrback(log::failure);               // we serve on
///
/// The successor has our environment, directory and standard streams, and the sockets that we were started with. It
/// says that it is ready by [Predecessor#ready].
public final class HotRestart {
    /// How long a successor may take to get ready, unless said otherwise.
    public static final Duration PATIENCE = Duration.ofSeconds(60);

    /// Most ports that are handed over; there are descriptors beside them that every process has.
    public static final int PORTS_MAX = 200;

    private final ReactorGroup group;
    private final List<String> command;
    private final Duration patience;

    /// Copies by the numbers that the program knows: it may close those, as `fd:3` does.
    private final Map<Integer, Integer> startedWith = new TreeMap<>();

    /// To be made before the program opens sockets of its own, for those that are open then are what it was started
    /// with. They stay open until the group shuts down.
    ///
    /// @param group the reactors that listen
    /// @param command what to start, and its words
    public HotRestart(ReactorGroup group, List<String> command) {
        this(group, command, PATIENCE);
    }

    /// @param patience how long the successor may take to get ready
    public HotRestart(ReactorGroup group, List<String> command, Duration patience) {
        this.group = group;
        this.command = List.copyOf(command);
        this.patience = patience;
        if (group.first() instanceof PortHandover able) {
            startedWith.putAll(able.startedWith());
            group.first().addSystemEventTrigger(Phase.BEFORE, "shutdown", () -> letGo(able));
        }
    }

    /// From here on nobody shall wait at a socket that we close.
    private void letGo(PortHandover handover) {
        startedWith.values().forEach(handover::release);
        startedWith.clear();
    }

    /// Starts the successor, on the thread of the group's first reactor. The Deferred fires with the
    /// successor's process number when it serves: from then on what closes here stays open there, and we should
    /// end. It fails with [HandoverFailed] if there is no successor after all, or
    /// [UnsupportedOperationException] if the reactors cannot do this.
    public Deferred<Long> begin() {
        return Deferred.maybeDeferred(() -> {
                    PortHandover.of(group.first());
                    return openPorts();
                })
                .addCallbackDeferring(this::start);
    }

    private Deferred<List<OpenPort>> openPorts() {
        List<Deferred<List<OpenPort>>> asked = group.reactors().stream()
                .map(reactor -> group.callOn(reactor, () -> Deferred.succeed(portsOf(reactor))))
                .toList();
        return DeferredList.of(asked, DeferredList.Flag.CONSUME_ERRORS).addCallback(this::allOrNone);
    }

    /// Where one reactor cannot copy its ports, the copies of the others are let go.
    private List<OpenPort> allOrNone(List<Outcome<List<OpenPort>>> outcomes) {
        List<OpenPort> ports = new ArrayList<>();
        List<Failure> failures = new ArrayList<>();
        for (Outcome<List<OpenPort>> outcome : outcomes) {
            switch (outcome) {
                case Outcome.Success<List<OpenPort>>(var its) -> ports.addAll(its);
                case Outcome.Failed<List<OpenPort>>(var failure) -> failures.add(failure);
            }
        }
        if (failures.isEmpty()) {
            return ports;
        }
        release(ports);
        throw new HandoverFailed(
                "the ports cannot be copied: " + failures.getFirst().message());
    }

    private void release(List<OpenPort> ports) {
        PortHandover handover = PortHandover.of(group.first());
        ports.forEach(port -> handover.release(port.descriptor()));
    }

    private static List<OpenPort> portsOf(Reactor reactor) throws IOException {
        return PortHandover.of(reactor).openPorts();
    }

    private Deferred<Long> start(List<OpenPort> ports) throws Exception {
        try {
            if (ports.size() > PORTS_MAX) {
                throw new HandoverFailed(
                        "there are " + ports.size() + " ports to hand over, and at most " + PORTS_MAX + " can be");
            }
            return spawn(ports).addCallbackDeferring(this::handedOver);
        } finally {
            release(ports);
        }
    }

    /// Numbers that were said to us mean the same to the successor; others are counted on behind them.
    private Deferred<Long> spawn(List<OpenPort> ports) throws Exception {
        Map<Integer, ChildDescriptor> descriptors = new LinkedHashMap<>();
        for (int standard = 0; standard <= 2; standard++) {
            descriptors.put(standard, new Inherited(standard));
        }
        startedWith.forEach((number, copy) -> descriptors.put(number, new Inherited(copy)));
        int free = 3;
        for (int number : startedWith.keySet()) {
            free = Math.max(free, number + 1);
        }
        int answer = free++;
        descriptors.put(answer, Pipe.READ);
        List<OpenPort> theirs = new ArrayList<>();
        for (OpenPort port : ports) {
            theirs.add(new OpenPort(port.name(), free));
            descriptors.put(free++, new Inherited(port.descriptor()));
        }
        var successor = new Successor(group.first(), answer);
        Spawn spawn = spawn().descriptors(descriptors).environment(environment(answer, theirs));
        try {
            // It may use all processors that we may, and binds its reactors itself.
            var _ = group.unbound(() -> Processes.spawn(group.first(), successor, spawn));
        } catch (CannotSpawnError refused) {
            throw new HandoverFailed(
                    "it cannot be started: " + Failure.of(refused).message());
        }
        return successor.ready(patience);
    }

    private Spawn spawn() {
        return Spawn.command(
                command.getFirst(), command.subList(1, command.size()).toArray(String[]::new));
    }

    private static Map<String, String> environment(int answer, List<OpenPort> ports) {
        long own = ProcessHandle.current().pid();
        Map<String, String> variables = Succession.environment(System.getenv(), own, ListenFds.ofProcess());
        variables.put(Predecessor.VARIABLE, Predecessor.variable(own, answer, ports));
        return variables;
    }

    private Deferred<Long> handedOver(long pid) {
        return DeferredList.gather(group.reactors().stream()
                        .map(reactor -> group.callOn(reactor, () -> Deferred.succeed(handedOver(reactor, pid))))
                        .toList())
                .addCallback(_ -> pid);
    }

    private static long handedOver(Reactor reactor, long pid) {
        PortHandover.of(reactor).handedOver(pid);
        return pid;
    }
}
