package bowline.socks.message;

import bowline.machine.PeerViolation;

/// A client broke the protocol in a way that can still be answered.
public final class SocksViolation extends PeerViolation {
    private static final long serialVersionUID = 1;

    private final ReplyCode code;

    SocksViolation(String what, String source, ReplyCode code) {
        super(what, source);
        this.code = code;
    }

    /// How to answer, where the conversation has come so far that there is an answer.
    public ReplyCode code() {
        return code;
    }
}
