package bowline.defer;

import bowline.failure.Debug;

/// The result of a Deferred that was cancelled (CAN-2). Traceless unless debugging.
public class CancelledError extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// With the usual text.
    public CancelledError() {
        this("the operation was cancelled");
    }

    /// With a text that says what was cancelled.
    public CancelledError(String message) {
        super(message, null, true, Debug.enabled());
    }
}
