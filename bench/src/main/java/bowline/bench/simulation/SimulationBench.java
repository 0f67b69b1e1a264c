package bowline.bench.simulation;

import bowline.simulation.Simulation;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// How fast a simulation is, by the processor time of its one thread: things that happen a second, and virtual hours
/// to a real one.
///
///     java -cp … bowline.bench.simulation.SimulationBench [ROUNDS]
///
/// Each round is a whole simulation with a seed of its own. The first ones warm up and do not count; what is printed
/// is the middle of the others, and the least and most of them.
public final class SimulationBench {
    private static final int ROUNDS = 9;
    private static final int WARM_UP = 4;
    private static final int CONNECTIONS = 64;
    private static final int IDLE_CONNECTIONS = 1_000;
    private static final Duration HOUR = Duration.ofHours(1);

    private SimulationBench() {}

    /// What one round came to.
    ///
    /// @param seconds of processor time
    private record Round(long events, Duration virtual, double seconds) {
        double eventsPerSecond() {
            return events / seconds;
        }

        double hoursPerHour() {
            return virtual.toNanos() / 1e9 / seconds;
        }
    }

    /// A simulation that is built and runs to its end.
    @FunctionalInterface
    private interface Scene {
        void play(Simulation world);
    }

    /// Measures one scene after the other.
    ///
    /// @param args how many rounds (9)
    public static void main(String... args) {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : ROUNDS;
        print(
                "echo, " + CONNECTIONS + " connections, good network: events/s",
                rounds,
                Round::eventsPerSecond,
                world -> EchoScene.play(world, CONNECTIONS));
        print(
                "echo, " + CONNECTIONS + " connections, cut and lost: events/s",
                rounds,
                Round::eventsPerSecond,
                world -> {
                    world.everywhere().cutAnywhere().losses(0.01);
                    EchoScene.play(world, CONNECTIONS);
                });
        print(
                "idle hour of " + IDLE_CONNECTIONS + " connections, a timer each 30 s: virtual/real",
                rounds,
                Round::hoursPerHour,
                world -> IdleScene.play(world, IDLE_CONNECTIONS, HOUR, false));
        print(
                "idle hour of " + IDLE_CONNECTIONS + " connections, a ping each 30 s: virtual/real",
                rounds,
                Round::hoursPerHour,
                world -> IdleScene.play(world, IDLE_CONNECTIONS, HOUR, true));
    }

    private static void print(String what, int rounds, ToDoubleFunction<Round> figure, Scene scene) {
        for (int i = 0; i < WARM_UP; i++) {
            measured(i, scene);
        }
        var all = new Round[rounds];
        for (int i = 0; i < rounds; i++) {
            all[i] = measured(WARM_UP + i, scene);
        }
        double[] figures = Arrays.stream(all).mapToDouble(figure).sorted().toArray();
        Round last = all[rounds - 1];
        IO.println(String.format(
                Locale.ROOT,
                "%-78s %,12.0f  (%,.0f to %,.0f; %,d events, %.2f s a round)",
                what,
                figures[rounds / 2],
                figures[0],
                figures[rounds - 1],
                last.events,
                last.seconds));
    }

    private static Round measured(long seed, Scene scene) {
        long before = processorNanos();
        try (var world = Simulation.of(seed)) {
            scene.play(world);
            world.check();
            return new Round(world.events(), world.elapsed(), (processorNanos() - before) / 1e9);
        }
    }

    private static long processorNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
