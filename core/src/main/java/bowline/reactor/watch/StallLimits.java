package bowline.reactor.watch;

import java.time.Duration;

/// How long things may last in a reactor before the log is told of them.
///
/// @param callback what one call of the program may take: nothing else is served meanwhile. Longer ones are reported,
///     for certain when they take a quarter more, and again each time they have lasted twice as long
/// @param parked how long a coroutine may be set aside, waiting for a result or in a blocking call; zero: as long as it
///     likes, for many wait for what may never come, such as the next visitor. Reported again each time it has lasted
///     twice as long
/// @param framesMax most frames of a stack that a report shows
public record StallLimits(Duration callback, Duration parked, int framesMax) {

    /// The shortest time that can be asked for: below it, watching would be work.
    public static final Duration SHORTEST = Duration.ofMillis(10);

    /// The longest.
    public static final Duration LONGEST = Duration.ofDays(365);

    /// One second for a callback, coroutines at their leisure, 50 frames.
    public static final StallLimits DEFAULT = new StallLimits(Duration.ofSeconds(1), Duration.ZERO, 50);

    /// Checks the values.
    public StallLimits {
        checkRange("callback", callback);
        if (!parked.isZero()) {
            checkRange("parked", parked);
        }
        if (framesMax < 1) {
            throw new IllegalArgumentException("framesMax " + framesMax + " is less than 1");
        }
    }

    private static void checkRange(String name, Duration time) {
        if (time.compareTo(SHORTEST) < 0 || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    name + " " + time + " is not between " + SHORTEST + " and " + LONGEST + ", the limits there are");
        }
    }

    /// The same with another budget for a callback.
    public StallLimits callback(Duration budget) {
        return new StallLimits(budget, parked, framesMax);
    }

    /// The same with a limit for coroutines; zero for none.
    public StallLimits parked(Duration limit) {
        return new StallLimits(callback, limit, framesMax);
    }

    /// The same with longer or shorter stacks.
    public StallLimits framesMax(int frames) {
        return new StallLimits(callback, parked, frames);
    }
}
