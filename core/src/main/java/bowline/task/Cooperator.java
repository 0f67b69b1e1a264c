package bowline.task;

import bowline.defer.Deferred;
import bowline.time.Clock;
import bowline.time.DelayedCall;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Advances several long computations in turn, a few steps at a time, so that none of them holds up the loop
/// (section 27). A computation is an iterator; each `next()` is one short step, and one that answers a [Deferred]
/// has its task wait for that (COO-3).
///
///     var cooperator = new Cooperator(reactor);
///     cooperator.coiterate(rows.iterator()).addErrback(log::failure);
///
/// Each turn of the loop gives the tasks one *slice*: steps in round-robin order until the slice's time is over, and
/// at least one. Used on the clock's thread only.
public final class Cooperator {

    /// The time of one slice, unless told otherwise (COO-2).
    public static final Duration SLICE = Duration.ofMillis(10);

    /// Most steps of one slice, however short they are: a clock that stands still must not make a slice endless.
    public static final int STEPS_MAX = 10_000;

    /// The next turn. Not zero, so that a clock under test comes to an end (COO-2).
    private static final Duration NEXT_TURN = Duration.ofNanos(10);

    private final Clock clock;
    private final long sliceNanos;
    private final ArrayDeque<CooperativeTask<?>> ready = new ArrayDeque<>();
    private final Set<CooperativeTask<?>> tasks = new LinkedHashSet<>();
    private @Nullable DelayedCall nextSlice;
    private boolean slicing;
    private State state = State.RUNNING;

    private enum State {
        NOT_STARTED,
        RUNNING,
        STOPPED
    }

    /// A cooperator that runs, with slices of [#SLICE].
    public Cooperator(Clock clock) {
        this(clock, SLICE);
    }

    /// A cooperator that runs.
    ///
    /// @param slice how long the tasks may use the loop in one turn, at least one step
    /// @throws IllegalArgumentException if the slice is negative
    public Cooperator(Clock clock, Duration slice) {
        if (slice.isNegative()) {
            throw new IllegalArgumentException("slice " + slice + " is negative; zero takes one step a turn");
        }
        this.clock = clock;
        this.sliceNanos = slice.toNanos();
    }

    /// A cooperator that keeps its tasks waiting until [#start] (COO-6).
    public static Cooperator notStarted(Clock clock) {
        var cooperator = new Cooperator(clock);
        cooperator.state = State.NOT_STARTED;
        return cooperator;
    }

    /// Adds a task that takes its steps from `steps`, the first one on a coming turn. A stopped cooperator
    /// answers a task that is over already, with [SchedulerStopped] (COO-6).
    public <I extends Iterator<?>> CooperativeTask<I> cooperate(I steps) {
        var task = new CooperativeTask<>(this, steps);
        if (state == State.STOPPED) {
            task.schedulerStopped();
        } else {
            tasks.add(task);
            makeReady(task);
        }
        return task;
    }

    /// As [#cooperate], for those who care about the end only: the Deferred carries the iterator when it is
    /// exhausted, and cancelling it stops the task (COO-1).
    public <I extends Iterator<?>> Deferred<I> coiterate(I steps) {
        return cooperate(steps).whenDoneOrStopped();
    }

    /// Lets the tasks take steps.
    public void start() {
        state = State.RUNNING;
        planSlice();
    }

    /// Ends every task with [SchedulerStopped], and each that is added until the next [#start] (COO-5, COO-6).
    public void stop() {
        state = State.STOPPED;
        var ended = List.copyOf(tasks);
        tasks.clear();
        rest();
        ended.forEach(CooperativeTask::schedulerStopped);
    }

    /// Whether tasks take steps.
    public boolean running() {
        return state == State.RUNNING;
    }

    /// How many tasks are not over, those among them that are paused or wait.
    public int tasks() {
        return tasks.size();
    }

    /// The task wants a turn in every round from now on. One that has been waiting in the queue keeps its place.
    void makeReady(CooperativeTask<?> task) {
        if (!task.queued) {
            task.queued = true;
            ready.add(task);
            planSlice();
        }
    }

    void forget(CooperativeTask<?> task) {
        if (tasks.remove(task) && tasks.isEmpty()) {
            rest();
        }
    }

    /// Nothing is left to do, so no timed call is left behind either.
    private void rest() {
        ready.clear();
        if (nextSlice != null) {
            nextSlice.cancelIfActive();
            nextSlice = null;
        }
    }

    private void planSlice() {
        if (nextSlice == null && !slicing && state == State.RUNNING && !ready.isEmpty()) {
            nextSlice = clock.callLater(NEXT_TURN, this::slice);
        }
    }

    private void slice() {
        nextSlice = null;
        slicing = true;
        takeSteps();
        slicing = false;
        planSlice();
    }

    private void takeSteps() {
        long end = clock.nanos() + sliceNanos;
        int steps = 0;
        while (steps < STEPS_MAX && (steps == 0 || clock.nanos() - end < 0)) {
            CooperativeTask<?> task = ready.poll();
            if (task == null) {
                return;
            }
            task.queued = false;
            if (task.wantsTurns()) {
                task.step();
                steps++;
            }
            if (task.wantsTurns()) {
                makeReady(task);
            }
        }
    }
}
