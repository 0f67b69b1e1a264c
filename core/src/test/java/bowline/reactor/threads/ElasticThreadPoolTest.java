package bowline.reactor.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import bowline.log.LogContext;
import bowline.log.LogEvent;
import bowline.log.LogObserver;
import bowline.log.LogPublisher;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Section 13, the thread pool.
@Timeout(30)
class ElasticThreadPoolTest {
    private final ElasticThreadPool pool = new ElasticThreadPool("test", 0, 3);
    private final List<String> seen = new CopyOnWriteArrayList<>();

    @AfterEach
    void stopPool() {
        pool.stop();
    }

    /// THR-6
    @Test
    void keepsWorkThatComesBeforeTheStart() {
        pool.callInThread(() -> seen.add("early"));
        assertThat(pool.threadCount()).isZero();

        pool.start();
        pool.stop();

        assertThat(seen).containsExactly("early");
    }

    /// THR-6
    @Test
    void namesItsThreadsAndMakesThemDaemons() throws Exception {
        var thread = new CopyOnWriteArrayList<Thread>();
        var ran = new CountDownLatch(1);
        pool.start();
        pool.callInThread(() -> {
            thread.add(Thread.currentThread());
            ran.countDown();
        });
        await(ran);

        assertThat(thread.getFirst().getName()).isEqualTo("PoolThread-test-0");
        assertThat(thread.getFirst().isDaemon()).isTrue();
    }

    /// THR-7
    @Test
    void hasFiveToTwentyThreadsUnlessTold() {
        var plain = new ElasticThreadPool("plain");

        assertThat(plain.min()).isEqualTo(5);
        assertThat(plain.max()).isEqualTo(20);
    }

    /// THR-7
    @Test
    void startsTheFewestAtOnce() {
        var warm = new ElasticThreadPool("warm", 2, 4);
        warm.start();
        assertThat(warm.threadCount()).isEqualTo(2);
        warm.stop();
        assertThat(warm.threadCount()).isZero();
    }

