package bowline.protocol;

import org.jspecify.annotations.Nullable;

/// The system gave up waiting for an answer (CON-12).
public class TcpTimedOut extends ConnectError {
    private static final long serialVersionUID = 1;

    /// With what was attempted and what to do.
    public TcpTimedOut(String message) {
        super(message);
    }

    /// With what the system said.
    public TcpTimedOut(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
