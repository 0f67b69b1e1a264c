package bowline.defer;

import bowline.failure.Failure;
import bowline.time.Clock;
import bowline.time.DelayedCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// Operations that belong together: none outlives the group, and how the whole ends is decided here (AGG-8; the
/// rules TGR-1 to TGR-11 are in `docs/task-groups.md`).
///
///     var group = TaskGroup.<String>failFast().deadline(ofSeconds(10), reactor);
///     pages.forEach(page -> group.start(() -> agent.getPage(page)));
///     group.close().addCallback(texts -> …);          // when all are over
///
/// Used on one thread, as Deferreds are.
///
/// @param <T> what a task answers
/// @param <R> what the group answers
public final class TaskGroup<T extends @Nullable Object, R> {
    private final boolean failsFast;
    private final List<GroupTask<T>> tasks = new ArrayList<>();
    private @Nullable Failure ending;
    private @Nullable Deferred<@Nullable Void> allOver;
    private @Nullable Deferred<R> result;
    private @Nullable DelayedCall deadline;
    private @Nullable TimeoutError timeout;
    private int running;
    private boolean closed;

    private TaskGroup(boolean failsFast) {
        this.failsFast = failsFast;
    }

    /// A group that the first failure ends: it cancels the other tasks and fails with it (TGR-3).
    public static <T extends @Nullable Object> TaskGroup<T, List<T>> failFast() {
        return new TaskGroup<>(true);
    }

    /// A group that lets each task end by itself, and tells how each did (TGR-4).
    public static <T extends @Nullable Object> TaskGroup<T, List<Outcome<T>>> collecting() {
        return new TaskGroup<>(false);
    }

    /// Gives the group until `time` from now: what is not over then is cancelled (TGR-7). A second deadline
    /// takes the place of the first.
    ///
    /// @return this
    /// @throws IllegalStateException if the group is over
    public TaskGroup<T, R> deadline(Duration time, Clock clock) {
        checkNotOver("deadline()");
        dropDeadline();
        deadline = clock.callLater(time, () -> timedOut(new TimeoutError(time, "a task group")));
        return this;
    }

    /// Calls `work`, whose Deferred is a task of this group from now on (TGR-1). In a group that is ending,
    /// `work` is not called (TGR-6).
    ///
    /// @throws IllegalStateException if the group is over (TGR-2)
    public GroupTask<T> start(Callable<? extends Deferred<? extends T>> work) {
        checkNotOver("start()");
        var task = new GroupTask<>(this);
        tasks.add(task);
        running++;
        task.begin(
                ending == null
                        ? Deferred.maybeDeferred(work)
                        : Deferred.fail(new CancelledError("the group is ending")));
        return task;
    }

    /// Says that nothing more comes from outside, and answers the group's result for when every task is over
    /// (TGR-1, TGR-3 to TGR-5). Cancelling that cancels every task (TGR-8).
    ///
    /// @throws IllegalStateException if it was closed before
    public Deferred<R> close() {
        if (closed) {
            throw new IllegalStateException("close() on a task group that is closed; keep the Deferred of the first");
        }
        closed = true;
        result = Deferred.<@Nullable Void>succeed(null)
                .<@Nullable Void>addCallbackDeferring(_ -> untilAllOver())
                .addCallback(_ -> outcome());
        return result;
    }

    /// How many tasks are not over.
    public int running() {
        return running;
    }

    /// Cancels every task that is not over, the youngest first, and lets no more begin; the group then fails with
    /// [CancelledError].
    public void cancel() {
        end(Failure.of(new CancelledError("the task group was cancelled")));
    }

    /// Waits, and cannot be hurried: who cancels the wait cancels the tasks, and then it goes on (TGR-8, TGR-9).
    private Deferred<@Nullable Void> untilAllOver() {
        if (running == 0) {
            dropDeadline();
            return Deferred.succeed(null);
        }
        var wait = new Deferred<@Nullable Void>(_ -> cancel());
        allOver = wait;
        return wait.addBothDeferring((_, _) -> untilAllOver());
    }

    private void timedOut(TimeoutError reason) {
        deadline = null;
        if (ending == null) {
            timeout = reason;
        }
        end(Failure.of(reason));
    }

    void taskOver(GroupTask<T> task, @Nullable Failure failure) {
        running--;
        if (failure != null && failsFast && ending == null) {
            end(failure);
        }
        if (running == 0 && closed) {
            dropDeadline();
            if (allOver != null && !allOver.called()) {
                allOver.callback(null);
            }
        }
    }

    private void end(Failure reason) {
        if (ending == null) {
            ending = reason;
        }
        for (GroupTask<T> task : List.copyOf(tasks).reversed()) {
            task.end();
        }
    }

    @SuppressWarnings("unchecked") // R is the list that the two makers say
    private R outcome() {
        if (ending != null && (failsFast || timeout == null)) {
            throw ending.raise();
        }
        return (R)
                (failsFast
                        ? tasks.stream().map(task -> task.outcome(null).value()).toList()
                        : tasks.stream().map(task -> task.outcome(timeout)).toList());
    }

    private void dropDeadline() {
        if (deadline != null) {
            deadline.cancelIfActive();
            deadline = null;
        }
    }

    private void checkNotOver(String what) {
        if (closed && running == 0) {
            throw new IllegalStateException(what + " on a task group that is over");
        }
    }
}
