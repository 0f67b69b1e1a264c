package bowline.tls;

import bowline.failure.Failure;
import bowline.protocol.ConnectionLost;

/// The connection has ended without the `close_notify` by which a peer says that it has sent everything (TLS-10): what
/// came may have been cut off by somebody in between.
public final class TlsTruncated extends ConnectionLost {
    private static final long serialVersionUID = 1;

    /// The shared failure of a connection that was cut off after its handshake (FAI-9).
    public static final Failure FAILURE = Failure.of(
            new TlsTruncated("The connection ended without the peer's close_notify: what it has sent may be cut off."));

    /// The shared failure of a connection that was cut off before.
    public static final Failure IN_HANDSHAKE =
            Failure.of(new TlsTruncated("The peer closed the connection in the middle of the TLS handshake."));

    /// With a text of its own.
    public TlsTruncated(String message) {
        super(message);
    }
}
