package bowline.policy;

import java.util.concurrent.atomic.AtomicInteger;

/// How many connections are open, counted for several reactors together. Any thread may count.
public final class ConnectionCount {
    private final AtomicInteger open = new AtomicInteger();

    /// None so far.
    public ConnectionCount() {}

    /// Counts one more, unless there are `max`.
    ///
    /// @return how many there were before; -1 if it was one too many, which is not counted
    public int enter(int max) {
        while (true) {
            int before = open.get();
            if (before >= max) {
                return -1;
            }
            if (open.compareAndSet(before, before + 1)) {
                return before;
            }
        }
    }

    /// One is gone. To be called once for each that was counted.
    public void leave() {
        open.decrementAndGet();
    }

    /// How many are open.
    public int open() {
        return open.get();
    }
}
