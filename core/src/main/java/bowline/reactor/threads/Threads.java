package bowline.reactor.threads;

import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.reactor.ThreadPool;
import bowline.time.Action;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// What is done with a pool's threads (THR-3, THR-4). `loop` is everywhere the reactor itself, which runs
/// what it is given on its own thread.
public final class Threads {

    private Threads() {}

    /// Runs `work` on a thread of `pool`; the Deferred fires on the reactor's thread (THR-3). Cancelling
    /// gives up the result and lets the work run to its end.
    public static <T extends @Nullable Object> Deferred<T> deferToThreadPool(
            Executor loop, ThreadPool pool, Callable<T> work) {
        return defer(loop, pool, work, new Deferred<>());
    }

    /// As [#deferToThreadPool], but cancelling also interrupts the work if it runs, and keeps it from
    /// running if it has not begun.
    public static <T extends @Nullable Object> Deferred<T> deferInterruptibly(
            Executor loop, ThreadPool pool, Callable<T> work) {
        var interruptible = new InterruptibleWork<>(work);
        var deferred = new Deferred<T>(cancelled -> interruptible.interrupt());
        return defer(loop, pool, interruptible, deferred);
    }

    /// Runs `works` one after another on one thread of `pool`; an exception ends the row and is
    /// logged (THR-4).
    public static void callMultipleInThread(ThreadPool pool, List<? extends Action> works) {
        List<Action> row = List.copyOf(works);
        pool.callInThread(() -> {
            for (Action work : row) {
                work.run();
            }
        });
    }

    private static <T extends @Nullable Object> Deferred<T> defer(
            Executor loop, ThreadPool pool, Callable<T> work, Deferred<T> deferred) {
        pool.callInThread(() -> {
            try {
                T value = work.call();
                loop.execute(() -> succeed(deferred, value));
            } catch (Throwable thrown) {
                loop.execute(() -> fail(deferred, Failure.of(told(thrown))));
                if (Failure.isFatal(thrown)) {
                    throw thrown;
                }
            }
        });
        return deferred;
    }

    /// What the Deferred may be told: an error of the JVM itself is no result (FAI-13), but whoever waits hears of
    /// it.
    private static Throwable told(Throwable thrown) {
        return Failure.isFatal(thrown)
                ? new ExecutionException("the JVM failed in work that was deferred to a thread", thrown)
                : thrown;
    }

    // A Deferred that was cancelled in the meantime has had its result.

    private static <T extends @Nullable Object> void succeed(Deferred<T> deferred, T value) {
        if (!deferred.called()) {
            deferred.callback(value);
        }
    }

    private static void fail(Deferred<?> deferred, Failure failure) {
        if (!deferred.called()) {
            deferred.errback(failure);
        }
    }
}
