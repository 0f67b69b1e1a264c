package bowline.simulation.fate;

/// One stream of decisions. For one thread.
public final class Draws {
    /// The odd number next to 2^64 divided by the golden ratio: steps that visit every number.
    private static final long STEP = 0x9e3779b97f4a7c15L;

    private final Fate fate;
    private final FaultKind kind;
    private final String where;
    private final long base;
    private long number;

    Draws(Fate fate, FaultKind kind, String where, long base) {
        this.fate = fate;
        this.kind = kind;
        this.where = where;
        this.base = base;
    }

    /// Whether it happens this time, which it does with that probability.
    public boolean strikes(double probability) {
        if (probability <= 0) {
            return false;
        }
        long n = number++;
        return unit(bits(n)) < probability && carriedOut(n);
    }

    /// A number from `least` to `most`, both included; `least` when the decision is taken back.
    public long between(long least, long most) {
        if (least >= most) {
            return least;
        }
        long n = number++;
        long drawn = least + Math.floorMod(bits(n), most - least + 1);
        return drawn != least && carriedOut(n) ? drawn : least;
    }

    /// The same from the other end: `most` when the decision is taken back.
    public long betweenBackwards(long least, long most) {
        return most - between(0, most - least);
    }

    private boolean carriedOut(long n) {
        if (!fate.admits(kind, where, n)) {
            return false;
        }
        fate.struck(kind, where, n);
        return true;
    }

    private long bits(long n) {
        return Fate.mix(base + n * STEP);
    }

    private static double unit(long bits) {
        return (bits >>> 11) * 0x1.0p-53;
    }
}
