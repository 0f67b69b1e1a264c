package bowline.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.log.CapturedLogs;
import bowline.testing.ManualClock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// SVC-7: a call again and again.
class TimerServiceTest {
    private final ManualClock clock = new ManualClock();
    private int calls;

    @Test
    void callsAtItsStartAndThenEachInterval() {
        TimerService timer = new TimerService(clock, Duration.ofSeconds(2), () -> calls++);
        timer.start();
        assertEquals(1, calls);
        clock.advance(Duration.ofSeconds(2));
        assertEquals(2, calls);

        assertTrue(timer.stop().hasResult());
        clock.advance(Duration.ofSeconds(10));
        assertEquals(2, calls);
        timer.start();
        assertEquals(3, calls);
    }

    @Test
    void aFailureIsLoggedAndEndsIt() {
        TimerService timer = new TimerService(clock, Duration.ofSeconds(2), () -> {
            calls++;
            throw new IllegalStateException("no more");
        });
        try (var logs = CapturedLogs.open()) {
            timer.start();
            assertEquals(
                    List.of("no more"),
                    logs.failures().stream().map(Failure::message).toList());
        }
        clock.advance(Duration.ofSeconds(10));

        assertEquals(1, calls);
        assertTrue(timer.stop().hasResult());
    }

    @Test
    void stoppingWaitsForTheCallUnderWay() {
        Deferred<Boolean> work = new Deferred<>();
        TimerService timer = TimerService.deferring(clock, Duration.ofSeconds(2), () -> work);
        timer.start();
        Deferred<@Nullable Void> stop = timer.stop();

        assertFalse(stop.hasResult());
        work.callback(true);
        assertTrue(stop.hasResult());
    }

    @Test
    void stoppingWhatNeverStartedIsDoneAtOnce() {
        assertTrue(new TimerService(clock, Duration.ofSeconds(2), () -> calls++)
                .stop()
                .hasResult());
    }

    @Test
    void drainingWaitsForTheCallUnderWayNoLongerThanTold() {
        Deferred<Boolean> work = new Deferred<>();
        TimerService timer = TimerService.deferring(clock, Duration.ofSeconds(2), () -> work);
        timer.start();
        Deferred<@Nullable Void> drained = timer.drain(Duration.ofSeconds(3));
        clock.advance(Duration.ofMillis(2999));
        assertFalse(drained.hasResult());

        try (var logs = CapturedLogs.open()) {
            clock.advance(Duration.ofMillis(1));
            assertEquals(List.of("a timer's call did not end within 3.0 s and is left to itself"), logs.texts());
        }
        assertTrue(drained.hasResult());
        assertFalse(drained.result() instanceof Failure);
        work.callback(true);
    }
}
