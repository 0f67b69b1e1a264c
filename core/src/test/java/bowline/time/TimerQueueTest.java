package bowline.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.failure.Debug;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Timed calls (section 11).
class TimerQueueTest {
    private long now;
    private final TimerQueue queue = new TimerQueue(() -> now);
    private final List<String> called = new ArrayList<>();

    private TimerQueue.Timer add(long nanos, String name) {
        return queue.add(Duration.ofNanos(nanos), () -> called.add(name));
    }

    private void runDue() throws Exception {
        for (var call = queue.takeDue(now); call != null; call = queue.takeDue(now)) {
            call.run();
        }
    }

    /// LOP-6
    @Test
    void takesByDueTimeThenByCreation() throws Exception {
        add(2, "c");
        add(1, "a");
        add(2, "d");
        add(1, "b");
        now = 2;
        runDue();

        assertEquals(List.of("a", "b", "c", "d"), called);
        assertTrue(queue.isEmpty());
        assertEquals(Long.MAX_VALUE, queue.nextDue());
    }

    /// TIM-5: never early, whatever was moved; the next due time is exact
    @Test
    void putsOffWithoutCallingEarly() throws Exception {
        var call = add(10, "late");
        call.reset(Duration.ofNanos(50));
        call.delay(Duration.ofNanos(5));
        now = 54;

        assertEquals(55, queue.nextDue());
        assertNull(queue.takeDue(now));
        now = 55;
        runDue();
        assertEquals(List.of("late"), called);
    }

    /// TIM-3
    @Test
    void bringsForward() throws Exception {
        add(10, "second");
        add(20, "first").delay(Duration.ofNanos(-15));
        now = 10;
        runDue();

        assertEquals(List.of("first", "second"), called);
    }

    /// TIM-6
    @Test
    void keepsNothingOfCancelledCalls() {
        var calls = new ArrayList<TimerQueue.Timer>();
        for (int i = 0; i < 1000; i++) {
            calls.add(add(i, "never"));
        }
        calls.forEach(TimerQueue.Timer::cancel);

        assertEquals(0, queue.size());
        assertEquals(List.of(), queue.pending());
        assertThrows(AlreadyCancelled.class, calls.getFirst()::cancel);
    }

    /// TIM-6: who keeps the handle of a cancelled call keeps nothing of what it would have called.
    @Test
    void aCancelledCallReleasesItsAction() {
        var argument = new Object();
        var weak = new WeakReference<>(argument);
        TimerQueue.Timer handle = queue.add(Duration.ofNanos(1), holding(argument));
        argument = null;
        handle.cancel();
        for (int i = 0; i < 50 && weak.get() != null; i++) {
            System.gc();
        }

        assertNull(weak.get());
        assertFalse(handle.active());
    }

    private static Action holding(Object argument) {
        return argument::notifyAll;
    }

    /// LOP-1
    @Test
    void leavesNewerCallsForTheNextTurn() {
        add(0, "old");
        long mark = queue.created();
        add(0, "new");

        assertTrue(queue.takeDue(now, mark) != null);
        assertNull(queue.takeDue(now, mark));
        assertTrue(queue.takeDue(now, queue.created()) != null);
    }

    @Test
    void keepsOrderThroughAnyChanges() throws Exception {
        long seed = System.nanoTime();
        var random = new Random(seed);
        var model = new ArrayList<TimerQueue.Timer>();
        for (int step = 0; step < 20_000; step++) {
            TimerQueue.Timer any = model.isEmpty() ? null : model.get(random.nextInt(model.size()));
            switch (random.nextInt(any == null ? 1 : 6)) {
                case 0, 1 -> model.add(add(random.nextInt(1000), "x"));
                case 2 -> {
                    any.cancel();
                    model.remove(any);
                }
                case 3 -> any.reset(Duration.ofNanos(random.nextInt(2000)));
                case 4 -> any.delay(Duration.ofNanos(random.nextInt(400) - 200));
                default -> {
                    now += random.nextInt(100);
                    takeDueAndCompare(model, seed);
                }
            }
        }
    }

    private void takeDueAndCompare(List<TimerQueue.Timer> model, long seed) {
        model.sort(Comparator.comparingLong(TimerQueue.Timer::time)); // stable, so FIFO for equals
        while (!model.isEmpty() && model.getFirst().time() <= now) {
            var taken = queue.takeDue(now);
            assertTrue(taken != null, "seed " + seed);
            assertEquals(model.getFirst().time(), taken.time(), "seed " + seed);
            model.remove(taken);
        }
        assertNull(queue.takeDue(now), "seed " + seed);
    }

    @Test
    void survivesDelaysBeyondTheScale() {
        now = Long.MAX_VALUE - 5;
        var call = queue.add(Duration.ofSeconds(Long.MAX_VALUE), () -> {});
        assertEquals(Long.MAX_VALUE, call.time());
        call.delay(Duration.ofSeconds(Long.MAX_VALUE));
        assertEquals(Long.MAX_VALUE, call.time());
    }

    /// TIM-1
    @Test
    void refusesNegativeDelays() {
        assertThrows(IllegalArgumentException.class, () -> queue.add(Duration.ofNanos(-1), () -> {}));
        var call = add(1, "x");
        assertThrows(IllegalArgumentException.class, () -> call.reset(Duration.ofNanos(-1)));
    }

    /// TIM-8
    @Test
    void tellsItsStateAndWhereItWasMade() throws Exception {
        assertFalse(add(0, "x").toString().contains("tellsItsState"));
        Debug.enable(true);
        try {
            assertTrue(add(0, "y").toString().contains("tellsItsState"));
        } finally {
            Debug.enable(false);
        }
    }
}
