package bowline.defer;

/// A [DeferredQueue] has no room for another value (LCK-5).
public class QueueOverflow extends IllegalStateException {
    private static final long serialVersionUID = 1;

    QueueOverflow(int size) {
        super("the queue stores " + size + " values, its limit; put more when some have been taken");
    }
}
