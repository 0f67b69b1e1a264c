package bowline.log;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What happens to events before the program has said where they go (LOG-16, LGR-9): the last ones are
/// kept for those who come, and critical ones are told at once, for it may be too late later.
final class EarlyLog implements LogObserver {

    /// How many events are kept.
    static final int EVENTS_MAX = 200;

    private LimitedHistoryLogObserver kept = new LimitedHistoryLogObserver(EVENTS_MAX);
    private final Consumer<LogEvent> alarm;
    private volatile @Nullable List<LogObserver> successors;

    EarlyLog(Consumer<LogEvent> alarm) {
        this.alarm = alarm;
    }

    @Override
    public void observe(LogEvent event) {
        List<LogObserver> next = keep(event);
        if (next != null) {
            next.forEach(observer -> observer.observe(event)); // it was on its way here as we handed over
        } else if (event.level() == LogLevel.CRITICAL) {
            alarm.accept(event);
        }
    }

    private synchronized @Nullable List<LogObserver> keep(LogEvent event) {
        if (successors == null) {
            kept.observe(event);
        }
        return successors;
    }

    /// Ends this stage: what was kept, unless it is to be discarded, and all to come goes to `next`.
    void handOver(List<LogObserver> next, boolean discard) {
        List<LogEvent> past;
        synchronized (this) {
            successors = List.copyOf(next);
            past = discard ? List.of() : kept.events();
            kept = new LimitedHistoryLogObserver(0); // what the events hold is free to go
        }
        var publisher = new LogPublisher(next.toArray(LogObserver[]::new));
        past.forEach(publisher::observe);
    }
}
