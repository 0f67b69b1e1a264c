package bowline.cred.digest;

import bowline.cred.LoginFailed;

/// The nonce is too old, or of another server or client: challenge anew with `stale=true`, and the client answers
/// without asking its user again (RFC 7616 §3.3).
public class StaleNonce extends LoginFailed {
    private static final long serialVersionUID = 1;

    /// With a text for the log.
    public StaleNonce(String message) {
        super(message);
    }
}
