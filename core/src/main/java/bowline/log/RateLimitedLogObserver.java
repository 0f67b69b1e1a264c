package bowline.log;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Passes on so many events of one kind in each period, and afterwards says how many more there were
/// (LGR-17). A kind is a namespace with a format; all that [Log] sends is one kind. Time is that of the
/// events. Safe for any thread.
public final class RateLimitedLogObserver implements LogObserver {

    /// How many kinds are counted at once; the one unseen for longest makes way.
    static final int KINDS_MAX = 1_000;

    private final LogObserver next;
    private final int eventsMax;
    private final Duration period;
    private final LinkedHashMap<Kind, Count> counts = new LinkedHashMap<>(16, 0.75f, true);

    private record Kind(String namespace, @Nullable String format) {}

    /// One kind's events in the present period.
    private static final class Count {
        private final Instant since;
        private long events;

        Count(Instant since) {
            this.since = since;
        }
    }

    /// Passes on to `next` no more than `eventsMax` events of a kind in any `period`.
    ///
    /// @throws IllegalArgumentException if either is not positive
    public RateLimitedLogObserver(LogObserver next, int eventsMax, Duration period) {
        if (eventsMax < 1 || !period.isPositive()) {
            throw new IllegalArgumentException(eventsMax + " events in " + period + "; both must be positive");
        }
        this.next = next;
        this.eventsMax = eventsMax;
        this.period = period;
    }

    @Override
    public boolean wants(LogLevel level) {
        return next.wants(level);
    }

    @Override
    public void observe(LogEvent event) {
        Verdict verdict = judge(event);
        if (verdict.summary != null) {
            next.observe(verdict.summary);
        }
        if (verdict.passes) {
            next.observe(event);
        }
    }

    /// Says of every kind how many events were held back so far, and begins counting anew.
    public void flush() {
        for (LogEvent summary : drain()) {
            next.observe(summary);
        }
    }

    /// Whether an event passes, and what is to be said of earlier ones first.
    private record Verdict(boolean passes, @Nullable LogEvent summary) {}

    private synchronized Verdict judge(LogEvent event) {
        var kind = new Kind(event.namespace(), event.format());
        LogEvent summary = null;
        Count count = counts.get(kind);
        if (count == null || !event.time().isBefore(count.since.plus(period))) {
            summary = count == null ? makeWay(event.time()) : summary(kind, count, event.time());
            count = new Count(event.time());
            counts.put(kind, count);
        }
        return new Verdict(++count.events <= eventsMax, summary);
    }

    private @Nullable LogEvent makeWay(Instant now) {
        Map.Entry<Kind, Count> eldest = counts.size() < KINDS_MAX ? null : counts.pollFirstEntry();
        return eldest == null ? null : summary(eldest.getKey(), eldest.getValue(), now);
    }

    private synchronized List<LogEvent> drain() {
        var summaries = new ArrayList<LogEvent>();
        counts.forEach((kind, count) -> {
            LogEvent summary = summary(kind, count, count.since.plus(period));
            if (summary != null) {
                summaries.add(summary);
            }
        });
        counts.clear();
        return summaries;
    }

    private @Nullable LogEvent summary(Kind kind, Count count, Instant now) {
        long held = count.events - eventsMax;
        if (held <= 0) {
            return null;
        }
        return new LogEvent(
                now,
                LogLevel.WARN,
                kind.namespace,
                this,
                "{held} more events like this within {period} were left out: {kind}",
                Map.<String, @Nullable Object>of(
                        "held", held, "period", period, "kind", kind.format == null ? "messages" : kind.format),
                LogContext.empty(),
                null);
    }
}
