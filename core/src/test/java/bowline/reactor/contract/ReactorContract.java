package bowline.reactor.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import bowline.failure.Failure;
import bowline.log.LogEvent;
import bowline.log.LogLevel;
import bowline.log.LogObserver;
import bowline.log.LogPublisher;
import bowline.reactor.Reactor;
import bowline.time.Action;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// What the tests of every backend share: one fresh reactor a test, run on the test's own thread and with
/// a time limit, and the log events meanwhile. A test fails when something critical was logged that it
/// did not ask for.
public abstract class ReactorContract {
    private static final Duration TIME_LIMIT = Duration.ofSeconds(20);

    protected Reactor reactor;
    protected final List<LogEvent> logged = new CopyOnWriteArrayList<>();
    private final LogObserver recorder = logged::add;
    private boolean timedOut;

    /// A reactor of the backend under test.
    protected abstract Reactor newReactor();

    @BeforeEach
    final void begin() {
        LogPublisher.global().add(recorder);
        reactor = newReactor();
    }

    @AfterEach
    final void end() {
        LogPublisher.global().remove(recorder);
        assertEquals(List.of(), criticals(), "logged as critical");
    }

    /// Runs the reactor until something stops it.
    protected final void run() {
        var guard = reactor.callLater(TIME_LIMIT, () -> {
            timedOut = true;
            reactor.crash();
        });
        reactor.run(false);
        guard.cancelIfActive();
        if (timedOut) {
            fail("the reactor was not stopped within " + TIME_LIMIT);
        }
    }

    /// Calls `start` when the reactor runs, and runs it until something stops it.
    protected final void run(Action start) {
        reactor.callWhenRunning(start);
        run();
    }

    /// Leaves the test out on a simulated machine, for a reason that the report shows.
    protected final void needsRealSystem(String why) {
        assumeFalse(
                reactor.getClass().getName().startsWith("bowline.simulation."), "not on a simulated machine: " + why);
    }

    /// The texts logged so far by the reactor, at level info.
    protected final List<String> infos() {
        return logged.stream()
                .filter(event -> event.level() == LogLevel.INFO)
                .map(LogEvent::text)
                .toList();
    }

    /// The failures logged as critical so far, which this call takes.
    protected final List<Throwable> takeCriticals() {
        List<Throwable> taken = criticals().stream()
                .map(LogEvent::failure)
                .map(failure -> failure == null ? null : failure.value())
                .toList();
        logged.removeIf(event -> event.level() == LogLevel.CRITICAL);
        return taken;
    }

    /// The texts of what was logged as critical so far.
    protected final List<String> criticalTexts() {
        return criticals().stream().map(LogEvent::text).toList();
    }

    private List<LogEvent> criticals() {
        return logged.stream()
                .filter(event -> event.level() == LogLevel.CRITICAL)
                .toList();
    }

    /// The exception inside.
    protected static Throwable value(Object failure) {
        return ((Failure) failure).value();
    }
}
