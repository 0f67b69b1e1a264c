package bowline.defer;

import bowline.time.Clock;
import bowline.time.DelayedCall;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Goes round the unhandled failures at regular times and reports those it has met before (UNH-3): that
/// needs no time kept with each failure.
final class UnhandledPatrol {
    private final Clock clock;
    private final Duration age;
    private @Nullable DelayedCall next;

    UnhandledPatrol(Clock clock, Duration age) {
        this.clock = clock;
        this.age = age;
    }

    Runnable begin() {
        next = clock.callLater(age, this::round);
        return this::stop;
    }

    private void round() {
        next = clock.callLater(age, this::round);
        UnhandledWatch.report(UnhandledWatch::seenBefore);
    }

    private void stop() {
        if (next != null) {
            next.cancelIfActive();
        }
    }
}
