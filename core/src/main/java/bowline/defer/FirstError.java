package bowline.defer;

import bowline.failure.Failure;

/// The first failure among several Deferreds, and whose it was (AGG-2, AGG-6). Traceless: the trace that
/// matters is its cause's.
public class FirstError extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Failure failure;
    private final int index;

    FirstError(Failure failure, int index) {
        super("member " + index + " failed: " + failure.message(), failure.value(), true, false);
        this.failure = failure;
        this.index = index;
    }

    /// The member's failure.
    public Failure failure() {
        return failure;
    }

    /// The member's place, counted from 0.
    public int index() {
        return index;
    }
}
