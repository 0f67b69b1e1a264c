package bowline.simulation;

import bowline.defer.Deferred;
import bowline.defer.UnhandledError;
import bowline.failure.Failure;
import bowline.log.LogEvent;
import bowline.log.LogObserver;
import bowline.log.LogPublisher;
import bowline.simulation.fate.Fate;
import bowline.simulation.fate.FaultFilter;
import bowline.simulation.fate.FaultKind;
import bowline.simulation.net.Agenda;
import bowline.simulation.net.EndlessWork;
import bowline.simulation.net.Link;
import bowline.simulation.net.Network;
import bowline.simulation.net.RunLimits;
import bowline.simulation.reactor.SimulatedPlatform;
import bowline.simulation.trace.Trace;
import bowline.simulation.trace.TraceEvent;
import bowline.time.Action;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A world of hosts under a seed: programs with their reactors, the network between them and its faults. Everything
/// happens in the thread that made it, one thing at a time, in virtual time.
///
///     try (var world = Simulation.of(seed)) {
///         var server = world.host("server");
///         var client = world.host("client");
///         world.between(server, client).losses(0.01).cutAnywhere();
///         server.start(reactor -> reactor.listenTcp(7, Factory.of(Echo::new)));
///         var answer = client.start(reactor -> Ask.the(reactor, "server", 7));
///         world.runUntil(answer, Duration.ofMinutes(1));
///     }
///
/// What is logged meanwhile goes to the [#trace] alone. Errors fail the run, and so do failures that nobody handled
/// ([#check]); those that are meant to be are taken by [#flushLoggedErrors].
public final class Simulation implements AutoCloseable {
    /// Where calendars begin.
    private static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");

    /// How many events a failure tells.
    private static final int LAST_EVENTS = 40;

    private static final int TRACE_EVENTS = 10_000;

    /// How long programs have to stop in the end.
    private static final Duration STOP_TIME = Duration.ofMinutes(5);

    private final Thread thread = Thread.currentThread();
    private final Fate fate;
    private final Trace trace = new Trace(TRACE_EVENTS);
    private final Agenda agenda;
    private final Network network;
    private final Map<String, SimulatedHost> hosts = new LinkedHashMap<>();
    private final List<LogEvent> errors = new ArrayList<>();
    private final LogObserver observer = this::logged;
    private final SteadyNames names = new SteadyNames();
    private final List<LogObserver> formerObservers = LogPublisher.global().observers();
    private final InstantSource formerTimes = LogPublisher.global().times();
    private boolean closed;

    private Simulation(long seed, FaultFilter filter) {
        fate = new Fate(seed, filter);
        agenda = new Agenda(fate.draws(FaultKind.ORDER, "agenda"));
        network = new Network(fate, agenda, trace);
        UnhandledError.reportAll(); // what others have left behind is not ours
        SeededRandomness.begin(fate);
        LogPublisher.global().times(this::now);
        formerObservers.forEach(LogPublisher.global()::remove);
        LogPublisher.global().add(observer);
    }

    /// A world in which this seed decides.
    public static Simulation of(long seed) {
        return new Simulation(seed, FaultFilter.ALL);
    }

    /// A world in which of this seed's decisions only those are carried out that `filter` admits.
    public static Simulation of(long seed, FaultFilter filter) {
        return new Simulation(seed, filter);
    }

    /// The seed.
    public long seed() {
        return fate.seed();
    }

    /// What the seed decides.
    public Fate fate() {
        return fate;
    }

    /// Random numbers for the test's own use, from the seed.
    public RandomGenerator random(String purpose) {
        return new SplittableRandom(fate.seedFor(purpose));
    }

    // Hosts

    /// A new host with this name and an address of each version.
    ///
    /// @throws IllegalArgumentException if the name or an address is taken
    public SimulatedHost host(String name, InetAddress... addresses) {
        checkThread();
        var node = network.node(name, List.of(addresses));
        var host = new SimulatedHost(this, node, new SimulatedPlatform(network, node, EPOCH));
        hosts.put(name, host);
        return host;
    }

