package bowline.protocol;

import bowline.framing.LengthFramer.Prefix;
import bowline.framing.StringLimits;

/// A protocol of strings behind a length of one byte (INT-1).
public abstract class Int8StringReceiver extends IntStringReceiver {

    /// For strings of up to 99999 bytes, as far as the length can express them.
    protected Int8StringReceiver() {
        this(StringLimits.DEFAULT);
    }

    /// For strings within `limits`.
    protected Int8StringReceiver(StringLimits limits) {
        super(Prefix.INT8, limits);
    }
}
