package bowline.protocol;

/// There is no connection attempt to stop (CON-9).
public class NotConnectingError extends IllegalStateException {
    private static final long serialVersionUID = 1;

    /// With the usual text.
    public NotConnectingError() {
        super("no connection attempt is under way; ask state() first when that can happen");
    }
}
