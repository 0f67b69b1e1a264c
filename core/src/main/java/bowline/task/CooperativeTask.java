package bowline.task;

import bowline.defer.Canceller;
import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.log.Logger;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One computation that a [Cooperator] advances step by step (COO-4).
///
///     taking turns ── pause() or a step's Deferred ──▶ held ── resume() or its result ──▶ taking turns
///          └────────────── last step, failure, stop(), the cooperator's stop ──────────────▶ over
///
/// @param <I> its iterator
public final class CooperativeTask<I extends Iterator<?>> {
    private static final Logger log = Logger.of(CooperativeTask.class);

    private final Cooperator cooperator;
    private final I steps;
    private final List<Deferred<I>> waiters = new ArrayList<>();
    /// Whether it stands in the cooperator's queue, perhaps for nothing: held meanwhile, or over.
    boolean queued;

    private int holds;
    private @Nullable Deferred<?> awaited;
    private @Nullable Object end;
    private @Nullable TaskFinished refusal;

    CooperativeTask(Cooperator cooperator, I steps) {
        this.cooperator = cooperator;
        this.steps = steps;
    }

    /// Holds it until [#resume]; pauses count.
    ///
    /// @throws TaskFinished if it is over
    public void pause() {
        checkNotOver();
        holds++;
    }

    /// Ends one pause. What is over may be resumed, to no effect, as often as it was paused.
    ///
    /// @throws NotPaused if it is not paused
    public void resume() {
        if (holds == (awaited == null ? 0 : 1)) {
            throw new NotPaused();
        }
        release();
    }

    /// Ends it: who waits for its end gets [TaskStopped], and a Deferred that it waits for is cancelled.
    ///
    /// @throws TaskFinished if it is over already
    public void stop() {
        checkNotOver();
        var stopped = new TaskStopped();
        finish(Failure.of(stopped), stopped);
    }

    /// Whether it will take no more steps.
    public boolean isOver() {
        return end != null;
    }

    /// A new Deferred each time (COO-5). It carries the iterator when that is exhausted; it fails with what a step
    /// threw, with [TaskStopped], or with [SchedulerStopped].
    public Deferred<I> whenDone() {
        return whenDone(waiters::remove);
    }

    /// The same, but cancelling it stops the task.
    Deferred<I> whenDoneOrStopped() {
        return whenDone(_ -> stop()); // an unfired one is of a task that is not over
    }

    private Deferred<I> whenDone(Canceller canceller) {
        var done = new Deferred<I>(canceller);
        if (end == null) {
            waiters.add(done);
        } else {
            tell(done);
        }
        return done;
    }

    /// The cooperator's turn for this task: one step.
    void step() {
        try {
            if (!steps.hasNext()) {
                finish(steps, new TaskDone());
            } else if (steps.next() instanceof Deferred<?> slow && end == null) {
                awaitResult(slow);
            }
        } catch (Throwable thrown) {
            if (end == null) {
                failed(Failure.of(thrown));
            } else {
                log.failure("a step of a task that it stopped itself failed", Failure.of(thrown));
            }
        }
    }

    private void awaitResult(Deferred<?> slow) {
        holds++;
        awaited = slow;
        slow.<@Nullable Object>addBoth((_, failure) -> {
            awaited = null;
            if (failure != null && end == null) {
                holds--;
                failed(failure);
            } else {
                release();
            }
            return null;
        });
    }

    private void release() {
        holds--;
        if (wantsTurns()) {
            cooperator.makeReady(this);
        }
    }

    boolean wantsTurns() {
        return holds == 0 && end == null;
    }

    private void failed(Failure failure) {
        if (waiters.isEmpty()) {
            log.failure("a step of a cooperative task failed, and nobody waits for its end", failure);
        }
        finish(failure, new TaskFailed(failure.value()));
    }

    void schedulerStopped() {
        finish(Failure.of(new SchedulerStopped()), new TaskStopped());
    }

    private void finish(Object outcome, TaskFinished itsRefusal) {
        end = outcome;
        refusal = itsRefusal;
        cooperator.forget(this);
        if (awaited != null) {
            awaited.cancel();
        }
        var told = List.copyOf(waiters);
        waiters.clear();
        told.forEach(this::tell);
    }

    private void tell(Deferred<I> waiter) {
        if (waiter.called()) {
            return; // it was cancelled while others were told
        }
        if (end instanceof Failure failure) {
            waiter.errback(failure);
        } else {
            waiter.callback(steps);
        }
    }

    private void checkNotOver() {
        if (refusal != null) {
            throw refusal;
        }
    }
}