    /// THR-7
    @Test
    void refusesSizesThatMakeNoSense() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ElasticThreadPool("x", -1, 3));
        assertThatIllegalArgumentException().isThrownBy(() -> new ElasticThreadPool("x", 4, 3));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pool.adjustPoolSize(4, 3))
                .withMessageContaining("4 to 3");
    }

    /// THR-7: below the most a busy pool grows, at the most work waits.
    @Test
    void growsToItsMostAndNoFurther() throws Exception {
        var allBusy = new CyclicBarrier(4);
        var release = new CountDownLatch(1);
        var done = new AtomicInteger();
        pool.start();
        for (int i = 0; i < 3; i++) {
            pool.callInThread(() -> {
                allBusy.await();
                release.await();
                done.incrementAndGet();
            });
        }
        allBusy.await(10, TimeUnit.SECONDS);
        pool.callInThread(done::incrementAndGet);
        assertThat(pool.threadCount()).isEqualTo(3);

        pool.adjustPoolSize(0, 4);
        assertThat(pool.threadCount()).isEqualTo(4);

        release.countDown();
        pool.stop();
        assertThat(done).hasValue(4);
    }

    /// THR-7
    @Test
    void usesAnIdleThreadBeforeItMakesAnother() throws Exception {
        pool.start();
        for (int i = 0; i < 5; i++) {
            var ran = new CountDownLatch(1);
            pool.callInThread(ran::countDown);
            await(ran);
            untilIdle();
        }
        assertThat(pool.threadCount()).isEqualTo(1);
    }

    /// THR-7
    @Test
    void letsSurplusThreadsFinishWhatTheyDoAndLeave() throws Exception {
        var allBusy = new CyclicBarrier(4);
        var release = new CountDownLatch(1);
        pool.start();
        for (int i = 0; i < 3; i++) {
            pool.callInThread(() -> {
                allBusy.await();
                release.await();
                seen.add("done");
            });
        }
        allBusy.await(10, TimeUnit.SECONDS);
        pool.adjustPoolSize(0, 1);
        assertThat(pool.threadCount()).isEqualTo(3);

        release.countDown();
        while (pool.threadCount() > 1) {
            Thread.onSpinWait();
        }
        pool.stop();
        assertThat(seen).hasSize(3);
    }

    /// THR-8
    @Test
    void worksInTheContextOfTheSubmitter() throws Exception {
        var systems = new CopyOnWriteArrayList<String>();
        pool.adjustPoolSize(1, 1);
        pool.start();
        LogContext.empty().with("system", "Alice").call(() -> {
            pool.callInThread(() -> systems.add(LogContext.current().system()));
            return null;
        });
        pool.callInThread(() -> systems.add(LogContext.current().system()));
        pool.stop();

        assertThat(systems).containsExactly("Alice", "-");
    }

    /// THR-4
    @Test
    void logsAnExceptionAndWorksOn() {
        var failures = new CopyOnWriteArrayList<LogEvent>();
        LogObserver observer = failures::add;
        LogPublisher.global().add(observer);
        try {
            pool.adjustPoolSize(1, 1);
            pool.callInThread(() -> {
                throw new IllegalStateException("work is bad");
            });
            pool.callInThread(() -> seen.add("next"));
            pool.start();
            pool.stop();
        } finally {
            LogPublisher.global().remove(observer);
        }

        assertThat(seen).containsExactly("next");
        assertThat(failures).anySatisfy(event -> {
            assertThat(event.failure()).isNotNull();
            assertThat(event.failure().message()).isEqualTo("work is bad");
        });
    }

    @Test
    @DisplayName("a thread whose beginning fails works all the same, which the log tells")
    void worksThoughItBeganBadly() {
        var failures = new CopyOnWriteArrayList<LogEvent>();
        LogObserver observer = failures::add;
        LogPublisher.global().add(observer);
        try {
            pool.adjustPoolSize(1, 1);
            pool.whenThreadBegins(() -> {
                throw new UnsupportedOperationException("no such processor");
            });
            pool.callInThread(() -> seen.add("work"));
            pool.start();
            pool.stop();
        } finally {
            LogPublisher.global().remove(observer);
        }

        assertThat(seen).containsExactly("work");
        assertThat(failures).anySatisfy(event -> {
            assertThat(event.failure()).isNotNull();
            assertThat(event.failure().message()).isEqualTo("no such processor");
        });
    }

    /// THR-4
    @Test
    void callsARowOfWorksInOrderUntilOneFails() {
        pool.adjustPoolSize(3, 3);
        pool.start();
        Threads.callMultipleInThread(
                pool,
                List.of(
                        () -> seen.add("1"),
                        () -> seen.add("2"),
                        () -> {
                            throw new IllegalStateException("third of the row");
                        },
                        () -> seen.add("4")));
        pool.stop();

        assertThat(seen).containsExactly("1", "2");
    }

    /// THR-9
    @Test
    void finishesWhatItAcceptedAndIgnoresWhatComesAfterTheStop() {
        pool.adjustPoolSize(0, 1);
        pool.start();
        for (int i = 0; i < 50; i++) {
            pool.callInThread(() -> seen.add("accepted"));
        }
        pool.stop();
        pool.callInThread(() -> seen.add("late"));
        pool.stop();

        assertThat(seen).hasSize(50).doesNotContain("late");
        assertThat(pool.threadCount()).isZero();
    }

    /// THR-9: even a pool that was shrunk to nothing.
    @Test
    void owesAcceptedWorkWhateverItsSize() {
        pool.adjustPoolSize(0, 0);
        pool.start();
        pool.callInThread(() -> seen.add("owed"));
        assertThat(pool.threadCount()).isZero();
        pool.stop();

        assertThat(seen).containsExactly("owed");
    }

    /// THR-9, extension
    @Test
    void interruptsWhatOutlastsTheGrace() throws Exception {
        var begun = new CountDownLatch(1);
        pool.start();
        pool.callInThread(() -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException interrupted) {
                seen.add("interrupted");
            }
        });
        await(begun);
        pool.stop(Duration.ofMillis(10));

        assertThat(seen).containsExactly("interrupted");
    }

    /// THR-9
    @Test
    void canBeStoppedByItsOwnThread() throws Exception {
        var stopped = new CountDownLatch(1);
        pool.start();
        pool.callInThread(() -> {
            pool.stop();
            stopped.countDown();
        });
        await(stopped);
    }

    private void untilIdle() throws InterruptedException {
        var thread = Thread.getAllStackTraces().keySet().stream()
                .filter(candidate -> candidate.getName().startsWith("PoolThread-test-"))
                .toList();
        while (thread.stream().anyMatch(candidate -> candidate.getState() != Thread.State.WAITING)) {
            Thread.onSpinWait();
        }
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    }
}
