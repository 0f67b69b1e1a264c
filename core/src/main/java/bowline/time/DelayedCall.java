package bowline.time;

import java.time.Duration;

/// The handle of one timed call (TIM-3). Used on the reactor's thread only.
///
/// Once the call has begun it counts as called, so each method but [#active] and [#time] then throws
/// [AlreadyCalled] (TIM-4); after [#cancel] each throws [AlreadyCancelled].
public interface DelayedCall {

    /// Whether the call is still to come: neither called nor cancelled.
    boolean active();

    /// When it is due, in nanoseconds on the clock that made it, delays included.
    long time();

    /// Takes it back. What it would have called is released at once (TIM-6).
    void cancel();

    /// Makes it due `fromNow` from now.
    void reset(Duration fromNow);

    /// Makes it due `later` later than it was; a negative duration brings it forward.
    void delay(Duration later);

    /// Takes it back if it is still to come; otherwise does nothing.
    default void cancelIfActive() {
        if (active()) {
            cancel();
        }
    }
}
