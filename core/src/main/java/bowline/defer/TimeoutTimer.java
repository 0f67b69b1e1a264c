package bowline.defer;

import bowline.failure.Failure;
import bowline.time.Clock;
import bowline.time.DelayedCall;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The layer of [Deferred#addTimeout(Duration, Clock)]: cancels the Deferred when the time is up, and
/// turns the [CancelledError] that comes of it into the time-out's own answer (TMO-1 to TMO-5).
final class TimeoutTimer extends Layer {
    private final Deferred<?> deferred;
    private final Callback<Failure, ? extends @Nullable Object> onTimeoutCancel;
    private @Nullable DelayedCall timer;
    private boolean timedOut;

    TimeoutTimer(Deferred<?> deferred, Callback<Failure, ? extends @Nullable Object> onTimeoutCancel) {
        this.deferred = deferred;
        this.onTimeoutCancel = onTimeoutCancel;
    }

    void start(Clock clock, Duration timeout) {
        timer = clock.callLater(timeout, () -> {
            timedOut = true;
            deferred.cancel();
        });
    }

    @Override
    @Nullable Object apply(@Nullable Object result) throws Exception {
        if (timer != null) {
            timer.cancelIfActive();
        }
        if (timedOut && result instanceof Failure failure && failure.value() instanceof CancelledError) {
            return onTimeoutCancel.call(failure);
        }
        return result;
    }
}
