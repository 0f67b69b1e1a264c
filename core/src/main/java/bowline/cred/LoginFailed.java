package bowline.cred;

/// A login came to nothing (CRD-5); the kinds say why. Carries no stack trace: it tells of a peer, not of a place
/// in our code, and peers can make as many as they like.
public class LoginFailed extends Exception {
    private static final long serialVersionUID = 1;

    /// With a text for the log; what the peer is told is the protocol's business.
    public LoginFailed(String message) {
        super(message, null, false, false);
    }
}
