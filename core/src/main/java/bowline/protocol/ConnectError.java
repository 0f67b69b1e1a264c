package bowline.protocol;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A connection could not be made (CON-12). The kinds say why.
public class ConnectError extends IOException {
    private static final long serialVersionUID = 1;

    /// With what was attempted and what to do.
    public ConnectError(String message) {
        super(message);
    }

    /// With what the system said.
    public ConnectError(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
