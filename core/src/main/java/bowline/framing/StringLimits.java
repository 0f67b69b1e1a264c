package bowline.framing;

/// How long a counted string may be (NST-1, INT-1).
///
/// @param stringMaxBytes the longest string taken, in bytes, without what frames it
public record StringLimits(int stringMaxBytes) {

    /// 99999 bytes, the limit unless another is given.
    public static final StringLimits DEFAULT = new StringLimits(99_999);

    /// Checks the limit.
    public StringLimits {
        if (stringMaxBytes < 0) {
            throw new IllegalArgumentException("stringMaxBytes " + stringMaxBytes + " is negative");
        }
    }
}
