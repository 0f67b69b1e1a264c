package bowline.simulation.net;

import bowline.simulation.fate.Draws;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// What is to happen, in the order of virtual time; what is to happen at the same time, in an order that the
/// seed decides. For one thread.
public final class Agenda {
    private static final int ORDERS = 1 << 20;

    private final PriorityQueue<Entry> entries = new PriorityQueue<>();
    private final Draws order;
    private final RunLimits limits = new RunLimits();
    private long now;
    private long filed;
    private long ran;
    private long ranBeforeRun;
    private long ranBeforeNow;
    private @Nullable EndlessWork endless;

    /// @param order decides between things that are to happen at the same time
    public Agenda(Draws order) {
        this.order = order;
    }

    /// One thing that is to happen, unless it is cancelled.
    public static final class Entry implements Comparable<Entry> {
        private final long nanos;
        private final long order;
        private final long serial;
        private @Nullable Runnable step;

        private Entry(long nanos, long order, long serial, Runnable step) {
            this.nanos = nanos;
            this.order = order;
            this.serial = serial;
            this.step = step;
        }

        /// When it is to happen, in nanoseconds since the beginning.
        public long nanos() {
            return nanos;
        }

        /// Takes it off the agenda; after it has happened, nothing.
        public void cancel() {
            step = null;
        }

        @Override
        public int compareTo(Entry other) {
            int byTime = Long.compare(nanos, other.nanos);
            if (byTime != 0) {
                return byTime;
            }
            int byOrder = Long.compare(order, other.order);
            return byOrder != 0 ? byOrder : Long.compare(serial, other.serial);
        }
    }

    /// Virtual nanoseconds since the beginning.
    public long now() {
        return now;
    }

    /// How many things have happened.
    public long ran() {
        return ran;
    }

    /// How long it may go on without getting anywhere.
    public RunLimits limits() {
        return limits;
    }

    /// A new run begins: [RunLimits#eventsMax] counts from here.
    public void beginRun() {
        ranBeforeRun = ran;
    }

    /// Ends all runs: from now on, every step throws this.
    public EndlessWork end(EndlessWork why) {
        endless = why;
        return why;
    }

    /// Files `step` for that time, or for now if it has passed.
    public Entry at(long nanos, Runnable step) {
        var entry = new Entry(Math.max(nanos, now), order.between(0, ORDERS), filed++, step);
        entries.add(entry);
        return entry;
    }

    /// Files `step` for so long from now.
    public Entry after(long nanos, Runnable step) {
        return at(now + nanos, step);
    }

    /// When the next thing happens, or `Long.MAX_VALUE` if nothing does.
    public long next() {
        dropCancelled();
        Entry first = entries.peek();
        return first == null ? Long.MAX_VALUE : first.nanos;
    }

    /// Lets the next thing happen, if it is due by `latest`.
    ///
    /// @return whether there was one
    /// @throws EndlessWork if one of the [#limits] is passed
    public boolean step(long latest) {
        if (next() > latest) {
            return false;
        }
        Entry first = entries.remove();
        if (first.nanos > now) {
            now = first.nanos;
            ranBeforeNow = ran;
        }
        ran++;
        checkLimits();
        Runnable step = first.step;
        first.step = null;
        if (step != null) {
            step.run();
        }
        return true;
    }

    private void checkLimits() {
        if (endless != null) {
            throw endless;
        }
        if (ran - ranBeforeNow > limits.eventsAtOnceMax()) {
            throw end(new EndlessWork("the clock stands still: more than eventsAtOnceMax " + limits.eventsAtOnceMax()
                    + " things have happened at this one moment; let what calls itself again do so a little later"));
        }
        if (ran - ranBeforeRun > limits.eventsMax()) {
            throw end(new EndlessWork("no end in sight: more than eventsMax " + limits.eventsMax()
                    + " things have happened in this one run; if it is meant to be so long, set a higher limit"));
        }
    }

    /// Lets time pass to `nanos`, when nothing happens before.
    public void passTo(long nanos) {
        if (next() < nanos) {
            throw new IllegalStateException("time cannot pass over what is to happen at " + next() + " ns");
        }
        if (nanos > now) {
            now = nanos;
            ranBeforeNow = ran;
        }
    }

    private void dropCancelled() {
        for (Entry first = entries.peek(); first != null && first.step == null; first = entries.peek()) {
            entries.remove();
        }
    }
}
