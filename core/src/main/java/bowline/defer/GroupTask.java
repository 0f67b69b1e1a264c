package bowline.defer;

import bowline.failure.Failure;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One operation of a [TaskGroup] (TGR-10).
public final class GroupTask<T extends @Nullable Object> {
    private final TaskGroup<T, ?> group;
    private final List<Deferred<T>> waiters = new ArrayList<>();
    private @Nullable Deferred<T> operation;
    private @Nullable Outcome<T> outcome;
    private boolean cancelling;
    private boolean ended;

    GroupTask(TaskGroup<T, ?> group) {
        this.group = group;
    }

    /// The work has begun. It may have been cancelled before it said what it is.
    void begin(Deferred<T> itsOperation) {
        operation = itsOperation;
        itsOperation.<@Nullable Void>addCallbacks(
                value -> over(new Outcome.Success<>(value), null),
                failure -> over(new Outcome.Failed<>(failure), failure));
        if (cancelling) {
            cancel();
        }
    }

    private @Nullable Void over(Outcome<T> how, @Nullable Failure failure) {
        outcome = how;
        var told = List.copyOf(waiters);
        waiters.clear();
        told.forEach(this::tell);
        group.taskOver(this, failure);
        return null;
    }

    /// Whether it has ended.
    public boolean isOver() {
        return outcome != null;
    }

    /// Asks it to end, and no other; what comes of that is its own to decide (TGR-10).
    public void cancel() {
        if (operation == null) {
            cancelling = true;
        } else if (outcome == null) {
            operation.cancel();
        }
    }

    /// The group asks it to end.
    void end() {
        ended = outcome == null;
        cancel();
    }

    /// A new Deferred each time, with what it answers. Cancelling that ends the wait only.
    public Deferred<T> whenDone() {
        var done = new Deferred<T>(waiters::remove);
        if (outcome == null) {
            waiters.add(done);
        } else {
            tell(done);
        }
        return done;
    }

    private void tell(Deferred<T> waiter) {
        switch (outcome) {
            case Outcome.Success<T>(T value) when !waiter.called() -> waiter.callback(value);
            case Outcome.Failed<T>(Failure failure) when !waiter.called() -> waiter.errback(failure);
            case null, default -> {} // it was cancelled while others were told
        }
    }

    /// How it ended; one that the deadline cancelled failed by the deadline (TGR-7).
    Outcome<T> outcome(@Nullable TimeoutError deadline) {
        if (outcome instanceof Outcome.Failed<T>(Failure failure)
                && deadline != null
                && ended
                && failure.check(CancelledError.class) != null) {
            return new Outcome.Failed<>(Failure.of(deadline));
        }
        if (outcome == null) {
            throw new AssertionError("a task that is not over, in a group that is");
        }
        return outcome;
    }
}
