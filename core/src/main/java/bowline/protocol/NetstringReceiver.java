package bowline.protocol;

import bowline.framing.NetstringFramer;
import bowline.framing.StringLimits;
import bowline.log.Logger;
import bowline.machine.PeerViolation;
import java.nio.ByteBuffer;

/// A protocol of netstrings, `<length>:<bytes>,` (NST-1 to NST-3).
public abstract non-sealed class NetstringReceiver extends StringReceiver {
    private static final Logger log = Logger.of(NetstringReceiver.class);

    private boolean brokenPeer;

    /// For strings of up to 99999 bytes.
    protected NetstringReceiver() {
        this(StringLimits.DEFAULT);
    }

    /// For strings within `limits`.
    protected NetstringReceiver(StringLimits limits) {
        super(new NetstringFramer(limits));
    }

    /// Whether the peer sent what is no netstring, or too long a one. The connection was closed then, and
    /// nothing more is parsed (NST-2).
    public final boolean brokenPeer() {
        return brokenPeer;
    }

    @Override
    public void dataReceived(ByteBuffer unread) {
        if (brokenPeer) {
            unread.position(unread.limit());
        } else {
            super.dataReceived(unread);
        }
    }

    @Override
    final void violated(PeerViolation violation) {
        brokenPeer = true;
        log.info("closing: {peer} sent {violation}", transport().peer(), violation.getMessage());
        transport().loseConnection();
    }
}
