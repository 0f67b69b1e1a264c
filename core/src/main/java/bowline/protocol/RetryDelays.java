package bowline.protocol;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait between attempts, and how often to try (REC-1).
///
/// @param initial the wait before the first retry, before jitter
/// @param factor what each wait is multiplied with for the next
/// @param jitter the standard deviation of a wait, as a part of it; 0: none
/// @param max the longest wait, jitter included
/// @param maxRetries how many retries before giving up, [#UNLIMITED] for ever
public record RetryDelays(Duration initial, double factor, double jitter, Duration max, int maxRetries) {

    /// Never give up.
    public static final int UNLIMITED = Integer.MAX_VALUE;

    /// From 1 second up to an hour, times e, for ever. The jitter is Twisted's: the molar Planck constant
    /// times the speed of light, in joule metres a mole.
    public static final RetryDelays DEFAULT =
            new RetryDelays(Duration.ofSeconds(1), Math.E, 0.119626565582, Duration.ofHours(1), UNLIMITED);

    /// Checks that waits grow from something to something.
    public RetryDelays {
        if (initial.isNegative() || max.compareTo(initial) < 0) {
            throw new IllegalArgumentException("retry delays from " + initial + " to " + max + " do not grow");
        }
        if (!(factor >= 1) || !(jitter >= 0)) {
            throw new IllegalArgumentException(
                    "factor " + factor + " is less than 1, or jitter " + jitter + " less than 0");
        }
        if (maxRetries < 0) {
            throw new IllegalArgumentException("maxRetries " + maxRetries + " is negative");
        }
    }

    /// The same, giving up after `maxRetries` retries.
    public RetryDelays maxRetries(int maxRetries) {
        return new RetryDelays(initial, factor, jitter, max, maxRetries);
    }

    /// The same without jitter.
    public RetryDelays exact() {
        return new RetryDelays(initial, factor, 0, max, maxRetries);
    }

    /// The base that follows `base` (REC-3).
    Duration after(Duration base) {
        return seconds(seconds(base) * factor);
    }

    /// The wait around `base`: normally distributed, never negative, never beyond the longest (REC-3).
    Duration around(Duration base, RandomGenerator random) {
        if (jitter == 0) {
            return base;
        }
        return seconds(random.nextGaussian(seconds(base), seconds(base) * jitter));
    }

    private Duration seconds(double seconds) {
        if (seconds >= seconds(max)) {
            return max;
        }
        return Duration.ofNanos(Math.round(Math.max(0, seconds) * 1e9));
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
