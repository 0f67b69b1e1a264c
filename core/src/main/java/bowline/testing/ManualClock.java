package bowline.testing;

import bowline.failure.Failure;
import bowline.time.Action;
import bowline.time.AlreadyCalled;
import bowline.time.AlreadyCancelled;
import bowline.time.Clock;
import bowline.time.DelayedCall;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A clock that stands still until a test advances it (section 28). It starts at 0.
public final class ManualClock implements Clock {

    /// What [#now] answers before any time has passed.
    public static final Instant START = Instant.parse("2000-01-01T00:00:00Z");

    private final TreeSet<Call> calls =
            new TreeSet<>(Comparator.comparingLong(Call::time).thenComparingLong(call -> call.number));
    private long nanos;
    private long made;

    /// A clock at 0 with no calls.
    public ManualClock() {}

    @Override
    public long nanos() {
        return nanos;
    }

    /// [#START] and what has passed since.
    @Override
    public Instant now() {
        return START.plusNanos(nanos);
    }

    @Override
    public DelayedCall callLater(Duration delay, Action action) {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("delay " + delay + " is negative; nothing can be called in the past");
        }
        var call = new Call(nanos + delay.toNanos(), made++, action);
        calls.add(call);
        return call;
    }

    @Override
    public Collection<DelayedCall> delayedCalls() {
        return new ArrayList<>(calls);
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
        while (!calls.isEmpty() && calls.first().due <= nanos) {
            calls.pollFirst().call();
        }
    }

    /// Advances by each of `times` in turn, so that the times between are seen (CLK-2).
    public void pump(Duration... times) {
        for (Duration time : times) {
            advance(time);
        }
    }

    private final class Call implements DelayedCall {
        private final long number;
        private long due;
        private @Nullable Action action;
        private boolean cancelled;

        Call(long due, long number, Action action) {
            this.due = due;
            this.number = number;
            this.action = action;
        }

        void call() {
            Action called = pending();
            action = null;
            try {
                called.run();
            } catch (Throwable thrown) {
                throw Failure.of(thrown).raise();
            }
        }

        @Override
        public boolean active() {
            return action != null;
        }

        @Override
        public long time() {
            return due;
        }

        @Override
        public void cancel() {
            pending();
            calls.remove(this);
            cancelled = true;
            action = null;
        }

        @Override
        public void reset(Duration fromNow) {
            move(nanos + fromNow.toNanos());
        }

        @Override
        public void delay(Duration later) {
            move(due + later.toNanos());
        }

        private void move(long to) {
            pending();
            calls.remove(this);
            due = to;
            calls.add(this);
        }

        private Action pending() {
            if (cancelled) {
                throw new AlreadyCancelled();
            }
            if (action == null) {
                throw new AlreadyCalled();
            }
            return action;
        }

        @Override
        public String toString() {
            return "call of " + action + " at " + due / 1e9 + " s";
        }
    }
}
