package bowline.reactor.loop;

import bowline.log.LogContext;
import bowline.log.LogTurn;
import bowline.reactor.flight.FlightRecord;
import bowline.time.Action;
import bowline.time.DelayedCall;
import bowline.time.TimerQueue;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// What there is to do for a loop, and in which order (LOP-1): calls from other threads, timed calls, the
/// shutdown event if it was asked for, what connections have to send, the wait for I/O and its handlers,
/// and last what was put off until then.
final class Turn {

    /// So many connections with something to send are flushed without waiting for the end of the turn: that
    /// bounds the chunks in use, and what has just been written is still in the processor's cache.
    private static final int DIRTY_MANY = 64;

    private final Loop loop;
    private final TimerQueue timers;
    private final Tally tally;
    private final Pace pace;
    private final CallQueue calls = new CallQueue();
    private final AtomicBoolean asleep = new AtomicBoolean();
    private List<SendingSide> dirty = new ArrayList<>();
    private List<SendingSide> flushing = new ArrayList<>();
    private List<Runnable> soon = new ArrayList<>();
    private List<Runnable> soonNow = new ArrayList<>();
    private LogContext.Slot contextSlot = LogContext.slot();
    private boolean underWay;

    Turn(Loop loop) {
        this.loop = loop;
        this.tally = loop.tally();
        this.pace = loop.pace();
        this.timers = new TimerQueue(loop::nanos, this::touched);
    }

    /// Whether a turn is being run now.
    boolean underWay() {
        return underWay;
    }

    /// Whether it waits for I/O. From any thread.
    boolean asleep() {
        return asleep.get();
    }

    /// How many timed calls are to come. From any thread.
    int timersWaiting() {
        return timers.size();
    }

    /// Runs one turn, which waits at most so long. Nothing but the end of the JVM escapes from it.
    void run(long waitMaxNanos) {
        LogTurn before = begin();
        try {
            runInOrder(waitMaxNanos);
        } catch (Throwable thrown) {
            loop.report("Unexpected error in main loop", thrown);
        } finally {
            end(before);
        }
    }

    private @Nullable LogTurn begin() {
        contextSlot = LogContext.slot();
        underWay = true;
        return contextSlot.turn(tally.turns);
    }

    private void end(@Nullable LogTurn before) {
        underWay = false;
        contextSlot.turn(before);
    }

    private void runInOrder(long waitMaxNanos) throws IOException {
        if (!runUpToWait()) {
            return;
        }
        long wait = waitTime(waitMaxNanos);
        pace.beginWait(wait != 0);
        asleep.set(wait != 0);
        try {
            // A call that came before `asleep` was set has not woken the loop, so it is looked for now (THR-2).
            loop.poll(calls.isEmpty() ? wait : 0);
        } finally {
            asleep.set(false);
            pace.endWait();
        }
        runSoon();
    }

    /// @return whether the loop waits for I/O once more
    private boolean runUpToWait() {
        runCalls();
        runTimers();
        if (!loop.life().goesOn()) {
            return false;
        }
        flushDirty();
        return true;
    }

    /// Runs what lies between two waits of a loop for which another thread waits (REA-14): the end of one turn,
    /// unless there was none before, and the next one up to its wait. In the end the loop counts as asleep.
    ///
    /// @return how long to wait at most, or 0 for no wait at all
    long runBetweenWaits(boolean first, long waitMaxNanos) {
        asleep.set(false);
        LogTurn before = begin();
        pace.endWait();
        try {
            if (!first) {
                loop.poll(0);
                runSoon();
            }
            return runUpToWait() ? fallAsleep(waitTime(waitMaxNanos)) : 0;
        } catch (Throwable thrown) {
            loop.report("Unexpected error in main loop", thrown);
            return 0;
        } finally {
            end(before);
        }
    }

    private long fallAsleep(long wait) {
        pace.beginWait(wait != 0);
        if (wait == 0) {
            return 0;
        }
        asleep.set(true);
        // As above (THR-2).
        return calls.isEmpty() ? wait : 0;
    }

