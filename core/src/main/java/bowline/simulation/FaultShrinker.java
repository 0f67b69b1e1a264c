package bowline.simulation;

import bowline.simulation.fate.Fault;
import bowline.simulation.fate.FaultFilter;
import bowline.simulation.fate.FaultKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes a failing case small: leaves out the faults without which it fails just as well, first whole kinds of them,
/// then many at a time, then one by one (the idea of delta debugging).
public final class FaultShrinker {
    /// How much may happen in all runs together: some seconds' worth, for a case that spins takes long each time.
    private static final long EVENTS_MAX = 20_000_000;

    private final SimulatedTest test;
    private final long seed;
    private int runsLeft;
    private long eventsLeft = EVENTS_MAX;
    private SeedRun best;

    private FaultShrinker(SimulatedTest test, SeedRun failed, int runsMax) {
        this.test = test;
        this.seed = failed.seed();
        this.runsLeft = runsMax;
        this.best = failed;
    }

    /// The smallest failing case found within `runsMax` runs; `failed` itself if no smaller one fails.
    ///
    /// @throws IllegalArgumentException if `failed` did not fail
    public static SeedRun shrink(SimulatedTest test, SeedRun failed, int runsMax) {
        if (!failed.failed()) {
            throw new IllegalArgumentException(failed.repeat() + " did not fail, so there is nothing to make smaller");
        }
        return new FaultShrinker(test, failed, runsMax).shrink();
    }

    private SeedRun shrink() {
        if (attempt(FaultFilter.only(List.of()))) {
            return best;
        }
        dropKinds();
        SeedRun recorded = run(best.filter());
        if (recorded != null && recorded.failed() && attempt(FaultFilter.only(recorded.struck()))) {
            dropFaults(recorded.struck());
        }
        return best;
    }

    private void dropKinds() {
        if (best.filter() != FaultFilter.ALL) {
            return; // it was chosen by hand
        }
        Set<FaultKind> kinds = EnumSet.allOf(FaultKind.class);
        for (FaultKind kind : FaultKind.values()) {
            kinds.remove(kind);
            if (!attempt(FaultFilter.kinds(kinds))) {
                kinds.add(kind);
            }
        }
    }

    private void dropFaults(List<Fault> faults) {
        List<Fault> kept = faults;
        for (int size = Math.max(1, kept.size() / 2); mayGoOn(); size = Math.max(1, size / 2)) {
            int before = kept.size();
            for (int from = 0; from < kept.size() && mayGoOn(); ) {
                var without = new ArrayList<>(kept);
                without.subList(from, Math.min(from + size, kept.size())).clear();
                if (attempt(FaultFilter.only(without))) {
                    kept = without;
                } else {
                    from += size;
                }
            }
            if (size == 1 && kept.size() == before) {
                return;
            }
        }
    }

    /// Whether it fails with that filter too, and in the same way.
    private boolean attempt(FaultFilter filter) {
        SeedRun run = run(filter);
        if (run == null || !run.failedLike(best)) {
            return false;
        }
        best = run;
        return true;
    }

    private @Nullable SeedRun run(FaultFilter filter) {
        if (!mayGoOn()) {
            return null;
        }
        SeedRun run = SeedRun.of(seed, filter, test, true);
        runsLeft--;
        eventsLeft -= run.events();
        return run;
    }

    private boolean mayGoOn() {
        return runsLeft > 0 && eventsLeft > 0;
    }
}
