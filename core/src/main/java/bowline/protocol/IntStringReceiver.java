package bowline.protocol;

import bowline.framing.LengthFramer;
import bowline.framing.LengthLimitExceeded;
import bowline.framing.StringLimits;
import bowline.log.Logger;
import bowline.machine.PeerViolation;

/// A protocol of strings behind their length, an unsigned big-endian number (INT-1 to INT-3): see
/// [Int8StringReceiver], [Int16StringReceiver] and [Int32StringReceiver].
public abstract non-sealed class IntStringReceiver extends StringReceiver {
    private static final Logger log = Logger.of(IntStringReceiver.class);

    /// For strings behind a length as wide as `prefix`, within `limits`.
    protected IntStringReceiver(LengthFramer.Prefix prefix, StringLimits limits) {
        super(new LengthFramer(prefix, limits));
    }

    /// The peer announced a string of `length` bytes, more than the limit; it stays unread. By default the
    /// connection is closed (INT-1).
    public void lengthLimitExceeded(long length) {
        log.info(
                "closing: {peer} announced a string of {length} bytes, more than stringMaxBytes",
                transport().peer(),
                length);
        transport().loseConnection();
    }

    @Override
    final void violated(PeerViolation violation) {
        if (!(violation instanceof LengthLimitExceeded exceeded)) {
            throw violation;
        }
        lengthLimitExceeded(exceeded.announced());
    }
}
