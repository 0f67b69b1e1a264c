package bowline.cred;

import bowline.bytes.Ascii;

/// The credentials are not right (CRD-5). The same for an unknown user and for a wrong password: the text does not tell
/// them apart either.
public class UnauthorizedLogin extends LoginFailed implements Unauthorized {
    private static final long serialVersionUID = 1;
    private static final int SHOWN_MAX_CHARS = 40;

    /// With a text for the log; what the peer is told is the protocol's business.
    public UnauthorizedLogin(String message) {
        super(message);
    }

    /// The refusal of one who says to be `username`.
    public static UnauthorizedLogin of(String username) {
        return new UnauthorizedLogin("the login of " + Ascii.quote(username, SHOWN_MAX_CHARS) + " is refused");
    }
}
