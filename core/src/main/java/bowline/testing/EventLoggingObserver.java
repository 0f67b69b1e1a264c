package bowline.testing;

import bowline.log.LogEvent;
import bowline.log.LogObserver;
import bowline.log.LogPublisher;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Keeps the events that are logged while it is open (TST-4). Safe for any thread.
///
///     try (var log = EventLoggingObserver.on(LogPublisher.global())) {
///         … assertEquals(List.of("Starting factory …"), log.texts());
///     }
public final class EventLoggingObserver implements LogObserver, AutoCloseable {
    private final LogPublisher publisher;
    private final List<LogEvent> events = new CopyOnWriteArrayList<>();

    private EventLoggingObserver(LogPublisher publisher) {
        this.publisher = publisher;
    }

    /// Watches `publisher` until closed.
    public static EventLoggingObserver on(LogPublisher publisher) {
        var observer = new EventLoggingObserver(publisher);
        publisher.add(observer);
        return observer;
    }

    @Override
    public void observe(LogEvent event) {
        events.add(event);
    }

    /// The events so far, in order.
    public List<LogEvent> events() {
        return List.copyOf(events);
    }

    /// The texts of the events so far, in order.
    public List<String> texts() {
        return events.stream().map(LogEvent::text).toList();
    }

    @Override
    public void close() {
        publisher.remove(this);
    }
}
