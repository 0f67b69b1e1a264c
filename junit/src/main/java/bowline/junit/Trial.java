package bowline.junit;

import bowline.failure.Failure;
import bowline.log.CapturedLogs;
import bowline.log.LogEvent;
import bowline.log.LogLevel;
import bowline.reactor.Reactor;
import bowline.time.Action;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// One test on its reactor: what it wants done at its end, and which errors it expects. Given to the
/// methods of an [OnReactor] test as a parameter; used on the reactor's thread.
public final class Trial {
    private final Reactor reactor;
    private final CapturedLogs logs = CapturedLogs.open();
    private final Set<LogEvent> flushed = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Callable<? extends @Nullable Object>> cleanups = new ArrayDeque<>();

    Trial(Reactor reactor) {
        this.reactor = reactor;
    }

    /// The reactor that the test runs on.
    public Reactor reactor() {
        return reactor;
    }

    /// Has `cleanup` called after the test and its `@AfterEach` methods, the last added first. When it
    /// answers with a Deferred, that is awaited. All are called, even if one fails, which fails the test
    /// (TST-8).
    public void addCleanup(Callable<? extends @Nullable Object> cleanup) {
        cleanups.push(cleanup);
    }

    /// As [#addCleanup(Callable)].
    public void addCleanup(Action cleanup) {
        addCleanup(() -> {
            cleanup.run();
            return null;
        });
    }

    /// Takes the errors logged so far that are of one of `types`, all if none is given: they no longer
    /// fail the test (TST-10).
    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    public final List<Failure> flushLoggedErrors(Class<? extends Throwable>... types) {
        var taken = new ArrayList<Failure>();
        for (LogEvent event : unflushedErrors()) {
            Failure failure = Objects.requireNonNull(event.failure());
            if (types.length == 0 || failure.check(types) != null) {
                taken.add(failure);
                flushed.add(event);
            }
        }
        return taken;
    }

    /// The errors that were logged and not taken.
    List<Failure> loggedErrors() {
        return unflushedErrors().stream()
                .map(LogEvent::failure)
                .map(Objects::requireNonNull)
                .toList();
    }

    /// By event and not by failure: the same exception may be logged once more.
    private List<LogEvent> unflushedErrors() {
        return logs.events().stream()
                .filter(event -> event.failure() != null && event.level().compareTo(LogLevel.ERROR) >= 0)
                .filter(event -> !flushed.contains(event))
                .toList();
    }

    /// The cleanup that is next, or null when all have been taken.
    @Nullable
    Callable<? extends @Nullable Object> nextCleanup() {
        return cleanups.poll();
    }

    void end() {
        logs.close();
    }
}
