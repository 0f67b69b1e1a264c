package bowline.protocol;

import org.jspecify.annotations.Nullable;

/// The network or host cannot be reached (CON-12).
public class NoRouteError extends ConnectError {
    private static final long serialVersionUID = 1;

    /// With what was attempted and what to do.
    public NoRouteError(String message) {
        super(message);
    }

    /// With what the system said.
    public NoRouteError(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
