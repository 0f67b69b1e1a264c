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
    private long now;
    private long filed;
    private long ran;

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
    public boolean step(long latest) {
        if (next() > latest) {
            return false;
        }
        Entry first = entries.remove();
        now = first.nanos;
        ran++;
        Runnable step = first.step;
        first.step = null;
        if (step != null) {
            step.run();
        }
        return true;
    }

    /// Lets time pass to `nanos`, when nothing happens before.
    public void passTo(long nanos) {
        if (next() < nanos) {
            throw new IllegalStateException("time cannot pass over what is to happen at " + next() + " ns");
        }
        now = Math.max(now, nanos);
    }

    private void dropCancelled() {
        for (Entry first = entries.peek(); first != null && first.step == null; first = entries.peek()) {
            entries.remove();
        }
    }
}
