package bowline.protocol;

import org.jspecify.annotations.Nullable;

/// The attempt took longer than it was given (CON-11). Not the time-out of a Deferred (TMO-7).
public class ConnectTimeout extends UserError {
    private static final long serialVersionUID = 1;

    /// With what was attempted and what to do.
    public ConnectTimeout(String message) {
        super(message);
    }

    /// With what the system said.
    public ConnectTimeout(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
