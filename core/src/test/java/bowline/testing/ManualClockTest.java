package bowline.testing;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.time.AlreadyCalled;
import bowline.time.AlreadyCancelled;
import bowline.time.DelayedCall;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Section 28, Fake clock.
class ManualClockTest {
    private final ManualClock clock = new ManualClock();
    private final List<String> seen = new ArrayList<>();

    private DelayedCall note(String name, long seconds) {
        return clock.callLater(ofSeconds(seconds), () -> seen.add(name + " at " + (long) clock.seconds()));
    }

    /// CLK-1
    @Test
    void jumpsFirstAndThenCallsWhatIsDueInOrderOfTimeAndCreation() {
        note("five", 5);
        note("one", 1);
        note("another five", 5);
        note("eleven", 11);

        clock.advance(ofSeconds(10));

        assertEquals(List.of("one at 10", "five at 10", "another five at 10"), seen);
        assertEquals(1, clock.delayedCalls().size());
    }

    /// CLK-1
    @Test
    void runsWhatBecomesDueMeanwhile() {
        clock.callLater(ofSeconds(1), () -> note("late", 0));

        clock.advance(ofSeconds(2));

        assertEquals(List.of("late at 2"), seen);
    }

    /// CLK-1
    @Test
    void startsAtZeroAndNowFollowsTheClock() {
        assertEquals(0.0, clock.seconds());
        clock.advance(ofSeconds(90));
        assertEquals(ManualClock.START.plusSeconds(90), clock.now());
    }

    /// CLK-2
    @Test
    void pumpShowsTheTimesBetween() {
        note("one", 1);
        note("two", 2);

        clock.pump(ofSeconds(1), ofSeconds(1));

        assertEquals(List.of("one at 1", "two at 2"), seen);
    }

    /// CLK-3
    @Test
    void anExceptionEscapesAndLaterCallsStay() {
        clock.callLater(ofSeconds(1), () -> {
            throw new IOException("no");
        });
        note("two", 2);

        assertThrows(IOException.class, () -> clock.advance(ofSeconds(3)));
        assertTrue(seen.isEmpty());
        clock.advance(ZERO);
        assertEquals(List.of("two at 3"), seen);
    }

    /// TIM-1
    @Test
    void refusesANegativeDelay() {
        assertThrows(IllegalArgumentException.class, () -> note("never", -1));
        assertThrows(IllegalArgumentException.class, () -> clock.advance(ofSeconds(-1)));
    }

    /// TIM-3
    @Test
    void callsCanBeMovedAndCancelled() {
        DelayedCall moved = note("moved", 5);
        DelayedCall cancelled = note("cancelled", 1);
        clock.advance(ofSeconds(1).minusNanos(1));
        moved.reset(ofSeconds(2));
        moved.delay(ofSeconds(-1));
        cancelled.cancel();

        clock.advance(ofSeconds(1));

        assertEquals(List.of("moved at 1"), seen);
        assertFalse(moved.active());
        assertThrows(AlreadyCalled.class, moved::cancel);
        assertThrows(AlreadyCancelled.class, () -> cancelled.delay(ofSeconds(1)));
    }

    /// TIM-4
    @Test
    void aCallThatRunsCountsAsCalled() {
        var handle = new ArrayList<DelayedCall>();
        handle.add(clock.callLater(ZERO, () -> handle.getFirst().cancel()));

        assertThrows(AlreadyCalled.class, () -> clock.advance(ZERO));
    }
}