    /// All hosts, in the order they were made.
    public List<SimulatedHost> hosts() {
        return List.copyOf(hosts.values());
    }

    /// What lies between hosts for which nothing else was said.
    public Link everywhere() {
        return network.everywhere();
    }

    /// What lies between two hosts, in both directions; a fresh one for what connects from now on. For one host and
    /// itself, its loopback.
    public Link between(SimulatedHost one, SimulatedHost other) {
        return network.between(one.node(), other.node());
    }

    /// What lies on the way from one host to another, and not on the way back.
    public Link from(SimulatedHost one, SimulatedHost other) {
        return network.from(one.node(), other.node());
    }

    /// Nothing passes any more between hosts of different groups, until [#heal].
    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    public final void partition(List<SimulatedHost>... groups) {
        trace("network", "partition", List.of(groups).toString());
        network.partition(List.of(groups).stream()
                .map(group -> group.stream().map(SimulatedHost::node).toList())
                .toList());
    }

    /// Ends [#partition].
    public void heal() {
        trace("network", "healed", "");
        network.partition(List.of());
    }

    // Names

    /// Has look-ups of `name` answer these addresses from now on, in this order. They need not be anybody's: to
    /// connect to one that is not gets no answer. Without any, nobody has the name.
    ///
    ///     world.name("service", InetAddress.ofLiteral("10.9.9.9"), server.addresses().getFirst());
    public void name(String name, InetAddress... addresses) {
        checkThread();
        trace("names", name, List.of(addresses).toString());
        network.name(name, List.of(addresses));
    }

    /// Has look-ups of `name` fail from now on with a [bowline.protocol.DnsLookupError] that tells `why`, until
    /// [#name].
    public void failName(String name, String why) {
        checkThread();
        trace("names", name, "fails: " + why);
        network.failName(name, why);
    }

    // Time

    /// Virtual time since the beginning.
    public Duration elapsed() {
        return Duration.ofNanos(agenda.now());
    }

    /// The calendar time of hosts whose clocks were not stepped.
    public Instant now() {
        return EPOCH.plusNanos(agenda.now());
    }

    /// How many things have happened.
    public long events() {
        return agenda.ran();
    }

    /// Has `step` called so long from now, by nobody's reactor: a host may be cut off then, or a link may change.
    public void after(Duration delay, Action step) {
        checkThread();
        agenda.after(delay.toNanos(), () -> {
            try {
                step.run();
            } catch (Throwable thrown) {
                throw failure("a step of the test threw " + thrown, thrown);
            }
        });
    }

    /// How long it may go on without getting anywhere. What passes a limit fails the run, and does not go on for
    /// ever: a reactor that spins above all.
    ///
    ///     world.limits().eventsMax(100_000_000);
    public RunLimits limits() {
        return agenda.limits();
    }

    /// Lets so much virtual time pass.
    ///
    /// @throws SimulationFailure if one of the [#limits] is passed
    public void runFor(Duration time) {
        checkThread();
        agenda.beginRun();
        long end = agenda.now() + time.toNanos();
        while (step(end)) {
            // one thing after another
        }
        agenda.passTo(end);
    }

    private boolean step(long latest) {
        try {
            return agenda.step(latest);
        } catch (EndlessWork endless) {
            throw failure(String.valueOf(endless.getMessage()), null);
        }
    }

    /// Lets time pass until `deferred` has a result, and returns the Deferred.
    ///
    /// @throws SimulationFailure if it has none within `limit`, nothing is left to happen, or one of the
    /// [#limits] is passed
    public <T extends @Nullable Object> Deferred<T> runUntil(Deferred<T> deferred, Duration limit) {
        run(deferred::hasResult, limit, "a result");
        return deferred;
    }

    /// Lets time pass until `condition` is met.
    ///
    /// @throws SimulationFailure if it is not within `limit`, nothing is left to happen, or one of the [#limits] is
    /// passed
    public void runUntil(BooleanSupplier condition, Duration limit) {
        run(condition, limit, "what the test waits for");
    }

