package bowline.task;

import static bowline.task.Later.deferLater;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import bowline.defer.CancelledError;
import bowline.defer.DeferredLock;
import bowline.testing.ManualClock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// TSK-11: a wait as a Deferred.
class LaterTest {
    private final ManualClock clock = new ManualClock();
    private final List<Object> seen = new ArrayList<>();

    @Test
    @DisplayName("TSK-11: fires with null when the time has passed")
    void firesWithNull() {
        var waited = deferLater(clock, ofSeconds(2));

        clock.advance(ofSeconds(1));
        assertThat(waited.called()).isFalse();
        clock.advance(ofSeconds(1));

        assertThat(waited.result()).isNull();
    }

    @Test
    @DisplayName("TSK-11: fires with what the work answers, or throws")
    void firesWithTheWorksAnswer() {
        var done = deferLater(clock, ofSeconds(1), () -> "done");
        deferLater(clock, ofSeconds(1), () -> {
                    throw new IOException("broken");
                })
                .addErrback(failure -> seen.add(failure.message()));

        clock.advance(ofSeconds(1));

        assertThat(done.result()).isEqualTo("done");
        assertThat(seen).containsExactly("broken");
    }

    @Test
    @DisplayName("TSK-11: cancelled, it leaves no timed call and does no work")
    void cancelledItDoesNothing() {
        var done = deferLater(clock, ofSeconds(1), () -> seen.add("worked"));

        done.cancel();
        done.onFailure(failure -> seen.add(failure.type())).addErrback(_ -> false);

        assertThat(clock.delayedCalls()).isEmpty();
        assertThat(seen).containsExactly(CancelledError.class);
    }

    @Test
    @DisplayName("TSK-11: a negative delay is refused")
    void aNegativeDelayIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> deferLater(clock, ofSeconds(-1)));
    }

    @Test
    @DisplayName("methods that Deferreds and locks inherit can be named from other packages")
    void inheritedMethodsCanBeNamed() {
        var lock = new DeferredLock();
        lock.acquire();
        var waited = deferLater(clock, ofSeconds(5));
        clock.callLater(ofSeconds(1), lock::release);
        clock.callLater(ofSeconds(2), waited::cancel);

        clock.advance(ofSeconds(2));

        assertThat(lock.locked()).isFalse();
        waited.onFailure(failure -> seen.add(failure.type())).addErrback(_ -> null);
        assertThat(seen).containsExactly(CancelledError.class);
    }
}
