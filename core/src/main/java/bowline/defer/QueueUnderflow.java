package bowline.defer;

/// A [DeferredQueue] lets nobody else wait for a value (LCK-5).
public class QueueUnderflow extends IllegalStateException {
    private static final long serialVersionUID = 1;

    QueueUnderflow(int backlog) {
        super("the queue has " + backlog + " waiting, its limit; get more when some have been served");
    }
}
