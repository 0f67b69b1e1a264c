package bowline.time;

import bowline.failure.Debug;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Timed calls in order of due time, then of creation (LOP-6): the queue behind every [Clock]. For those
/// who build clocks; programs use [Clock#callLater]. One thread at a time.
///
/// A four-way heap whose keys lie in an array of their own, so that sifting touches little memory. Each
/// call knows its index: cancelling takes it out at once, and cancelled calls never pile up (TIM-6).
/// Moving a call to a later time only notes that; when its old key comes to the top it is filed anew
/// (TIM-5). So the key of a call is never later than its due time.
public final class TimerQueue {
    private static final int FEWEST_SLOTS = 16;

    private final LongSupplier nanos;
    private final Runnable hastened;
    private long[] keys = new long[FEWEST_SLOTS];
    private @Nullable Timer[] calls = new Timer[FEWEST_SLOTS];
    private int size;
    private long created;

    /// @param nanos the reading of the clock that this queue serves
    public TimerQueue(LongSupplier nanos) {
        this(nanos, () -> {});
    }

    /// @param nanos the reading of the clock that this queue serves
    /// @param hastened told when a call was moved to an earlier time, which may be before [#nextDue] was
    public TimerQueue(LongSupplier nanos, Runnable hastened) {
        this.nanos = nanos;
        this.hastened = hastened;
    }

