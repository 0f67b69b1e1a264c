package bowline.protocol;

import bowline.failure.Failure;
import org.jspecify.annotations.Nullable;

/// The connection broke: reset, broken pipe, limit passed, reactor shutdown.
public non-sealed class ConnectionLost extends ConnectionClosed {
    private static final long serialVersionUID = 1;

    /// The shared failure of a connection that ended for no reason worth more words (FAI-9).
    public static final Failure FAILURE =
            Failure.of(new ConnectionLost("Connection to the other side was lost in a non-clean fashion."));

    /// With the reason.
    public ConnectionLost(String message) {
        this(message, null);
    }

    /// With the reason and what the system said.
    public ConnectionLost(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
