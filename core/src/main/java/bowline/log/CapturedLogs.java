package bowline.log;

import bowline.failure.Failure;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

/// Holds what is logged while it is open, for tests (LGR-16). Safe for any thread.
///
///     try (var logs = CapturedLogs.open()) {
///         server.refuse(peer);
///         assertEquals(List.of("refused 192.0.2.7"), logs.texts());
///     }
public final class CapturedLogs implements AutoCloseable {
    private final LogPublisher publisher;
    private final List<LogEvent> events = new CopyOnWriteArrayList<>();
    private final LogObserver observer = events::add;

    private CapturedLogs(LogPublisher publisher) {
        this.publisher = publisher;
        publisher.add(observer);
    }

    /// Captures what the process's publisher is sent, on whatever thread.
    public static CapturedLogs open() {
        return new CapturedLogs(LogPublisher.global());
    }

    /// Captures what `publisher` is sent.
    public static CapturedLogs of(LogPublisher publisher) {
        return new CapturedLogs(publisher);
    }

    /// The events so far, in order.
    public List<LogEvent> events() {
        return List.copyOf(events);
    }

    /// The texts of the events so far.
    public List<String> texts() {
        return events.stream().map(LogEvent::text).toList();
    }

    /// The failures of the events so far.
    public List<Failure> failures() {
        return events.stream().map(LogEvent::failure).filter(Objects::nonNull).toList();
    }

    /// Stops capturing; what was captured stays.
    @Override
    public void close() {
        publisher.remove(observer);
    }
}
