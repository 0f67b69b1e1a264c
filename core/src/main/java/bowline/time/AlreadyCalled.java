package bowline.time;

/// Thrown by the methods of a [DelayedCall] that has run or is running (TIM-3, TIM-4).
public final class AlreadyCalled extends IllegalStateException {
    private static final long serialVersionUID = 1;

    /// Made by clocks.
    public AlreadyCalled() {
        super("the timed call has been called already; a DelayedCall is of no more use once it has run");
    }
}
