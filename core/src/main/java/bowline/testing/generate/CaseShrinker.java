package bowline.testing.generate;

import java.util.Arrays;
import java.util.function.Predicate;

/// Looks for fewer and lower numbers that fail in the same way.
final class CaseShrinker {
    /// Most numbers of one element of a list or text: up to there each length is tried, so that it can go as one.
    private static final int SMALL = 8;

    private final Predicate<long[]> fails;
    private int runsLeft;
    private long[] best;

    private CaseShrinker(Predicate<long[]> fails, long[] failing, int runsMax) {
        this.fails = fails;
        runsLeft = runsMax;
        best = failing;
    }

    /// The smallest found in at most `runsMax` runs; `failing` itself if none is smaller.
    static long[] shrink(long[] failing, int runsMax, Predicate<long[]> fails) {
        return new CaseShrinker(fails, failing, runsMax).shrink();
    }

    private long[] shrink() {
        boolean smaller = true;
        while (smaller && runsLeft > 0) {
            smaller = leaveOut();
            smaller |= lower();
        }
        return best;
    }

    private boolean leaveOut() {
        boolean smaller = false;
        for (int length = best.length; length > 0; length = length > SMALL ? length / 2 : length - 1) {
            int at = 0;
            while (at + length <= best.length && runsLeft > 0) {
                if (attempt(without(at, length))) {
                    smaller = true;
                } else {
                    at += Math.max(1, length / 4);
                }
            }
        }
        return smaller;
    }

    private long[] without(int at, int length) {
        long[] left = Arrays.copyOf(best, best.length - length);
        System.arraycopy(best, at + length, left, at, left.length - at);
        return left;
    }

    private boolean lower() {
        boolean smaller = false;
        for (int at = 0; at < best.length && runsLeft > 0; at++) {
            smaller |= lower(at);
        }
        return smaller;
    }

    /// To zero, else by halves as far as it goes.
    private boolean lower(int at) {
        long before = best[at];
        if (before == 0) {
            return false;
        }
        if (attempt(with(at, 0))) {
            return true;
        }
        for (long step = before; at < best.length && step > 0; step /= 2) {
            while (at < best.length && best[at] > step && attempt(with(at, best[at] - step))) {
                // as long as it goes
            }
        }
        return at >= best.length || best[at] != before;
    }

    private long[] with(int at, long number) {
        long[] changed = best.clone();
        changed[at] = number;
        return changed;
    }

    private boolean attempt(long[] candidate) {
        if (runsLeft <= 0) {
            return false;
        }
        runsLeft--;
        if (!fails.test(candidate)) {
            return false;
        }
        best = candidate;
        return true;
    }
}
