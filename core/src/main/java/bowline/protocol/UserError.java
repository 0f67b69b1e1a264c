package bowline.protocol;

import org.jspecify.annotations.Nullable;

/// The attempt was ended by the program (CON-9).
public class UserError extends ConnectError {
    private static final long serialVersionUID = 1;

    /// With what was attempted and what to do.
    public UserError(String message) {
        super(message);
    }

    /// With what the system said.
    public UserError(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
