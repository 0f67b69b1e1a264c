package bowline.service;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// How long to wait before the next attempt to connect (CLS-2).
@FunctionalInterface
public interface RetryPolicy {

    /// The wait after so many failed attempts or losses in a row, at least one.
    Duration delay(int failedAttempts);

    /// The usual policy with a source of randomness of its own.
    static RetryPolicy exponential() {
        return exponential(new SplittableRandom());
    }

    /// The usual policy: 1.5ⁿ seconds but at most 60, and up to a second more by chance, lest all clients
    /// of a server come back at once (CLS-2).
    static RetryPolicy exponential(RandomGenerator random) {
        return new ExponentialRetry(Duration.ofSeconds(1), 1.5, Duration.ofSeconds(60), Duration.ofSeconds(1), random);
    }
}
