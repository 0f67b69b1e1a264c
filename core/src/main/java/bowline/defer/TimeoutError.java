package bowline.defer;

import java.time.Duration;

/// The result of a Deferred that did not fire in the time given to it by
/// [Deferred#addTimeout(Duration, bowline.time.Clock)] (TMO-2). Not to be confused with the time-out of a
/// connection attempt, `bowline.protocol.ConnectTimeout` (TMO-7).
public class TimeoutError extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Duration timeout;

    /// After `timeout` without a result of `what`.
    public TimeoutError(Duration timeout, String what) {
        super(what + " timed out after " + timeout.toNanos() / 1e9 + " seconds", null, true, false);
        this.timeout = timeout;
    }

    /// The time that was given.
    public Duration timeout() {
        return timeout;
    }
}
