package bowline.log;

import bowline.failure.Failure;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Sends each event to its observers, in order, on the thread that logged it (LGR-6). Safe for any thread.
///
/// An observer that throws stays, but the others are told: a critical event `Temporarily disabling
/// observer …` goes to them once all have seen the first one. When there are no others, standard
/// error is told.
public final class LogPublisher implements LogObserver {
    private volatile LogObserver[] observers;
    private volatile InstantSource times = InstantSource.system();

    /// A publisher with these observers.
    public LogPublisher(LogObserver... observers) {
        this.observers = new LinkedHashSet<>(List.of(observers)).toArray(LogObserver[]::new);
    }

    /// The process's publisher: where loggers send when nothing else is said.
    public static LogPublisher global() {
        return LogBeginner.global().publisher();
    }

    /// Adds an observer behind the others; one that is there already is not added again.
    public void add(LogObserver observer) {
        exchange(List.of(), List.of(observer));
    }

    /// Removes an observer; an unknown one is ignored.
    public void remove(LogObserver observer) {
        exchange(List.of(observer), List.of());
    }

    /// Removes some observers and adds others in one step, so that no event falls between.
    synchronized void exchange(List<LogObserver> leaving, List<LogObserver> coming) {
        var next = new LinkedHashSet<>(Arrays.asList(observers));
        leaving.forEach(next::remove);
        coming.forEach(observer -> next.add(Objects.requireNonNull(observer, "observer")));
        observers = next.toArray(LogObserver[]::new);
    }

    /// The observers, in order.
    public List<LogObserver> observers() {
        return List.of(observers);
    }

    /// Where the events of this publisher's loggers take their time from; the system's clock at first.
    public InstantSource times() {
        return times;
    }

    /// Takes the time from elsewhere: in a simulation, from the played clock.
    public void times(InstantSource source) {
        times = Objects.requireNonNull(source);
    }

    /// Whether any observer wants events of `level`.
    @Override
    public boolean wants(LogLevel level) {
        for (LogObserver observer : observers) {
            if (observer.wants(level)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void observe(LogEvent event) {
        publish(event, observers);
    }

    private void publish(LogEvent event, LogObserver[] to) {
        List<Broken> broken = null;
        for (LogObserver observer : to) {
            trace(event, observer);
            try {
                observer.observe(event);
            } catch (Throwable thrown) { // also what a program's own observer should not throw: the others must see it
                broken = broken == null ? new ArrayList<>() : broken;
                broken.add(new Broken(observer, Failure.of(thrown)));
            }
        }
        if (broken != null) {
            broken.forEach(one -> report(one, to));
        }
    }

    /// An observer, and what it threw.
    private record Broken(LogObserver observer, Failure failure) {}

    /// Tells all but the broken one. Each such report has one listener less, so this comes to an end.
    private void report(Broken broken, LogObserver[] to) {
        LogEvent event = new LogEvent(
                times.instant(),
                LogLevel.CRITICAL,
                LogPublisher.class.getName(),
                this,
                "Temporarily disabling observer {observer}: it failed",
                Map.<String, @Nullable Object>of("observer", broken.observer),
                LogContext.ofEvent(broken.failure),
                broken.failure);
        LogObserver[] others =
                Arrays.stream(to).filter(one -> one != broken.observer).toArray(LogObserver[]::new);
        if (others.length == 0) {
            LogBeginner.global().standardError(event);
        } else {
            publish(event, others);
        }
    }

    /// Notes the step in the list that the event carries for it, if it does (LGR-16).
    private void trace(LogEvent event, LogObserver observer) {
        if (event.values().get("log_trace") instanceof LogTrace trace) {
            trace.add(this, observer);
        }
    }
}
