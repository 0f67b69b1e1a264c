package bowline.reactor.threads;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.defer.CancelledError;
import bowline.defer.Deferred;
import bowline.failure.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// THR-3: work deferred to a thread.
@Timeout(30)
class ThreadsTest {
    private final HandLoop loop = new HandLoop();
    private final ElasticThreadPool pool = new ElasticThreadPool("work", 0, 2);

    @BeforeEach
    void startPool() {
        pool.start();
    }

    @AfterEach
    void stopPool() {
        pool.stop();
    }

    @Test
    void bringsTheValueToTheLoopsThread() throws Exception {
        var where = new ArrayList<Thread>();
        Deferred<String> name = Threads.deferToThreadPool(
                loop, pool, () -> Thread.currentThread().getName());
        name.onSuccess(_ -> where.add(Thread.currentThread()));
        loop.runUntil(name::hasResult);

        assertThat(name.result()).isEqualTo("PoolThread-work-0");
        assertThat(where).containsExactly(Thread.currentThread());
    }

    @Test
    void bringsTheOriginalException() throws Exception {
        var thrown = new IllegalStateException("no");
        Deferred<?> failed = Threads.deferToThreadPool(loop, pool, () -> {
            throw thrown;
        });
        loop.runUntil(failed::hasResult);

        assertThat(failed.result()).isEqualTo(Failure.of(thrown));
        failed.addErrback(_ -> null);
    }

    @Test
    void isCancelledAtOnceWhileTheWorkRunsOnAndItsLateResultIsDropped() throws Exception {
        var release = new CountDownLatch(1);
        var finished = new CopyOnWriteArrayList<String>();
        Deferred<String> work = Threads.deferToThreadPool(loop, pool, () -> {
            release.await();
            finished.add("finished");
            return "late";
        });
        work.cancel();
        assertThat(cancelled(work)).isTrue();

        release.countDown();
        Deferred<String> after = Threads.deferToThreadPool(loop, pool, () -> "after");
        loop.runUntil(() -> after.hasResult() && !finished.isEmpty());
        pool.stop();
        loop.execute(() -> finished.add("drained"));
        loop.runUntil(() -> finished.contains("drained"));

        assertThat(finished).containsExactly("finished", "drained");
    }

    @Test
    void interruptsTheWorkOnCancelWhereThatWasAskedFor() throws Exception {
        var begun = new CountDownLatch(1);
        var interrupted = new CountDownLatch(1);
        Deferred<String> work = Threads.deferInterruptibly(loop, pool, () -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException expected) {
                interrupted.countDown();
            }
            return "late";
        });
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        work.cancel();

        assertThat(cancelled(work)).isTrue();
        assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void neverBeginsInterruptibleWorkThatWasCancelledBefore() {
        var idle = new ElasticThreadPool("idle", 0, 1);
        List<String> seen = new CopyOnWriteArrayList<>();
        Deferred<Boolean> work = Threads.deferInterruptibly(loop, idle, () -> seen.add("ran"));
        work.cancel();
        idle.start();
        idle.stop();

        assertThat(cancelled(work)).isTrue();
        assertThat(seen).isEmpty();
    }

    private static boolean cancelled(Deferred<?> deferred) {
        boolean cancelled = deferred.result() instanceof Failure failure && failure.value() instanceof CancelledError;
        deferred.addErrback(_ -> null);
        return cancelled;
    }
}