    private void runCalls() {
        if (calls.isEmpty()) {
            return;
        }
        CallQueue.Link end = calls.newest();
        for (Action call = calls.takeUpTo(end); call != null; call = calls.takeUpTo(end)) {
            try {
                call.run();
            } catch (Throwable thrown) {
                loop.report("while calling from thread", thrown);
            }
            tally.calls++;
            pace.callbackDone(call);
        }
    }

    private void runTimers() {
        if (timers.isEmpty()) {
            return;
        }
        long now = loop.nanos();
        long mark = timers.created();
        for (var call = timers.takeDue(now, mark); call != null; call = timers.takeDue(now, mark)) {
            run(call);
            tally.timers++;
            pace.callbackDone(call);
        }
    }

    private void run(TimerQueue.Timer call) {
        FlightRecord record = pace.recording();
        if (record != null) {
            record.timerBegins(call.number(), loop.nanos() - call.time());
        }
        try {
            call.run();
        } catch (Throwable thrown) {
            reportTimed(call, thrown);
        }
        if (record != null) {
            record.timerEnds();
        }
    }

    /// TIM-8
    private void reportTimed(TimerQueue.Timer call, Throwable thrown) {
        if (call.creation() != null) {
            Loop.log.error("{call}", call);
        }
        loop.report("while handling timed call", thrown);
    }

    private void flushDirty() {
        if (dirty.isEmpty()) {
            return;
        }
        List<SendingSide> now = dirty;
        dirty = flushing;
        flushing = now;
        for (int i = 0; i < now.size(); i++) {
            SendingSide side = now.get(i);
            side.flush();
            pace.callbackDone(side);
        }
        now.clear();
    }

    private void runSoon() {
        if (soon.isEmpty()) {
            return;
        }
        List<Runnable> now = soon;
        soon = soonNow;
        soonNow = now;
        for (int i = 0; i < now.size(); i++) {
            Runnable step = now.get(i);
            loop.guarded(step);
            pace.callbackDone(step);
        }
        now.clear();
    }

    private long waitTime(long waitMaxNanos) {
        if (!dirty.isEmpty()
                || !soon.isEmpty()
                || loop.life().hasStopToDo()
                || loop.life().leaving()) {
            return 0;
        }
        if (timers.isEmpty()) {
            return waitMaxNanos;
        }
        return Math.clamp(timers.nextDue() - loop.nanos(), 0, waitMaxNanos);
    }

    // What is to be done

    /// Has `connection` flushed before the loop waits again.
    void flushLater(SendingSide connection) {
        dirty.add(connection);
    }

    /// Between two handlers.
    void handlerDone() {
        if (dirty.size() >= DIRTY_MANY) {
            flushDirty();
        }
    }

    /// Has `step` called when this turn's I/O is done, or the next one's if `step` comes after that.
    void soon(Runnable step) {
        soon.add(step);
    }

    DelayedCall later(Duration delay, Action call) {
        return timers.add(delay, call);
    }

    /// The number that the next timed call will have.
    long nextTimer() {
        return timers.created() + 1;
    }

    List<DelayedCall> pending() {
        return timers.pending();
    }

    /// From any thread.
    void fromThread(Action call) {
        calls.add(call);
        wakeUp();
    }

    /// Ends the present wait. From any thread. Only who finds the loop asleep wakes it, so that many
    /// calls cost one wake-up (THR-2).
    void wakeUp() {
        if (asleep.get() && asleep.compareAndSet(true, false)) {
            loop.wake();
        }
    }

    /// Something may have changed. When that was not done by a turn, but by the host's own work between two of
    /// them, a wait that has begun must end for the next turn to see it.
    void touched() {
        if (!underWay) {
            wakeUp();
        }
    }

    /// What is worked for. From any thread.
    LogContext presentContext() {
        return contextSlot.current();
    }

    LogContext swapContext(LogContext context) {
        return contextSlot.swap(context);
    }
}
