package bowline.simulation;

import bowline.simulation.fate.FaultFilter;
import java.util.ArrayList;
import java.util.List;

/// Runs a test under many seeds, and makes the first failing case small.
///
/// By system properties, for all tests of a run:
///
///     -Dbowline.simulate.seeds=1000000            how many seeds each test has
///     -Dbowline.simulate="seed=17 faults=…"       one case, as a failure printed it
///     -Dbowline.simulate.trace=FOLDER             the trace of a failing case goes there, as text and as a picture
public final class ManySeeds {
    /// Names one case to repeat.
    public static final String CASE_PROPERTY = "bowline.simulate";

    /// Says how many seeds each test has.
    public static final String SEEDS_PROPERTY = "bowline.simulate.seeds";

    /// How many failing seeds are looked for before the rest is left.
    private static final int FAILURES_MAX = 10;

    /// How much may happen in failing seeds before the rest is left: one that spins takes long.
    private static final long FAILED_EVENTS_MAX = 5_000_000;

    private static final int SHRINK_RUNS_MAX = 400;

    private final SimulatedTest test;

    private ManySeeds(SimulatedTest test) {
        this.test = test;
    }

    /// Runs `test` under the seeds from `first` on, or as the system properties say.
    ///
    /// @throws SimulationFailure if it fails under any of them
    /// @throws IllegalArgumentException if a system property cannot be read
    public static void run(long first, long count, SimulatedTest test) {
        String wanted = System.getProperty(CASE_PROPERTY, "");
        if (wanted.isBlank()) {
            new ManySeeds(test).run(first, Long.getLong(SEEDS_PROPERTY, count));
        } else {
            new ManySeeds(test).repeat(wanted);
        }
    }

    private void repeat(String wanted) {
        long seed = 0;
        FaultFilter filter = FaultFilter.ALL;
        for (String part : wanted.strip().split("\\s+", -1)) {
            if (part.startsWith("seed=")) {
                seed = Long.parseLong(part.substring("seed=".length()));
            } else if (part.startsWith("faults=")) {
                filter = FaultFilter.parse(part.substring("faults=".length()));
            } else {
                throw new IllegalArgumentException("-D" + CASE_PROPERTY + ": \"" + part
                        + "\" is neither seed=NUMBER nor faults=LIST; copy the whole line of the failure");
            }
        }
        SeedRun run = SeedRun.of(seed, filter, test, false);
        if (run.failure() != null) {
            throw new SimulationFailure(String.valueOf(run.failure().getMessage()), run.failure());
        }
    }

    private void run(long first, long count) {
        var failed = new ArrayList<SeedRun>();
        long ran = 0;
        long failedEvents = 0;
        while (ran < count && failed.size() < FAILURES_MAX && failedEvents < FAILED_EVENTS_MAX) {
            SeedRun run = SeedRun.of(first + ran, FaultFilter.ALL, test, false);
            ran++;
            if (run.failed()) {
                failed.add(run);
                failedEvents += run.events();
            }
        }
        if (!failed.isEmpty()) {
            throw report(failed, ran, failed.getFirst().seed() - first + 1);
        }
    }

    private SimulationFailure report(List<SeedRun> failed, long ran, long needed) {
        SeedRun small = FaultShrinker.shrink(test, failed.getFirst(), SHRINK_RUNS_MAX);
        Throwable failure = small.failure();
        return new SimulationFailure(
                failed.size() + " of " + ran + " seeds failed: "
                        + failed.stream().map(SeedRun::seed).toList()
                        + ", the first after " + needed
                        + "\nto repeat the first, made small: -D" + CASE_PROPERTY + "=\"" + small.repeat() + "\"\n"
                        + (failure == null ? "" : failure.getMessage()),
                failure);
    }
}
