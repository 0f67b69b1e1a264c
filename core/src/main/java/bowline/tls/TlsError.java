package bowline.tls;

import bowline.protocol.ConnectionLost;
import bowline.tls.engine.TlsFault;

/// TLS has ended the connection: the handshake failed, a certificate was refused, or what the peer sent is against the
/// rules (TLS-3). The message says whose fault it is, and what.
public final class TlsError extends ConnectionLost {
    private static final long serialVersionUID = 1;

    private final TlsFault fault;

    /// @param fault what was wrong
    public TlsError(TlsFault fault) {
        super(String.valueOf(fault.getMessage()), fault);
        this.fault = fault;
    }

    /// What was wrong, and which alert has told it.
    public TlsFault fault() {
        return fault;
    }
}
