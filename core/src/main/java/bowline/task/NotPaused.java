package bowline.task;

/// A [CooperativeTask] was resumed more often than it was paused (COO-4).
public final class NotPaused extends IllegalStateException {
    private static final long serialVersionUID = 1;

    NotPaused() {
        super("resume() without pause(): each pause is ended once");
    }
}
