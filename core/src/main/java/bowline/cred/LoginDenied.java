package bowline.cred;

/// The user is who they say, or nobody can look now, and they may not come in all the same (CRD-5): locked out, too
/// many logins at a time.
public class LoginDenied extends LoginFailed {
    private static final long serialVersionUID = 1;

    /// With a text for the log; what the peer is told is the protocol's business.
    public LoginDenied(String message) {
        super(message);
    }
}
