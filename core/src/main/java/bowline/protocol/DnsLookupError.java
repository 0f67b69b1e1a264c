package bowline.protocol;

import org.jspecify.annotations.Nullable;

/// The name could not be looked up, or has no address (CON-12, HEY-5).
public class DnsLookupError extends ConnectError {
    private static final long serialVersionUID = 1;

    /// With what was attempted and what to do.
    public DnsLookupError(String message) {
        super(message);
    }

    /// With what the system said.
    public DnsLookupError(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
