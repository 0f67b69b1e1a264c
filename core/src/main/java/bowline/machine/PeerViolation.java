package bowline.machine;

import org.jspecify.annotations.Nullable;

/// The peer broke the protocol: what it did, by which rule that is wrong, and how to answer it.
///
/// Carries no stack trace: it tells of the peer's fault, not of a place in our code.
public class PeerViolation extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String source;
    private final @Nullable String reply;

    /// @param what what the peer did, its bytes escaped and shortened
    /// @param source the rule that forbids it, as in `HTTP/1.1 body, RFC 9112 §7.1`
    public PeerViolation(String what, String source) {
        this(what, source, null);
    }

    /// @param reply what to answer before closing, in the protocol's own terms; null: just close
    public PeerViolation(String what, String source, @Nullable String reply) {
        super(what + "; " + source, null, false, false);
        this.source = source;
        this.reply = reply;
    }

    /// The rule that was broken.
    public String source() {
        return source;
    }

    /// The answer to give before closing, if the protocol has one.
    public @Nullable String reply() {
        return reply;
    }
}
