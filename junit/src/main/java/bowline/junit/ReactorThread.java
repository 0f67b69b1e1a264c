package bowline.junit;

import bowline.defer.Deferred;
import bowline.reactor.Reactor;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// A running reactor on a thread of its own, and the way onto it for the thread of a test.
final class ReactorThread {
    private static final Duration END_LIMIT = Duration.ofSeconds(10);

    private final Reactor reactor = Reactor.create();
    private final Thread thread;
    private @Nullable Deferred<?> outcome;

    ReactorThread() {
        thread = Thread.ofPlatform().daemon().name("reactor of the test").start(() -> reactor.run(false));
    }

    Reactor reactor() {
        return reactor;
    }

    /// Runs `body` as a coroutine on the reactor, waits for it, and for the Deferred that it may answer with.
    ///
    /// @throws TimeoutException if that takes longer than `limit`; the coroutine is cancelled then
    /// @throws Throwable what the body threw
    void run(Callable<? extends @Nullable Object> body, Duration limit, String what) throws Throwable {
        var done = new CompletableFuture<@Nullable Object>();
        reactor.callFromThread(() -> {
            Deferred<@Nullable Object> running = reactor.async(() -> valueOf(body));
            outcome = running;
            running.addCallbacks(done::complete, failure -> done.completeExceptionally(failure.value()));
        });
        try {
            done.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() == null ? failed : failed.getCause();
        } catch (TimeoutException late) {
            throw timedOut(limit, what);
        }
    }

    private static @Nullable Object valueOf(Callable<? extends @Nullable Object> body) throws Exception {
        Object value = body.call();
        return value instanceof Deferred<?> deferred ? deferred.await() : value;
    }

    /// The error, with the place where the reactor is now: that tells whether it waits or is held up.
    private TimeoutException timedOut(Duration limit, String what) {
        var error = new TimeoutException(what + " was not through within " + limit.toSeconds()
                + " s; a Deferred that it waits for did not fire, or it blocks the reactor, whose stack is below");
        error.setStackTrace(thread.getStackTrace());
        reactor.callFromThread(() -> {
            if (outcome != null) {
                outcome.cancel();
            }
        });
        return error;
    }

    /// Stops the reactor and waits for its thread.
    void end() throws InterruptedException {
        reactor.callFromThread(reactor::stop);
        if (!thread.join(END_LIMIT)) {
            throw new AssertionError("the reactor did not stop within " + END_LIMIT.toSeconds()
                    + " s: a shutdown trigger waits, or its thread is held up");
        }
    }
}
