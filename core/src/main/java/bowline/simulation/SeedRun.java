package bowline.simulation;

import bowline.simulation.fate.Fault;
import bowline.simulation.fate.FaultFilter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One run of a test: the seed, what of it was carried out, and how it ended.
///
/// @param failure what went wrong; null if nothing did
/// @param struck the decisions that made a difference, in order, if they were recorded
/// @param sum of the trace
/// @param events how many things happened
public record SeedRun(
        long seed, FaultFilter filter, @Nullable Throwable failure, List<Fault> struck, long sum, long events) {

    /// How much of a message tells one kind of failure from another.
    private static final int KIND_CHARS = 20;

    /// Runs `test` once.
    ///
    /// @param record whether to remember which decisions made a difference
    public static SeedRun of(long seed, FaultFilter filter, SimulatedTest test, boolean record) {
        try (var world = Simulation.of(seed, filter)) {
            if (record) {
                world.fate().record();
            }
            Throwable failure = failure(world, test);
            TraceFiles.write(world, failure);
            return new SeedRun(
                    seed, filter, failure, world.fate().struck(), world.trace().sum(), world.events());
        }
    }

    private static @Nullable Throwable failure(Simulation world, SimulatedTest test) {
        try {
            test.run(world);
            world.check();
            return null;
        } catch (VirtualMachineError fatal) {
            throw fatal;
        } catch (SimulationFailure told) {
            return told;
        } catch (Throwable thrown) {
            return world.failure(thrown.toString(), thrown);
        }
    }

    /// Whether it went wrong.
    public boolean failed() {
        return failure != null;
    }

    /// Whether it went wrong in the same way as another run, as far as that can be told.
    boolean failedLike(SeedRun other) {
        return failed() && kind(failure).equals(kind(other.failure));
    }

    private static String kind(@Nullable Throwable failure) {
        if (failure == null) {
            return "";
        }
        Throwable cause = failure.getCause();
        String text = String.valueOf(failure.getMessage());
        return cause == null
                ? text.substring(0, Math.min(KIND_CHARS, text.length()))
                : cause.getClass().getName();
    }

    /// What repeats it: the value of `-Dbowline.simulate`.
    public String repeat() {
        return "seed=" + seed + (filter == FaultFilter.ALL ? "" : " faults=" + filter);
    }
}
