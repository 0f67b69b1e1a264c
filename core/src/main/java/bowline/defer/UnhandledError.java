package bowline.defer;

import bowline.time.Clock;
import java.time.Duration;

/// The failures at the end of chains that nobody has handled so far. One whose Deferred is collected is
/// logged by itself (UNH-1):
///
///     Unhandled error in Deferred:
///
/// and then the failure. Collection is late and not certain, so a reactor that shuts down and the end
/// of a test call [#reportAll], and [#reportAfter] reports what has waited for some time (UNH-3). Safe for
/// any thread.
public final class UnhandledError {

    private UnhandledError() {}

    /// Logs every failure that no one has handled up to now, once, oldest first, and returns how many
    /// there were.
    public static int reportAll() {
        return UnhandledWatch.report(_ -> true);
    }

    /// From now on logs each failure that no one has handled for `age`, at the latest after twice that,
    /// without waiting for its Deferred to be collected. A failure that is handled later still has been
    /// logged: choose an age beyond what your program may take. Meant for one clock of the process.
    ///
    /// @return stops it
    /// @throws IllegalArgumentException if the age is not positive
    public static Runnable reportAfter(Duration age, Clock clock) {
        if (!age.isPositive()) {
            throw new IllegalArgumentException("age " + age + " is not positive; every failure is unhandled at first");
        }
        return new UnhandledPatrol(clock, age).begin();
    }
}
