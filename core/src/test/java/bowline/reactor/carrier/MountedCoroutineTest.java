package bowline.reactor.carrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import bowline.defer.Deferred;
import bowline.failure.Debug;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Section 7 on the reactor's own thread, and what only that can do: blocking calls of the JDK set the
/// coroutine aside and let the loop turn.
class MountedCoroutineTest extends CoroutineContract {

    @BeforeAll
    static void needsTheOpenPackage() {
        assumeThat(MountedThreads.OBSTACLE).isEmpty();
    }

    @Override
    Carrier carrier() {
        return Carrier.MOUNTED;
    }

    @Override
    int crowd() {
        return 100_000;
    }

    @Test
    void comesBackFromASleepOnALaterTurnOfTheLoop() throws Exception {
        Deferred<Boolean> outcome = start(() -> {
            Thread.sleep(1);
            return coroutines.running();
        });
        seen.add("the loop goes on");
        loop.runUntil(outcome::called);
        assertThat(outcome.result()).isEqualTo(true);
    }

    @Test
    void blocksOnAQueueThatAnotherCoroutineFills() throws Exception {
        var queue = new LinkedBlockingQueue<String>();
        Deferred<String> taker = start(queue::take);
        start(() -> {
            queue.put("item");
            seen.add("put returned first");
            return null;
        });
        assertThat(seen).hasSize(1);
        assertThat(taker.called()).isFalse();
        loop.runUntil(taker::called);
        assertThat(taker.result()).isEqualTo("item");
    }

    @Test
    void blocksOnAMonitorThatAnotherThreadHolds() throws Exception {
        var lock = new Object();
        var held = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        Thread holder = Thread.ofPlatform().start(() -> {
            synchronized (lock) {
                held.countDown();
                awaitQuietly(release);
            }
        });
        assertThat(held.await(10, TimeUnit.SECONDS)).isTrue();
        Deferred<String> outcome = start(() -> {
            synchronized (lock) {
                return "mine";
            }
        });
        assertThat(outcome.called()).isFalse();
        release.countDown();
        loop.runUntil(outcome::called);
        assertThat(outcome.result()).isEqualTo("mine");
        holder.join();
    }

    @Test
    void yieldsToTheLoop() throws Exception {
        Deferred<String> outcome = start(() -> {
            Thread.yield();
            return "later";
        });
        assertThat(outcome.called()).isFalse();
        loop.runUntil(outcome::called);
    }

    /// COR-5, after a blocking call as before it.
    @Test
    void lendsTheThreadAfterABlockingCall() throws Exception {
        var gate = new Deferred<String>();
        var queue = new LinkedBlockingQueue<String>();
        start(() -> seen.add(gate.await()));
        Deferred<Boolean> outcome = start(() -> {
            queue.take();
            gate.callback("resumed inside");
            return seen.add("firing returned");
        });
        queue.put("item");
        loop.runUntil(outcome::called);
        assertThat(seen).containsExactly("resumed inside", "firing returned");
    }

    /// COR-6
    @Test
    void interruptsABlockingCallWhenItIsCancelled() {
        Deferred<String> outcome = start(() -> {
            try {
                Thread.sleep(1_000_000);
                return "slept";
            } catch (InterruptedException interrupted) {
                return "interrupted";
            }
        });
        outcome.cancel();
        assertThat(outcome.result()).isEqualTo("interrupted");
    }

    @Test
    void endsABlockingCallWhenTheLoopIsOver() {
        Deferred<String> outcome = start(() -> new LinkedBlockingQueue<String>().take());
        coroutines.end();
        assertThat(failureOf(outcome)).isInstanceOf(InterruptedException.class);
    }

    @Test
    void runsOnTheThreadThatFires() {
        var gate = new Deferred<String>();
        Deferred<Object> outcome = start(() -> {
            gate.await();
            return carrierThread();
        });
        gate.callback("go");
        assertThat(outcome.result().toString()).contains(Thread.currentThread().getName());
    }

    /// A virtual thread's text names the platform thread that carries it.
    private static Object carrierThread() {
        return Thread.currentThread().toString();
    }

    @Test
    void isUnimpressedByUnparksFromManyThreads() throws Exception {
        var gates = new LinkedBlockingQueue<Deferred<Integer>>();
        var thread = new LinkedBlockingQueue<Thread>();
        int rounds = 20_000;
        Deferred<Integer> outcome = start(() -> {
            thread.add(Thread.currentThread());
            int sum = 0;
            for (int i = 0; i < rounds; i++) {
                var gate = new Deferred<Integer>();
                gates.add(gate);
                sum += gate.await();
            }
            return sum;
        });
        Thread target = thread.take();
        Thread nuisance = Thread.ofPlatform().daemon().start(() -> {
            while (target.isAlive()) {
                LockSupport.unpark(target);
            }
        });
        while (!outcome.called()) {
            Deferred<Integer> gate = gates.poll();
            if (gate != null) {
                gate.callback(1);
            } else {
                loop.runPresent();
            }
        }
        assertThat(outcome.result()).isEqualTo(rounds);
        nuisance.join();
    }

    @Test
    void refusesToAwaitInAClassInitialiserWhenDebugging() {
        Debug.enable(true);
        try {
            assertThat(failureOf(start(() -> WaitsInItsInitialiser.VALUE)))
                    .cause()
                    .hasMessageContaining("<clinit>")
                    .hasMessageContaining("block the loop");
        } finally {
            Debug.enable(false);
        }
    }

    private static final class WaitsInItsInitialiser {
        static final String VALUE = waited();

        private static String waited() {
            try {
                return new Deferred<String>().await();
            } catch (RuntimeException refused) {
                throw refused;
            } catch (Exception other) {
                throw new AssertionError(other);
            }
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
