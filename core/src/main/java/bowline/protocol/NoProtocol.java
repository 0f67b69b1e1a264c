package bowline.protocol;

import org.jspecify.annotations.Nullable;

/// The factory refused to make a protocol for the connection (END-2).
public class NoProtocol extends ConnectError {
    private static final long serialVersionUID = 1;

    /// With what was attempted and what to do.
    public NoProtocol(String message) {
        super(message);
    }

    /// With what the system said.
    public NoProtocol(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
