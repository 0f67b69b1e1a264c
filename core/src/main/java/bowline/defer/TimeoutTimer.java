package bowline.defer;

import bowline.failure.Failure;
import bowline.time.Clock;
import bowline.time.DelayedCall;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The layer of [Deferred#addTimeout(Duration, Clock)]: cancels the Deferred when the time is up, and
/// puts the time-out's own answer in the place of what came of it (TMO-1 to TMO-5).
final class TimeoutTimer extends Layer {
    private final Duration timeout;
    private final DelayedCall timer;
    private final @Nullable BothCallback<@Nullable Object, @Nullable Object> onTimeoutCancel;
    private boolean timedOut;

    @SuppressWarnings("unchecked")
    TimeoutTimer(Deferred<?> deferred, Duration timeout, Clock clock, @Nullable BothCallback<?, ?> onTimeoutCancel) {
        this.timeout = timeout;
        this.onTimeoutCancel = (BothCallback<@Nullable Object, @Nullable Object>) onTimeoutCancel;
        this.timer = clock.callLater(timeout, () -> {
            timedOut = true;
            deferred.cancel();
        });
    }

    @Override
    @Nullable
    Object apply(@Nullable Object result) throws Exception {
        timer.cancelIfActive();
        if (!timedOut) {
            return result;
        }
        if (onTimeoutCancel != null) {
            return result instanceof Failure failure
                    ? onTimeoutCancel.call(null, failure)
                    : onTimeoutCancel.call(result, null);
        }
        return wasCancelled(result) ? Failure.of(new TimeoutError(timeout, "Deferred")) : result;
    }

    private static boolean wasCancelled(@Nullable Object result) {
        return result instanceof Failure failure && failure.value() instanceof CancelledError;
    }
}
