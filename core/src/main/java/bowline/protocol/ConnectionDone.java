package bowline.protocol;

import bowline.failure.Failure;

/// The connection was closed cleanly, by either side.
public non-sealed class ConnectionDone extends ConnectionClosed {
    private static final long serialVersionUID = 1;

    /// The shared failure of an ordinary close (FAI-9).
    public static final Failure FAILURE = Failure.of(new ConnectionDone("Connection was closed cleanly."));

    /// With a text of its own.
    public ConnectionDone(String message) {
        super(message, null);
    }
}
