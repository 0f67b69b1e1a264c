package bowline.defer;

import bowline.time.Clock;
import bowline.time.DelayedCall;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Goes round the unhandled failures at regular times and reports those that were there the time before
/// (UNH-3): that needs no time kept with each failure. Several may be on their way, one for each reactor.
final class UnhandledPatrol {
    private final Clock clock;
    private final Duration age;
    private @Nullable DelayedCall next;
    private long begunLastTime;

    UnhandledPatrol(Clock clock, Duration age) {
        this.clock = clock;
        this.age = age;
    }

    Runnable begin() {
        begunLastTime = UnhandledWatch.begun();
        next = clock.callLater(age, this::round);
        return this::stop;
    }

    private void round() {
        next = clock.callLater(age, this::round);
        long old = begunLastTime;
        begunLastTime = UnhandledWatch.begun();
        UnhandledWatch.report(watch -> watch.beganBy(old));
    }

    private void stop() {
        if (next != null) {
            next.cancelIfActive();
        }
    }
}
