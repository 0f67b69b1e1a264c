package bowline.protocol;

import org.jspecify.annotations.Nullable;

/// The local address of the attempt could not be taken (CON-12).
public class ConnectBindError extends ConnectError {
    private static final long serialVersionUID = 1;

    /// With what was attempted and what to do.
    public ConnectBindError(String message) {
        super(message);
    }

    /// With what the system said.
    public ConnectBindError(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
