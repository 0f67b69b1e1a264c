package bowline.log;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// The way of an event through publishers and observers (LGR-16): log with one under the key
/// `log_trace`, and see afterwards who has been shown the event.
///
///     var trace = new LogTrace();
///     log.with("log_trace", trace).info("where does this go?");
///     trace.steps().forEach(IO::println);
///
/// Safe for any thread.
public final class LogTrace {
    private final List<Step> steps = new CopyOnWriteArrayList<>();

    /// A trace with no steps yet.
    public LogTrace() {}

    /// An event went from a publisher to an observer.
    public record Step(LogPublisher publisher, LogObserver observer) {}

    /// The steps so far, in order.
    public List<Step> steps() {
        return List.copyOf(steps);
    }

    void add(LogPublisher publisher, LogObserver observer) {
        steps.add(new Step(publisher, observer));
    }
}
