package bowline.service;

import static bowline.testing.DeferredAssertions.assertNoResult;
import static bowline.testing.DeferredAssertions.failureResultOf;
import static bowline.testing.DeferredAssertions.successResultOf;
import static org.assertj.core.api.Assertions.assertThat;

import bowline.defer.Deferred;
import bowline.task.SchedulerStopped;
import bowline.testing.ManualClock;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// SVC-7: a cooperator as a service.
class CooperatorServiceTest {
    private final ManualClock clock = new ManualClock();
    private final CooperatorService service = new CooperatorService(clock);

    @Test
    @DisplayName("SVC-7: tasks take steps from the start to the stop, and again after a second start")
    void tasksTakeStepsWhileItRuns() {
        Deferred<Iterator<Integer>> early = service.coiterate(List.of(1, 2).iterator());
        turn();
        assertNoResult(early);

        service.start();
        turn();
        successResultOf(early);

        Deferred<Iterator<Integer>> endless =
                service.cooperate(Stream.generate(() -> 1).iterator()).whenDone();
        successResultOf(service.stop());
        failureResultOf(endless, SchedulerStopped.class);
        failureResultOf(service.coiterate(List.of(1).iterator()), SchedulerStopped.class);

        service.start();
        Deferred<Iterator<Integer>> late = service.coiterate(List.of(1).iterator());
        turn();
        successResultOf(late);
        assertThat(clock.delayedCalls()).isEmpty();
    }

    private void turn() {
        clock.advance(Duration.ofNanos(10));
    }
}
