package bowline.protocol;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Why a connection ended, as given to `connectionLost` (TRA-13). Clean ends are [ConnectionDone],
/// all others kinds of [ConnectionLost].
public abstract sealed class ConnectionClosed extends IOException permits ConnectionDone, ConnectionLost {
    private static final long serialVersionUID = 1;

    /// Without a trace: it tells of an event on the wire, not of a place in our code (FAI-9).
    protected ConnectionClosed(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    @Override
    public final Throwable fillInStackTrace() {
        return this;
    }
}
