package bowline.socks;

import bowline.protocol.ConnectError;
import org.jspecify.annotations.Nullable;

/// A proxy on the way could not be reached, or did not do what it was asked to. The message says which proxy, and what
/// it answered in words.
public class ProxyError extends ConnectError {
    private static final long serialVersionUID = 1;

    private final int code;

    ProxyError(String message, int code, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /// The number that the proxy answered: a reply code of SOCKS (RFC 1928 §6; 90 to 93 of SOCKS 4) or a status of
    /// HTTP;
    /// -1 if it gave none.
    public int code() {
        return code;
    }
}
