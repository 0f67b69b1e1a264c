package bowline.testing;

import bowline.failure.Failure;
import bowline.time.Action;
import bowline.time.Clock;
import bowline.time.DelayedCall;
import bowline.time.TimerQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;

/// A clock that stands still until a test advances it (section 28). It starts at 0.
public final class ManualClock implements Clock {

    /// What [#now] answers before any time has passed.
    public static final Instant START = Instant.parse("2000-01-01T00:00:00Z");

    private final TimerQueue calls = new TimerQueue(this::nanos);
    private final Instant start;
    private long nanos;

    /// A clock at 0 with no calls.
    public ManualClock() {
        this(START);
    }

    /// The same on another day.
    ManualClock(Instant start) {
        this.start = start;
    }

    @Override
    public long nanos() {
        return nanos;
    }

    /// [#START] and what has passed since.
    @Override
    public Instant now() {
        return start.plusNanos(nanos);
    }

    @Override
    public DelayedCall callLater(Duration delay, Action action) {
        return calls.add(delay, action);
    }

    @Override
    public Collection<DelayedCall> delayedCalls() {
        return calls.pending();
    }

    /// Lets `time` pass: the clock jumps first, then everything due runs in order of due time, each call
    /// seeing the final time, and so does what becomes due meanwhile (CLK-1). What a call throws
    /// is thrown here, and the calls behind it wait for the next advance (CLK-3).
    ///
    /// @throws IllegalArgumentException if the time is negative
    public void advance(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("cannot advance by " + time + ": time does not go back");
        }
        nanos += time.toNanos();
        for (var call = calls.takeDue(nanos); call != null; call = calls.takeDue(nanos)) {
            run(call);
        }
    }

    private static void run(TimerQueue.Timer call) {
        try {
            call.run();
        } catch (Throwable thrown) {
            throw Failure.of(thrown).raise();
        }
    }

    /// Advances by each of `times` in turn, so that the times between are seen (CLK-2).
    public void pump(Duration... times) {
        for (Duration time : times) {
            advance(time);
        }
    }
}
