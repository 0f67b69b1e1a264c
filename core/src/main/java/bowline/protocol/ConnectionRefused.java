package bowline.protocol;

import org.jspecify.annotations.Nullable;

/// Nobody listens at that address (CON-12).
public class ConnectionRefused extends ConnectError {
    private static final long serialVersionUID = 1;

    /// With what was attempted and what to do.
    public ConnectionRefused(String message) {
        super(message);
    }

    /// With what the system said.
    public ConnectionRefused(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
