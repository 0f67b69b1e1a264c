package bowline.cred;

/// The credentials are not right (CRD-5). The same for an unknown user and for a wrong password: the text does not tell
/// them apart either.
public class UnauthorizedLogin extends LoginFailed implements Unauthorized {
    private static final long serialVersionUID = 1;

    /// With a text for the log; what the peer is told is the protocol's business.
    public UnauthorizedLogin(String message) {
        super(message);
    }
}
