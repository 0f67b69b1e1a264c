package bowline.defer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import bowline.failure.Failure;
import bowline.testing.MemoryReactor;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// LCK-1 to LCK-4, LCK-6: locks and semaphores.
class DeferredLockTest {
    private final List<Object> seen = new ArrayList<>();
    private final DeferredLock lock = new DeferredLock();
    private final DeferredSemaphore semaphore = new DeferredSemaphore(2);

    @Test
    @DisplayName("LCK-1: a free lock is acquired at once, and the Deferred fires with it")
    void aFreeLockIsAcquiredAtOnce() {
        assertThat(lock.locked()).isFalse();

        assertThat(lock.acquire().result()).isSameAs(lock);

        assertThat(lock.locked()).isTrue();
    }

    @Test
    @DisplayName("LCK-1: the lock goes on to those in line in order, and stays locked meanwhile")
    void theLineIsServedInOrder() {
        lock.acquire();
        lock.acquire().onSuccess(_ -> seen.add("second, locked " + lock.locked()));
        lock.acquire().onSuccess(_ -> seen.add("third"));
        assertThat(lock.waiting()).isEqualTo(2);

        lock.release();
        assertThat(seen).containsExactly("second, locked true");
        lock.release();
        lock.release();

        assertThat(seen).containsExactly("second, locked true", "third");
        assertThat(lock.locked()).isFalse();
    }

    @Test
    @DisplayName("LCK-1: releasing what is not locked is an error")
    void releasingTheUnlockedIsAnError() {
        assertThatIllegalStateException().isThrownBy(lock::release).withMessageContaining("without acquire");
    }

    @Test
    @DisplayName("LCK-2: cancelling leaves the line and the lock alone")
    void cancellingLeavesTheLine() {
        lock.acquire();
        var waiting = lock.acquire();

        waiting.cancel();

        assertThat(waiting.result())
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.type()).isEqualTo(CancelledError.class));
        waiting.addErrback(_ -> lock);
        assertThat(lock.waiting()).isZero();
        assertThat(lock.locked()).isTrue();
        lock.release();
        assertThat(lock.locked()).isFalse();
    }

    @Test
    @DisplayName("LCK-3: run holds the lock until the work's Deferred finishes, and passes its value on")
    void runHoldsTheLock() {
        var work = new Deferred<String>();
        var outcome = lock.run(() -> work);
        assertThat(lock.locked()).isTrue();

        work.callback("done");

        assertThat(outcome.result()).isEqualTo("done");
        assertThat(lock.locked()).isFalse();
    }

    @Test
    @DisplayName("LCK-3: run releases when the work fails, at once or later")
    void runReleasesAfterAFailure() {
        var broken = new IOException("broken");
        lock.<String>run(() -> {
                    throw broken;
                })
                .addErrback(failure -> {
                    seen.add(failure.value());
                    return "";
                });
        lock.<String>run(() -> Deferred.fail(broken)).addErrback(_ -> "");

        assertThat(seen).containsExactly(broken);
        assertThat(lock.locked()).isFalse();
    }

    @Test
    @DisplayName("LCK-2, LCK-3: a run cancelled in line is never begun and releases nothing")
    void aRunCancelledInLineReleasesNothing() {
        lock.acquire();
        var outcome = lock.run(() -> Deferred.succeed(seen.add("begun")));

        outcome.cancel();
        outcome.addErrback(_ -> false);

        assertThat(seen).isEmpty();
        assertThat(lock.locked()).isTrue();
        assertThat(lock.waiting()).isZero();
    }

    @Test
    @DisplayName("LCK-3, DEF-19: a hundred thousand short runs in line take constant stack")
    void aLongLineOfShortRuns() {
        int runs = 100_000;
        lock.acquire();
        var order = new ArrayList<Integer>();
        for (int i = 0; i < runs; i++) {
            int number = i;
            lock.run(() -> Deferred.succeed(order.add(number))).onSuccess(_ -> {});
        }

        lock.release();

        assertThat(order).hasSize(runs).isSorted();
        assertThat(lock.locked()).isFalse();
    }

    @Test
    @DisplayName("LCK-4: a semaphore lets as many in as its limit")
    void aSemaphoreLetsItsLimitIn() {
        semaphore.acquire();
        semaphore.acquire().onSuccess(seen::add);
        semaphore.acquire().onSuccess(_ -> seen.add("third"));
        assertThat(seen).containsExactly(semaphore);
        assertThat(semaphore.tokens()).isZero();

        semaphore.release();

        assertThat(seen).containsExactly(semaphore, "third");
        assertThat(semaphore.limit()).isEqualTo(2);
    }

    @Test
    @DisplayName("LCK-4: releasing above the limit is an error, a limit below 1 too")
    void theLimitHoldsOnBothSides() {
        semaphore.acquire();
        semaphore.release();

        assertThatIllegalStateException().isThrownBy(semaphore::release);
        assertThatIllegalArgumentException().isThrownBy(() -> new DeferredSemaphore(0));
        assertThat(new DeferredSemaphore(1).tokens()).isEqualTo(1);
    }

    @Test
    @DisplayName("LCK-6: held in a block, a lock is released on the way out")
    void heldInABlock() throws Exception {
        try (var _ = lock.hold()) {
            assertThat(lock.locked()).isTrue();
        }

        assertThat(lock.locked()).isFalse();
    }

    @Test
    @DisplayName("LCK-6: an exception releases on its way out too")
    void anExceptionReleases() {
        assertThatIllegalArgumentException().isThrownBy(() -> {
            try (var _ = lock.hold()) {
                throw new IllegalArgumentException("in the block");
            }
        });

        assertThat(lock.locked()).isFalse();
    }

    @Test
    @DisplayName("LCK-6: in coroutines the next one waits, and cancelling the holder releases")
    void inCoroutines() {
        var reactor = new MemoryReactor();
        reactor.start();
        var holder = reactor.async(() -> {
            try (var _ = lock.hold()) {
                return new Deferred<String>().await();
            }
        });
        var next = reactor.async(() -> {
            try (var _ = lock.hold()) {
                return "mine";
            }
        });
        assertThat(next.called()).isFalse();

        holder.cancel();
        holder.addErrback(_ -> "");
        reactor.advance(Duration.ZERO);

        assertThat(next.result()).isEqualTo("mine");
        assertThat(lock.locked()).isFalse();
    }

    @Test
    @DisplayName("LCK-6: what was held is released once, however often it is closed")
    void whatWasHeldIsReleasedOnce() throws Exception {
        Held held = semaphore.hold();
        semaphore.acquire();

        held.close();
        held.close();

        assertThat(semaphore.tokens()).isEqualTo(1);
    }
}