    /// Files a call that is due `delay` from now.
    ///
    /// @throws IllegalArgumentException if the delay is negative (TIM-1)
    public Timer add(Duration delay, Action action) {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("delay " + delay + " is negative; a timed call lies in the future");
        }
        var call = new Timer(this, action, after(nanos.getAsLong(), delay), created++);
        if (size == keys.length) {
            resize(size * 2);
        }
        siftUp(size++, call.due, call);
        return call;
    }

    /// Whether nothing is to come.
    public boolean isEmpty() {
        return size == 0;
    }

    /// How many calls are to come.
    public int size() {
        return size;
    }

    /// How many calls were ever filed: a mark between those that exist and those that come later.
    public long created() {
        return created;
    }

    /// When the next call is due, or `Long.MAX_VALUE` when there is none.
    public long nextDue() {
        return size == 0 ? Long.MAX_VALUE : top().due;
    }

    /// Takes out the next call that is due at `now`, for the caller to run; null when there is none.
    public @Nullable Timer takeDue(long now) {
        return takeDue(now, Long.MAX_VALUE);
    }

    /// The same, but leaves calls alone that were filed when [#created] had reached `mark` (LOP-1).
    public @Nullable Timer takeDue(long now, long mark) {
        if (size == 0 || keys[0] > now) {
            return null;
        }
        Timer call = top();
        if (call.due > now || call.sequence >= mark) {
            return null;
        }
        remove(call);
        return call;
    }

    /// All calls that are still to come, in no particular order (TIM-7).
    public List<DelayedCall> pending() {
        var pending = new ArrayList<DelayedCall>(size);
        for (int i = 0; i < size; i++) {
            pending.add(at(i));
        }
        return pending;
    }

    /// The call that is due first, once those that were put off have been filed anew.
    private Timer top() {
        Timer call = at(0);
        while (call.due > keys[0]) {
            siftDown(0, call.due, call);
            call = at(0);
        }
        return call;
    }

    private void move(Timer call, long due) {
        call.due = due;
        if (due < keys[call.index]) {
            siftUp(call.index, due, call);
            hastened.run();
        }
    }

    private void remove(Timer call) {
        int hole = call.index;
        call.index = Timer.OUTSIDE;
        size--;
        Timer last = at(size);
        long key = keys[size];
        calls[size] = null;
        if (last != call) {
            siftDown(hole, key, last);
            siftUp(last.index, key, last);
        }
        if (keys.length > FEWEST_SLOTS && size < keys.length / 8) {
            resize(keys.length / 2);
        }
    }

    private void siftUp(int from, long key, Timer call) {
        int hole = from;
        while (hole > 0) {
            int parent = (hole - 1) >>> 2;
            if (!isBefore(key, call, parent)) {
                break;
            }
            place(hole, keys[parent], at(parent));
            hole = parent;
        }
        place(hole, key, call);
    }

    private void siftDown(int from, long key, Timer call) {
        int hole = from;
        while (true) {
            int child = firstChild(hole);
            if (child < 0 || isBefore(key, call, child)) {
                break;
            }
            place(hole, keys[child], at(child));
            hole = child;
        }
        place(hole, key, call);
    }

    /// The child of `parent` that comes first, or -1 if it has none.
    private int firstChild(int parent) {
        int first = (parent << 2) + 1;
        if (first >= size) {
            return -1;
        }
        int end = Math.min(first + 4, size);
        for (int child = first + 1; child < end; child++) {
            if (isBefore(keys[child], at(child), first)) {
                first = child;
            }
        }
        return first;
    }

    private boolean isBefore(long key, Timer call, int other) {
        return key < keys[other] || (key == keys[other] && call.sequence < at(other).sequence);
    }

    private void place(int index, long key, Timer call) {
        keys[index] = key;
        calls[index] = call;
        call.index = index;
    }

    @SuppressWarnings("NullAway") // slots below `size` are full
    private Timer at(int index) {
        return calls[index];
    }

    private void resize(int slots) {
        keys = Arrays.copyOf(keys, slots);
        calls = Arrays.copyOf(calls, slots);
    }

    /// `start` plus `delay`; times beyond the end of the scale (292 years) are never reached.
    private static long after(long start, Duration delay) {
        long nanos;
        try {
            nanos = delay.toNanos();
        } catch (ArithmeticException beyond) {
            nanos = delay.isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        long sum = start + nanos;
        if (((start ^ sum) & (nanos ^ sum)) < 0) {
            return nanos < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        return sum;
    }

    /// One call in the queue, and the handle that its maker holds.
    public static final class Timer implements DelayedCall {
        private static final int OUTSIDE = -1;

        private final TimerQueue queue;
        private final long sequence;
        private final @Nullable Throwable creation;
        private @Nullable Action action;
        private long due;
        private int index = OUTSIDE;

        private Timer(TimerQueue queue, Action action, long due, long sequence) {
            this.queue = queue;
            this.action = action;
            this.due = due;
            this.sequence = sequence;
            this.creation = Debug.enabled() ? new Throwable("timed call created here") : null;
        }

        /// Which of its queue's calls it is, from 1.
        public long number() {
            return sequence + 1;
        }

        /// Does what it is there for. Called once, by the clock that took it out of the queue.
        public void run() throws Exception {
            Action once = action;
            if (once == null) {
                throw new AlreadyCalled();
            }
            // Not null: a call that has run is no cancelled one.
            action = Timer::alreadyCalled;
            once.run();
        }

        private static void alreadyCalled() {
            throw new AlreadyCalled();
        }

        /// What it calls; null if it was cancelled.
        public @Nullable Action action() {
            return action;
        }

        /// Where it was created, if debugging was on (TIM-8).
        public @Nullable Throwable creation() {
            return creation;
        }

        @Override
        public boolean active() {
            return index != OUTSIDE;
        }

        @Override
        public long time() {
            return due;
        }

        @Override
        public void cancel() {
            demandActive();
            queue.remove(this);
            action = null;
        }

        @Override
        public void reset(Duration fromNow) {
            demandActive();
            if (fromNow.isNegative()) {
                throw new IllegalArgumentException(
                        "delay " + fromNow + " is negative; a timed call lies in the future");
            }
            queue.move(this, after(queue.nanos.getAsLong(), fromNow));
        }

        @Override
        public void delay(Duration later) {
            demandActive();
            queue.move(this, after(due, later));
        }

        private void demandActive() {
            if (index != OUTSIDE) {
                return;
            }
            if (action == null) {
                throw new AlreadyCancelled();
            }
            throw new AlreadyCalled();
        }

        @Override
        public String toString() {
            String state = active() ? "due at " + due + " ns" : action == null ? "cancelled" : "called";
            var text = new StringBuilder("DelayedCall[").append(state);
            if (creation != null) {
                text.append(", created");
                for (StackTraceElement frame : creation.getStackTrace()) {
                    text.append("\n\tat ").append(frame);
                }
            }
            return text.append(']').toString();
        }
    }
}
