package bowline.protocol;

import bowline.failure.Failure;

/// We aborted the connection (TRA-8).
public class ConnectionAborted extends ConnectionLost {
    private static final long serialVersionUID = 1;

    /// The shared failure (FAI-9).
    public static final Failure FAILURE = Failure.of(new ConnectionAborted("Connection was aborted."));

    /// With a text of its own.
    public ConnectionAborted(String message) {
        super(message);
    }
}
