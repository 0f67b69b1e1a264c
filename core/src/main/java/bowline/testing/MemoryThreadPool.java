package bowline.testing;

import bowline.reactor.ThreadPool;
import bowline.time.Action;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/// A pool whose work is done by the test's own thread.
final class MemoryThreadPool implements ThreadPool {
    private final Consumer<Action> worker;
    private final IntSupplier unfinished;
    private int min;
    private int max = 10;

    /// @param worker has work done on the test's thread
    /// @param unfinished how much of it is not done
    MemoryThreadPool(Consumer<Action> worker, IntSupplier unfinished) {
        this.worker = worker;
        this.unfinished = unfinished;
    }

    @Override
    public void callInThread(Action work) {
        worker.accept(work);
    }

    @Override
    public void adjustPoolSize(int newMin, int newMax) {
        if (newMin < 0 || newMin > newMax) {
            throw new IllegalArgumentException("pool size " + newMin + " to " + newMax + " is not 0 ≤ min ≤ max");
        }
        min = newMin;
        max = newMax;
    }

    @Override
    public int min() {
        return min;
    }

    @Override
    public int max() {
        return max;
    }

    @Override
    public int unfinishedWork() {
        return unfinished.getAsInt();
    }

    /// There is none but the test's own.
    @Override
    public int threadCount() {
        return 0;
    }

    @Override
    public int queuedWork() {
        return unfinished.getAsInt();
    }

    @Override
    public void start() {}

    @Override
    public void stop() {}
}
