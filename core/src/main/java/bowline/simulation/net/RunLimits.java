package bowline.simulation.net;

/// How long a simulated world may go on without getting anywhere, before its run fails with [EndlessWork] instead of
/// going on for ever. For the simulation's thread.
public final class RunLimits {
    private long busyTurnsMax = 100_000;
    private long eventsAtOnceMax = 100_000;
    private long eventsMax = 10_000_000;

    /// The usual limits.
    public RunLimits() {}

    /// So many turns may a reactor have in a row without a rest between two of them; 100 000 at first, which is
    /// about a second of virtual time. One that has more spins: something is ready that nobody takes, or calls
    /// itself again and again.
    ///
    /// @throws IllegalArgumentException unless it is at least 1
    public RunLimits busyTurnsMax(long turns) {
        busyTurnsMax = atLeastOne(turns, "busyTurnsMax");
        return this;
    }

    /// So many things may happen while the virtual clock stands still; 100 000 at first.
    ///
    /// @throws IllegalArgumentException unless it is at least 1
    public RunLimits eventsAtOnceMax(long events) {
        eventsAtOnceMax = atLeastOne(events, "eventsAtOnceMax");
        return this;
    }

    /// So many things may happen in one `run…` call, and in the end of the world; 10 000 000 at first.
    ///
    /// @throws IllegalArgumentException unless it is at least 1
    public RunLimits eventsMax(long events) {
        eventsMax = atLeastOne(events, "eventsMax");
        return this;
    }

    /// See [#busyTurnsMax(long)].
    public long busyTurnsMax() {
        return busyTurnsMax;
    }

    /// See [#eventsAtOnceMax(long)].
    public long eventsAtOnceMax() {
        return eventsAtOnceMax;
    }

    /// See [#eventsMax(long)].
    public long eventsMax() {
        return eventsMax;
    }

    private static long atLeastOne(long value, String what) {
        if (value < 1) {
            throw new IllegalArgumentException("a " + what + " of " + value + "; at least 1 is wanted");
        }
        return value;
    }
}
