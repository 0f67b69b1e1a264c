package bowline.task;

import bowline.defer.Deferred;
import bowline.task.Overloaded.Reason;
import bowline.time.Clock;
import bowline.time.DelayedCall;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// Lets in only so much work at a time: some runs, some waits for a bounded time in a bounded queue, and the rest is
/// turned away at once with [Overloaded], while there is still time to say so.
///
///     var admission = new Admission(reactor, new Admission.Limits(100, 1000, ofSeconds(2)));
///     admission.run(() -> database.query(sql)).addErrback(…)
///
/// First come, first served. Used on the clock's thread only.
public final class Admission {
    private final Clock clock;
    private final Limits limits;
    private final LinkedHashSet<Entry<?>> queue = new LinkedHashSet<>();
    private final ArrayDeque<Deferred<@Nullable Void>> drains = new ArrayDeque<>();
    private int running;
    private boolean lettingIn;
    private boolean draining;
    private long admitted;
    private long refused;

    /// How much is let in.
    ///
    /// @param maxRunning how many operations may be under way, at least 1
    /// @param maxWaiting how many more may wait for their turn; zero: none
    /// @param maxWait how long one may wait
    public record Limits(int maxRunning, int maxWaiting, Duration maxWait) {
        /// Checks that anything can be let in at all.
        public Limits {
            if (maxRunning < 1 || maxWaiting < 0) {
                throw new IllegalArgumentException("maxRunning " + maxRunning + " is less than 1 or maxWaiting "
                        + maxWaiting + " less than 0: nothing could be let in");
            }
            if (maxWait.isNegative()) {
                throw new IllegalArgumentException("maxWait " + maxWait + " is negative; let maxWaiting be 0 instead");
            }
        }
    }

    /// An admission with nothing under way.
    public Admission(Clock clock, Limits limits) {
        this.clock = clock;
        this.limits = limits;
    }

    /// Calls `work` when its turn comes: at once, if there is room. The Deferred carries its result, or fails
    /// with [Overloaded], and then `work` is not called. Cancelling it while it waits takes it out of the
    /// queue; cancelling it later cancels the work, whose place is free when that is over.
    public <T extends @Nullable Object> Deferred<T> run(Callable<? extends Deferred<? extends T>> work) {
        if (draining) {
            return refuse(Reason.DRAINING, "nothing new is let in: it is about to end");
        }
        var entry = new Entry<T>(work);
        if (running < limits.maxRunning) {
            entry.begin();
        } else if (queue.size() < limits.maxWaiting) {
            entry.await();
        } else {
            return refuse(
                    Reason.QUEUE_FULL,
                    limits.maxRunning + " are under way and " + limits.maxWaiting + " wait (maxWaiting); try later");
        }
        return entry.result;
    }

    private <T extends @Nullable Object> Deferred<T> refuse(Reason reason, String message) {
        refused++;
        return Deferred.fail(new Overloaded(reason, message));
    }

    /// Lets nothing new in and turns away what waits. The Deferred fires when nothing is under way any more.
    public Deferred<@Nullable Void> drain() {
        draining = true;
        while (!queue.isEmpty()) {
            queue.getFirst().turnAway(Reason.DRAINING, "its turn had not come when the end came");
        }
        var drained = new Deferred<@Nullable Void>();
        drains.add(drained);
        tellIfDrained();
        return drained;
    }

    /// Not from inside itself: work that is over as soon as it begins would otherwise recurse once for each that
    /// waits.
    private void letIn() {
        if (lettingIn) {
            return;
        }
        lettingIn = true;
        while (running < limits.maxRunning && !queue.isEmpty()) {
            queue.getFirst().begin();
        }
        lettingIn = false;
    }

    private void tellIfDrained() {
        while (draining && running == 0 && !drains.isEmpty()) {
            Deferred<@Nullable Void> drained = drains.remove();
            if (!drained.called()) {
                drained.callback(null);
            }
        }
    }

    /// How many operations are under way.
    public int running() {
        return running;
    }

    /// How many wait for their turn.
    public int waiting() {
        return queue.size();
    }

    /// How many were let in so far.
    public long admitted() {
        return admitted;
    }

    /// How many were turned away so far, for whatever reason.
    public long refused() {
        return refused;
    }

    /// One piece of work on its way through.
    private final class Entry<T extends @Nullable Object> {
        private final Callable<? extends Deferred<? extends T>> work;
        private final Deferred<T> result = new Deferred<>(_ -> cancel());
        private @Nullable DelayedCall patience;
        private @Nullable Deferred<T> operation;

        Entry(Callable<? extends Deferred<? extends T>> work) {
            this.work = work;
        }

        void await() {
            queue.add(this);
            patience = clock.callLater(
                    limits.maxWait,
                    () -> turnAway(
                            Reason.WAITED_TOO_LONG,
                            "its turn did not come within " + limits.maxWait.toMillis() + " ms"
                                    + " (maxWait); try later"));
        }

        void begin() {
            leaveQueue();
            running++;
            admitted++;
            operation = Deferred.maybeDeferred(work);
            operation.<@Nullable Void>addCallbacks(
                    value -> {
                        over();
                        if (!result.called()) {
                            result.callback(value);
                        }
                        return null;
                    },
                    failure -> {
                        over();
                        if (!result.called()) {
                            result.errback(failure);
                        }
                        return null;
                    });
        }

        private void over() {
            running--;
            letIn();
            tellIfDrained();
        }

        void turnAway(Reason reason, String message) {
            leaveQueue();
            refused++;
            result.errback(new Overloaded(reason, message));
        }

        private void cancel() {
            leaveQueue();
            if (operation != null) {
                operation.cancel();
            }
        }

        private void leaveQueue() {
            queue.remove(this);
            if (patience != null) {
                patience.cancelIfActive();
                patience = null;
            }
        }
    }
}
