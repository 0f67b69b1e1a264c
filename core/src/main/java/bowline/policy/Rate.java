package bowline.policy;

/// How fast bytes may move: on average `bytesPerSecond`, and at once as many as `burstBytes` after a rest.
///
/// @param bytesPerSecond at least 1
/// @param burstBytes at least 1; a burst of less than a packet makes many small ones
public record Rate(long bytesPerSecond, long burstBytes) {

    /// The most that either number can be: 8 GiB.
    public static final long MAX = 8L << 30;

    /// Checks the numbers.
    public Rate {
        if (bytesPerSecond < 1 || burstBytes < 1 || bytesPerSecond > MAX || burstBytes > MAX) {
            throw new IllegalArgumentException("a rate of " + bytesPerSecond + " bytes a second in bursts of "
                    + burstBytes + " bytes is not within 1 and " + MAX);
        }
    }

    /// With a burst of what a tenth of a second brings, and at least 16 KiB.
    public static Rate of(long bytesPerSecond) {
        return new Rate(bytesPerSecond, Math.max(Shaper.TURN_MAX_BYTES, bytesPerSecond / 10));
    }
}