    private void run(BooleanSupplier condition, Duration limit, String what) {
        checkThread();
        agenda.beginRun();
        long end = agenda.now() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (!step(end)) {
                throw failure(
                        agenda.next() == Long.MAX_VALUE
                                ? "nothing is left to happen, and there is not " + what
                                : "after " + limit + " there is not " + what,
                        null);
            }
        }
    }

    // The end

    /// Takes the errors logged so far that are of one of `types`, all if none is given: they no longer fail the
    /// run.
    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    public final List<Failure> flushLoggedErrors(Class<? extends Throwable>... types) {
        var taken = new ArrayList<Failure>();
        errors.removeIf(event -> {
            Failure failure = event.failure();
            boolean wanted = failure != null && (types.length == 0 || failure.check(types) != null);
            if (wanted) {
                taken.add(failure);
            }
            return wanted;
        });
        return taken;
    }

    /// Takes the errors logged so far in whose text there is `words`: they no longer fail the run.
    ///
    /// @return how many there were
    public int dropLoggedErrors(String words) {
        int before = errors.size();
        errors.removeIf(event -> event.text().contains(words));
        return before - errors.size();
    }

    /// Asks all programs to stop, lets them, and looks at what they leave behind: errors that were logged and not
    /// taken, failures that nobody handled, timers, connections, children, descriptors.
    ///
    /// @throws SimulationFailure if there is anything
    public void check() {
        checkThread();
        hosts.values().forEach(SimulatedHost::stop);
        run(() -> hosts.values().stream().allMatch(SimulatedHost::isIdle), STOP_TIME, "an end of all programs");
        letChildrenEnd();
        UnhandledError.reportAll();
        var left = new ArrayList<String>();
        hosts.values().forEach(host -> left.addAll(host.leftBehind()));
        if (!left.isEmpty()) {
            throw failure("left behind: " + String.join(", ", left), null);
        }
        if (!errors.isEmpty()) {
            LogEvent first = errors.getFirst();
            Failure failure = first.failure();
            throw failure(
                    errors.size() + " logged errors, the first: " + textOf(first),
                    failure == null ? null : failure.value());
        }
    }

    /// Those of a program that has stopped find their pipes closed, and most end by that.
    private void letChildrenEnd() {
        long end = agenda.now() + STOP_TIME.toNanos();
        while (hosts.values().stream().anyMatch(SimulatedHost::hasChildrenOrPipes) && step(end)) {
            // one thing after another
        }
    }

    /// Ends the simulation; what still runs is gone.
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            LogPublisher.global().remove(observer);
            formerObservers.forEach(LogPublisher.global()::add);
            LogPublisher.global().times(formerTimes);
            SeededRandomness.end();
        }
    }

    private void logged(LogEvent event) {
        if (event.isError()) {
            errors.add(event);
        }
        if (Thread.currentThread() == thread || Thread.currentThread().isVirtual()) { // a coroutine's is ours as well
            trace(network.present(), "log", names.steady(textOf(event)));
        }
    }

    private static String textOf(LogEvent event) {
        Failure failure = event.failure();
        return failure == null ? event.text() : event.text() + ": " + failure.value();
    }

    // The trace

    /// What has happened so far.
    public Trace trace() {
        return trace;
    }

    void trace(String host, String what, String detail) {
        trace.add(agenda.now(), host, what, 0, detail);
    }

    /// A failure that tells the seed, the time and what happened last.
    public SimulationFailure failure(String what, @Nullable Throwable cause) {
        var message = new StringBuilder(names.steady(what))
                .append("\nseed ")
                .append(seed())
                .append(", faults ")
                .append(fate.filter())
                .append(", virtual time ")
                .append(TraceEvent.clock(agenda.now()))
                .append(", last events:");
        trace.last(LAST_EVENTS).forEach(event -> message.append("\n  ").append(event));
        return new SimulationFailure(message.toString(), cause);
    }

    void checkThread() {
        if (Thread.currentThread() != thread) {
            throw new IllegalStateException("a simulation belongs to the thread \"" + thread.getName()
                    + "\" that made it; \"" + Thread.currentThread().getName() + "\" is another");
        }
        if (closed) {
            throw new IllegalStateException("the simulation is closed");
        }
    }
}
