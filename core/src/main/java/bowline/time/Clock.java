package bowline.time;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;

/// The time of one reactor, real or played (sections 11 and 28): a monotonic reading, and calls at a
/// later time. Everything here is for the reactor's own thread.
public interface Clock {

    /// Nanoseconds on a monotonic scale with an arbitrary origin (TIM-2). Only differences mean anything.
    long nanos();

    /// The same reading in seconds (TIM-1).
    default double seconds() {
        return nanos() / 1e9;
    }

    /// The calendar time, for logs and message headers; never for measuring a wait.
    Instant now();

    /// Calls `call` once, `delay` from now, on the reactor's thread; never inside this method, even
    /// when the delay is zero (LOP-1). Calls due at the same time run in order of creation (LOP-6).
    ///
    /// @throws IllegalArgumentException if the delay is negative (TIM-1)
    DelayedCall callLater(Duration delay, Action call);

    /// All calls that are still to come, in no particular order (TIM-7).
    Collection<DelayedCall> delayedCalls();
}
