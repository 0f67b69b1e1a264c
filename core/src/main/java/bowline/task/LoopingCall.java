package bowline.task;

import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.time.Action;
import bowline.time.Clock;
import bowline.time.DelayedCall;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// Calls something again and again at the points start + k × interval of a clock (TSK-1 to TSK-10).
///
/// A call that comes late, or takes long, skips the points it missed: there are never two calls to
/// catch up, and never two at a time. One that returns a Deferred is over when that fires (TSK-4).
/// Used on the clock's thread only.
///
///     var heartbeat = new LoopingCall(reactor, this::beat);
///     heartbeat.start(ofSeconds(30)).addErrback(log::failure);
public final class LoopingCall {
    private final Clock clock;
    private final Step step;
    private final boolean counts;

    private @Nullable Deferred<LoopingCall> finished;
    private @Nullable DelayedCall next;
    private boolean running;
    private boolean calling;
    private long intervalNanos;
    private long originNanos;
    private long lastCountedNanos;

    /// What is called with the number of points since the call before (TSK-9).
    @FunctionalInterface
    public interface Counted {
        /// The work. `points` is at least 1; more than 1 when calls were skipped.
        void call(long points) throws Exception;
    }

    /// What is called with the number of points, and waited for.
    @FunctionalInterface
    public interface CountedDeferring {
        /// The work. `points` is at least 1; more than 1 when calls were skipped.
        Deferred<?> call(long points) throws Exception;
    }

    private interface Step {
        @Nullable
        Deferred<?> take(long points) throws Exception;
    }

    /// A loop that calls `call`.
    public LoopingCall(Clock clock, Action call) {
        this(clock, false, _ -> {
            call.run();
            return null;
        });
    }

    private LoopingCall(Clock clock, boolean counts, Step step) {
        this.clock = clock;
        this.counts = counts;
        this.step = step;
    }

    /// A loop that waits for the Deferred of each call before it plans the next (TSK-4).
    public static LoopingCall deferring(Clock clock, Callable<? extends Deferred<?>> call) {
        return new LoopingCall(clock, false, _ -> call.call());
    }

    /// A loop that tells each call how many points of the grid have passed since the one before (TSK-9).
    public static LoopingCall withCount(Clock clock, Counted call) {
        return new LoopingCall(clock, true, points -> {
            call.call(points);
            return null;
        });
    }

    /// Both: [#withCount] and [#deferring].
    public static LoopingCall withCountDeferring(Clock clock, CountedDeferring call) {
        return new LoopingCall(clock, true, call::call);
    }

    /// Starts with a first call inside this one (TSK-2).
    public Deferred<LoopingCall> start(Duration interval) {
        return start(interval, true);
    }

    /// Starts. The Deferred fires with this after [#stop], or with the failure of a call, which ends the
    /// loop (TSK-6, TSK-7). Cancelling it stops the loop too.
    ///
    /// @param interval from point to point; zero calls on each turn of the loop (TSK-5)
    /// @param now whether the first call is made at once, inside this one, or an interval later
    /// @throws IllegalArgumentException if the interval is negative
    /// @throws IllegalStateException if it is running, or its last call is not over
    public Deferred<LoopingCall> start(Duration interval, boolean now) {
        if (interval.isNegative()) {
            throw new IllegalArgumentException("interval " + interval + " is negative; zero calls on each turn");
        }
        if (running || calling) {
            throw new IllegalStateException(
                    "a LoopingCall was started while it runs; stop() it and wait for its Deferred");
        }
        var finished = new Deferred<LoopingCall>(_ -> halt());
        this.finished = finished;
        running = true;
        intervalNanos = interval.toNanos();
        originNanos = clock.nanos();
        lastCountedNanos = now ? originNanos - intervalNanos : originNanos;
        if (now) {
            call();
        } else {
            plan();
        }
        return finished;
    }

    /// Stops. The Deferred of [#start] fires: at once, or after the call that is not over yet (TSK-7).
    ///
    /// @throws IllegalStateException if it is not running
    public void stop() {
        requireRunning("stop()");
        halt();
        if (!calling) {
            finish(this);
        }
    }

    /// Begins the grid anew: the next call is an interval from now (TSK-8).
    ///
    /// @throws IllegalStateException if it is not running
    public void reset() {
        requireRunning("reset()");
        originNanos = clock.nanos();
        if (next != null) {
            next.cancel();
            plan();
        }
    }

    /// Whether it has been started and neither stopped nor failed.
    public boolean running() {
        return running;
    }

    /// The time from point to point; zero before the first start.
    public Duration interval() {
        return Duration.ofNanos(intervalNanos);
    }

    private void requireRunning(String what) {
        if (!running) {
            throw new IllegalStateException(what + " on a LoopingCall that is not running; ask running() first");
        }
    }

    private void halt() {
        running = false;
        if (next != null) {
            next.cancel();
            next = null;
        }
    }

    /// Plans the call at the next point: whole nanoseconds, so that no rounding ever makes a point come
    /// twice (TSK-10).
    private void plan() {
        long wait = intervalNanos == 0 ? 0 : intervalNanos - (clock.nanos() - originNanos) % intervalNanos;
        next = clock.callLater(Duration.ofNanos(wait), this::call);
    }

    private void call() {
        next = null;
        long points = counts ? countPoints() : 1;
        if (points == 0) {
            plan();
            return;
        }
        calling = true;
        Deferred<?> waitedFor = take(points);
        if (waitedFor == null) {
            ended(null);
        } else {
            waitedFor.<@Nullable Void>addBoth((_, failure) -> {
                ended(failure);
                return null;
            });
        }
    }

    private @Nullable Deferred<?> take(long points) {
        try {
            return step.take(points);
        } catch (Throwable thrown) {
            return Deferred.fail(thrown);
        }
    }

    private void ended(@Nullable Failure failure) {
        calling = false;
        if (failure != null) {
            running = false;
            finish(failure);
        } else if (running) {
            plan();
        } else {
            finish(this);
        }
    }

    /// How many points have passed since the last call that counted.
    private long countPoints() {
        if (intervalNanos == 0) {
            return 1;
        }
        long now = clock.nanos();
        long points = (now - originNanos) / intervalNanos - (lastCountedNanos - originNanos) / intervalNanos;
        if (points > 0) {
            lastCountedNanos = now;
        }
        return points;
    }

    private void finish(Object outcome) {
        Deferred<LoopingCall> fired = finished;
        finished = null;
        if (fired == null || fired.called()) {
            return; // it was cancelled
        }
        if (outcome instanceof Failure failure) {
            fired.errback(failure);
        } else {
            fired.callback(this);
        }
    }
}
