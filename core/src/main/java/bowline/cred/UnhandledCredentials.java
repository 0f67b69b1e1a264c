package bowline.cred;

/// No checker takes this kind of credentials (CRD-2): a fault of the program's portal, or of a peer that chose it.
public class UnhandledCredentials extends LoginFailed {
    private static final long serialVersionUID = 1;

    /// With a text for the log; what the peer is told is the protocol's business.
    public UnhandledCredentials(String message) {
        super(message);
    }
}
