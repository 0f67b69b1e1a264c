package bowline.log;

import java.util.ArrayDeque;
import java.util.List;

/// Keeps the last events in memory (LGR-10). Safe for any thread.
public final class LimitedHistoryLogObserver implements LogObserver {

    /// How many events are kept when nothing else is said.
    public static final int EVENTS_MAX = 65_536;

    private final int eventsMax;
    private final ArrayDeque<LogEvent> events = new ArrayDeque<>();

    /// Keeps the last [#EVENTS_MAX] events.
    public LimitedHistoryLogObserver() {
        this(EVENTS_MAX);
    }

    /// Keeps the last `eventsMax` events.
    ///
    /// @throws IllegalArgumentException if that is negative
    public LimitedHistoryLogObserver(int eventsMax) {
        if (eventsMax < 0) {
            throw new IllegalArgumentException("a history of " + eventsMax + " events; it must be 0 or more");
        }
        this.eventsMax = eventsMax;
    }

    @Override
    public synchronized void observe(LogEvent event) {
        if (eventsMax == 0) {
            return;
        }
        if (events.size() == eventsMax) {
            events.removeFirst();
        }
        events.addLast(event);
    }

    /// The events kept, oldest first.
    public synchronized List<LogEvent> events() {
        return List.copyOf(events);
    }

    /// Shows the events kept to `observer`, oldest first.
    public void replayTo(LogObserver observer) {
        events().forEach(observer::observe);
    }
}
