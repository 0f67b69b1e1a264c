package bowline.task;

/// Work was not let in by an [Admission]: too much is under way already. Who gets it may try later, or elsewhere.
public final class Overloaded extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Reason reason;

    /// Why.
    public enum Reason {
        /// As much as may wait was waiting.
        QUEUE_FULL,
        /// Its turn did not come in time.
        WAITED_TOO_LONG,
        /// Nothing new is let in: the program comes to its end.
        DRAINING
    }

    Overloaded(Reason reason, String message) {
        super(message, null, true, false);
        this.reason = reason;
    }

    /// Why.
    public Reason reason() {
        return reason;
    }
}
