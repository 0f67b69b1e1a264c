package bowline.protocol;

import bowline.framing.LengthFramer.Prefix;
import bowline.framing.StringLimits;

/// A protocol of strings behind a length of two bytes (INT-1).
public abstract class Int16StringReceiver extends IntStringReceiver {

    /// For strings of up to 99999 bytes, as far as the length can express them.
    protected Int16StringReceiver() {
        this(StringLimits.DEFAULT);
    }

    /// For strings within `limits`.
    protected Int16StringReceiver(StringLimits limits) {
        super(Prefix.INT16, limits);
    }
}
