package bowline.reactor.loop;

/// How long the callback that runs has lasted, found out by looking at the loop from time to time, so that the loop has
/// nothing to do for it.
///
/// A callback is known by a number that changes when it ends. It is seen first up to one look after it began, so
/// what is said here is never too long. Looks that come late, for the whole process stood still, count as if they
/// were in time: such a pause is nobody's stall.
final class StallClock {
    private final long stepNanos;
    private final long budgetNanos;
    private long looked;
    private long callback = -1;
    private long lasted;
    private long tellAt;
    private boolean told;
    private long ended;

    /// @param stepNanos the time between two looks
    StallClock(long budgetNanos, long stepNanos) {
        this.budgetNanos = budgetNanos;
        this.stepNanos = stepNanos;
    }

    /// What a look has shown.
    enum Finding {
        /// Nothing to tell.
        FINE,
        /// The present callback has lasted longer than its budget.
        STALLED,
        /// The same callback has lasted twice as long as when it was told last.
        STILL_STALLED,
        /// One that was told of has ended.
        ENDED
    }

    /// Looks.
    ///
    /// @param now nanoseconds
    /// @param present the number of the callback that runs; -1 if none does
    Finding look(long now, long present) {
        long step = Math.clamp(now - looked, 0, 2 * stepNanos);
        looked = now;
        if (present == -1 || present != callback) {
            return begin(present);
        }
        lasted += step;
        if (lasted < tellAt) {
            return Finding.FINE;
        }
        while (tellAt <= lasted) {
            tellAt *= 2;
        }
        boolean first = !told;
        told = true;
        return first ? Finding.STALLED : Finding.STILL_STALLED;
    }

    private Finding begin(long present) {
        boolean wasTold = told;
        ended = lasted;
        callback = present;
        lasted = 0;
        tellAt = budgetNanos;
        told = false;
        return wasTold ? Finding.ENDED : Finding.FINE;
    }

    /// How long the present callback has lasted, at least.
    long lastedNanos() {
        return lasted;
    }

    /// How long the callback that has ended had lasted, at least.
    long endedNanos() {
        return ended;
    }
}
