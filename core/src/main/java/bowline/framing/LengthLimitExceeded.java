package bowline.framing;

import bowline.machine.PeerViolation;

/// The peer announced a string longer than the limit (INT-1).
public final class LengthLimitExceeded extends PeerViolation {
    private static final long serialVersionUID = 1;

    private final long announced;

    LengthLimitExceeded(long announced, int stringMaxBytes) {
        super(
                "string of " + announced + " bytes announced, more than " + stringMaxBytes,
                "limit stringMaxBytes, INT-1");
        this.announced = announced;
    }

    /// The length that the peer announced, in bytes.
    public long announced() {
        return announced;
    }
}
