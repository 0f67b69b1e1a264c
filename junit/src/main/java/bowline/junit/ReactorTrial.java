package bowline.junit;

import bowline.defer.Deferred;
import bowline.defer.UnhandledError;
import bowline.failure.Failure;
import bowline.log.Logger;
import bowline.reactor.Reactor;
import bowline.time.DelayedCall;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.InvocationInterceptor.Invocation;

/// One test from its reactor's start to its end: its methods run on the reactor, then its cleanups, and
/// then it is asked what it left behind and what was logged.
final class ReactorTrial {
    private static final Logger log = Logger.of(ReactorTrial.class);

    /// How many turns the reactor gets to finish what the cleanups began, as closing does.
    private static final int SETTLING_TURNS = 3;

    private final OnReactor settings;
    private final ReactorThread thread = new ReactorThread();
    private final Trial trial = new Trial(thread.reactor());
    private @Nullable Throwable error;
    private boolean heldUp;

    ReactorTrial(OnReactor settings) {
        this.settings = settings;
    }

    Trial trial() {
        return trial;
    }

    void run(Invocation<@Nullable Void> invocation, Method method) throws Throwable {
        run(() -> proceed(invocation), method.getName() + "()");
    }

    private static @Nullable Object proceed(Invocation<@Nullable Void> invocation) throws Exception {
        try {
            return invocation.proceed();
        } catch (Exception | Error thrown) {
            throw thrown;
        } catch (Throwable thrown) {
            throw Failure.of(thrown).raise();
        }
    }

    private void run(Callable<? extends @Nullable Object> body, String what) throws Throwable {
        try {
            thread.run(body, Duration.ofSeconds(settings.timeoutSeconds()), what);
        } catch (TimeoutException late) {
            heldUp = true;
            throw late;
        }
    }

    /// Cleans up and judges. The first error is thrown, the others are suppressed in it.
    void end() throws Exception {
        runCleanups();
        if (!heldUp) {
            attempt(this::judgeLeftovers);
        }
        attempt(thread::end);
        UnhandledError.reportAll();
        trial.end();
        attempt(this::judgeLoggedErrors);
        if (error != null) {
            throw Failure.of(error).raise();
        }
    }

    private void runCleanups() {
        for (var next = trial.nextCleanup(); next != null; next = trial.nextCleanup()) {
            Callable<? extends @Nullable Object> cleanup = next;
            attempt(() -> run(cleanup, "a cleanup"));
        }
    }

    private void judgeLeftovers() throws Throwable {
        var leftovers = new ArrayList<String>();
        run(
                () -> {
                    settle(thread.reactor());
                    leftovers.addAll(leftoversOf(thread.reactor()));
                    return null;
                },
                "looking for leftovers");
        if (leftovers.isEmpty()) {
            return;
        }
        var dirty = new DirtyReactorError(leftovers);
        if (settings.leftovers() == OnReactor.Leftovers.FAIL) {
            throw dirty;
        }
        log.warn("{warning}", dirty.getMessage());
    }

    private static void settle(Reactor reactor) throws Exception {
        for (int i = 0; i < SETTLING_TURNS; i++) {
            var turn = new Deferred<@Nullable Void>();
            reactor.callLater(Duration.ZERO, () -> turn.callback(null));
            turn.await();
        }
    }

    private static List<String> leftoversOf(Reactor reactor) {
        var leftovers = new ArrayList<String>();
        for (DelayedCall call : reactor.delayedCalls()) {
            leftovers.add("timed call " + call);
        }
        for (Object open : reactor.openChannels()) {
            leftovers.add("open: " + open);
        }
        int work = reactor.threadPool().unfinishedWork();
        if (work > 0) {
            leftovers.add("unfinished work on the thread pool: " + work);
        }
        return leftovers;
    }

    private void judgeLoggedErrors() {
        List<Failure> failures = trial.loggedErrors();
        if (!failures.isEmpty()) {
            throw new LoggedError(failures);
        }
    }

    private void attempt(Step step) {
        try {
            step.run();
        } catch (Throwable thrown) {
            if (error == null) {
                error = thrown;
            } else if (error != thrown) { // an exception cannot suppress itself
                error.addSuppressed(thrown);
            }
        }
    }

    private interface Step {
        void run() throws Throwable;
    }
}
