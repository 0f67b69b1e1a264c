package bowline.time;

/// Thrown by the methods of a [DelayedCall] that was cancelled (TIM-3).
public final class AlreadyCancelled extends IllegalStateException {
    private static final long serialVersionUID = 1;

    /// Made by clocks.
    public AlreadyCancelled() {
        super("the timed call was cancelled before; ask active() first when that can happen");
    }
}
