package bowline.web.client;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A response did not come, or not to its end: the connection broke, took too long, or carried what is no HTTP.
public class ResponseFailed extends IOException {
    private static final long serialVersionUID = 1;

    private final boolean begun;

    /// @param begun whether any byte of the response had come
    ResponseFailed(String message, @Nullable Throwable cause, boolean begun) {
        super(message, cause);
        this.begun = begun;
    }

    /// Whether any byte of the response had come. If not, and the connection had been used before, the server may
    /// just have closed it as idle: such a request is tried once more (WEB-9).
    public boolean begun() {
        return begun;
    }
}
