package bowline.log;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Sends each event to its observers (LGR-6). Safe for any thread.
public final class LogPublisher implements LogObserver {
    private static final LogPublisher GLOBAL = new LogPublisher();

    private final CopyOnWriteArrayList<LogObserver> observers = new CopyOnWriteArrayList<>();

    /// The process's publisher: where loggers send when nothing else is said.
    public static LogPublisher global() {
        return GLOBAL;
    }

    /// Adds an observer behind the others; one that is there already is not added again.
    public void add(LogObserver observer) {
        observers.addIfAbsent(observer);
    }

    /// Removes an observer; an unknown one is ignored.
    public void remove(LogObserver observer) {
        observers.remove(observer);
    }

    /// The observers, in order.
    public List<LogObserver> observers() {
        return List.copyOf(observers);
    }

    @Override
    public void observe(LogEvent event) {
        for (LogObserver observer : observers) {
            observer.observe(event);
        }
    }
}
