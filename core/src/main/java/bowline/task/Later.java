package bowline.task;

import bowline.defer.Deferred;
import bowline.time.Clock;
import bowline.time.DelayedCall;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// A wait as a Deferred (TSK-11). Meant for a static import:
///
///     deferLater(reactor, ofSeconds(1)).addCallbackDeferring(_ -> agent.getPage(uri))
public final class Later {
    private final Deferred<@Nullable Void> over;
    private final DelayedCall call;

    private Later(Clock clock, Duration delay) {
        over = new Deferred<>(_ -> unschedule());
        call = clock.callLater(delay, () -> over.callback(null));
    }

    private void unschedule() {
        call.cancel();
    }

    /// Fires with null, `delay` from now. Cancelling leaves no timed call.
    ///
    /// @throws IllegalArgumentException if the delay is negative
    public static Deferred<@Nullable Void> deferLater(Clock clock, Duration delay) {
        return new Later(clock, delay).over;
    }

    /// Fires with what `work` answers, which is called `delay` from now, and never if this is cancelled.
    ///
    /// @throws IllegalArgumentException if the delay is negative
    public static <T extends @Nullable Object> Deferred<T> deferLater(Clock clock, Duration delay, Callable<T> work) {
        return deferLater(clock, delay).addCallback(_ -> work.call());
    }
}
