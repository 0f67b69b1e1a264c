package bowline.tls;

import bowline.protocol.ConnectionLost;

/// Bytes had come in clear behind the point where TLS was to begin. Somebody in between may have put them there, so
/// nothing is made of them, and the connection ends (M4).
public final class InjectedClearText extends ConnectionLost {
    private static final long serialVersionUID = 1;

    /// @param bytes how many
    public InjectedClearText(int bytes) {
        super(bytes + " bytes came in clear behind the point where TLS begins; a peer waits for the answer before it"
                + " begins the handshake, so they may be somebody else's");
    }
}
