package bowline.service;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// Waits that grow by a factor up to a maximum, and a little more by chance (CLS-2).
///
/// @param initial what is multiplied
/// @param factor by what, for each failed attempt
/// @param max the longest wait, before `jitter`
/// @param jitter less than so much is added by chance
/// @param random where the chance comes from
record ExponentialRetry(Duration initial, double factor, Duration max, Duration jitter, RandomGenerator random)
        implements RetryPolicy {
    /// Attempts after which the wait grows no more, so that the power stays a number.
    private static final int ATTEMPTS_MAX = 100;

    @Override
    public Duration delay(int failedAttempts) {
        double grown = initial.toNanos() * Math.pow(factor, Math.min(ATTEMPTS_MAX, failedAttempts));
        double nanos = Math.min(grown, (double) max.toNanos()) + random.nextDouble() * jitter.toNanos();
        return Duration.ofNanos((long) nanos);
    }
}
