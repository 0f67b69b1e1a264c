package bowline.simulation.trace;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What has happened so far: the last events, and a sum over all of them. For one thread.
public final class Trace {
    private final Deque<TraceEvent> last = new ArrayDeque<>();
    private int keepMax;
    private long count;
    private long sum = 0xcbf29ce484222325L;

    /// @param keepMax how many events are kept; the oldest are dropped
    public Trace(int keepMax) {
        keepMax(keepMax);
    }

    /// Sets how many events are kept.
    public void keepMax(int events) {
        if (events < 1) {
            throw new IllegalArgumentException("a trace of " + events + " events; keep at least one");
        }
        keepMax = events;
    }

    /// Notes that something happened at one place.
    public void add(long nanos, String host, String what, long number, String detail) {
        add(nanos, host, null, what, number, detail, nanos, TraceEvent.NEVER);
    }

    /// Notes that something happened; see [TraceEvent].
    public void add(
            long nanos,
            String host,
            @Nullable String peer,
            String what,
            long number,
            String detail,
            long leaves,
            long arrives) {
        count++;
        sum = mixed(sum, nanos);
        sum = mixed(sum, number);
        sum = mixed(sum, host.hashCode());
        sum = mixed(sum, what.hashCode());
        sum = mixed(sum, detail.hashCode());
        if (last.size() >= keepMax) {
            last.removeFirst();
        }
        last.addLast(new TraceEvent(nanos, host, peer, what, number, detail, leaves, arrives));
    }

    private static long mixed(long sum, long value) {
        long z = (sum ^ value) * 0x9e3779b97f4a7c15L;
        return z ^ (z >>> 29);
    }

    /// How many events there were.
    public long count() {
        return count;
    }

    /// A sum over every event there was: two runs with the same sum did the same.
    public long sum() {
        return sum;
    }

    /// The events that are kept, oldest first.
    public List<TraceEvent> events() {
        return List.copyOf(last);
    }

    /// The last `max` events, oldest first.
    public List<TraceEvent> last(int max) {
        var all = new ArrayList<>(last);
        return List.copyOf(all.subList(Math.max(0, all.size() - max), all.size()));
    }

    /// The events that are kept, one on each line.
    public String text() {
        var text = new StringBuilder();
        if (count > last.size()) {
            text.append("… ").append(count - last.size()).append(" earlier events\n");
        }
        for (TraceEvent event : last) {
            text.append(event).append('\n');
        }
        return text.toString();
    }
}
