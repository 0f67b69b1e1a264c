package bowline.cred.ssh;

import bowline.cred.LoginFailed;

/// The key would do; now the client must sign (RFC 4252 §7). Not a login.
public class ValidPublicKey extends LoginFailed {
    private static final long serialVersionUID = 1;

    /// With a text for the log.
    public ValidPublicKey(String message) {
        super(message);
    }
}
