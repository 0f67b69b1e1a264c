package bowline.policy;

/// How much may be moved now, at a [Rate]: tokens come in at its pace, up to its burst, one for each byte. Full in the
/// beginning. Counts in billionths of a token, so that nothing is lost to rounding. Told the time, never asks for it.
final class TokenBucket {
    private static final long NANOS = 1_000_000_000;

    private final long perSecond;
    private final long fullNanoTokens;
    private long nanoTokens;
    private long filledAt;

    TokenBucket(Rate rate, long now) {
        perSecond = rate.bytesPerSecond();
        fullNanoTokens = rate.burstBytes() * NANOS;
        nanoTokens = fullNanoTokens;
        filledAt = now;
    }

    /// Whole tokens there are at `now`.
    long available(long now) {
        long elapsed = now - filledAt;
        long untilFull = (fullNanoTokens - nanoTokens) / perSecond + 1;
        nanoTokens = elapsed >= untilFull ? fullNanoTokens : Math.min(fullNanoTokens, nanoTokens + elapsed * perSecond);
        filledAt = now;
        return nanoTokens / NANOS;
    }

    /// Takes tokens that are available.
    void take(long tokens) {
        nanoTokens -= tokens * NANOS;
    }

    /// How long it is from the last look until there are `tokens`, if nobody takes any.
    long nanosUntil(long tokens) {
        long missing = tokens * NANOS - nanoTokens;
        return missing <= 0 ? 0 : (missing + perSecond - 1) / perSecond;
    }
}
