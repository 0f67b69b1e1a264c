package bowline.reactor.threads;

import bowline.failure.Failure;
import bowline.log.LogContext;
import bowline.log.Logger;
import bowline.reactor.ThreadPool;
import bowline.reactor.flight.Flight;
import bowline.reactor.flight.PoolWait;
import bowline.time.Action;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A pool between a fewest and a most number of daemon threads (section 13). Safe for any thread.
///
/// A thread is made only when work waits, none is idle, and there are fewer than the most (THR-7). Work
/// given before [#start] waits for it (THR-6). The submitter's [LogContext] is in force while its work
/// runs (THR-8). Work is taken in the order it was given.
///
/// One lock guards everything; it is never held while work runs.
public final class ElasticThreadPool implements ThreadPool {
    /// Fewest threads of a pool that does not say (THR-7).
    public static final int DEFAULT_MIN = 5;

    /// Most threads of a pool that does not say (THR-7).
    public static final int DEFAULT_MAX = 20;

    private static final Logger log = Logger.of(ElasticThreadPool.class);

    private final String name;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<Work> waiting = new ArrayDeque<>();
    private final Set<Thread> threads = new LinkedHashSet<>();
    private Stage stage = Stage.NEW;
    private volatile Runnable first = () -> {};
    private volatile int min;
    private volatile int max;
    private int working;
    private int threadsMade;

    private enum Stage {
        NEW,
        STARTED,
        STOPPED
    }

    /// Something to do, and what it is done for.
    ///
    /// @param queued its time in the queue, if that is recorded
    private record Work(
            Action action, LogContext context, @Nullable PoolWait queued) {}

    /// A pool of 5 to 20 threads.
    ///
    /// @param name becomes part of the threads' names: `PoolThread-<name>-<n>`
    public ElasticThreadPool(String name) {
        this(name, DEFAULT_MIN, DEFAULT_MAX);
    }

    /// A pool that is not started yet.
    ///
    /// @param name becomes part of the threads' names: `PoolThread-<name>-<n>`
    /// @throws IllegalArgumentException unless 0 ≤ min ≤ max
    public ElasticThreadPool(String name, int min, int max) {
        checkSize(min, max);
        this.name = name;
        this.min = min;
        this.max = max;
    }

    @Override
    public void start() {
        locked(() -> {
            if (stage == Stage.STOPPED) {
                throw new IllegalStateException("thread pool \"" + name + "\" was stopped; make another");
            }
            stage = Stage.STARTED;
            grow();
        });
    }

    @Override
    public void callInThread(Action work) {
        var task = new Work(work, LogContext.current(), recordedWait());
        locked(() -> {
            if (stage != Stage.STOPPED) {
                waiting.add(task);
                grow();
                changed.signal();
            }
        });
    }

    private @Nullable PoolWait recordedWait() {
        if (!Flight.on()) {
            return null;
        }
        LogContext here = LogContext.ofEvent(null);
        return PoolWait.begin(here.reactor(), here.turn(), here.connection(), name, unfinishedWork() + 1);
    }

    @Override
    public void adjustPoolSize(int newMin, int newMax) {
        checkSize(newMin, newMax);
        locked(() -> {
            min = newMin;
            max = newMax;
            grow();
            changed.signalAll();
        });
    }

    private static void checkSize(int min, int max) {
        if (min < 0 || min > max) {
            throw new IllegalArgumentException(
                    "a thread pool of " + min + " to " + max + " threads; needed is 0 <= min <= max");
        }
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
    public int threadCount() {
        lock.lock();
        try {
            return threads.size();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int unfinishedWork() {
        lock.lock();
        try {
            return waiting.size() + working;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int queuedWork() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void stop() {
        beginStop();
        for (Thread thread : others()) {
            try {
                thread.join();
            } catch (InterruptedException interrupted) {
                giveUpWaiting();
                return;
            }
        }
    }

    /// As [#stop], but after `grace` threads that still work are interrupted, and those that do not
    /// heed it within the same time again are named in the log and left alone (THR-9).
    public void stop(Duration grace) {
        beginStop();
        try {
            if (!joined(grace)) {
                others().forEach(Thread::interrupt);
                if (!joined(grace)) {
                    logLeftOver();
                }
            }
        } catch (InterruptedException interrupted) {
            giveUpWaiting();
        }
    }

    private void beginStop() {
        locked(() -> {
            if (stage == Stage.NEW && !waiting.isEmpty()) {
                log.warn(
                        "thread pool {name} is stopped before it was started; {count} calls never run",
                        name,
                        waiting.size());
                waiting.clear();
            }
            stage = Stage.STOPPED;
            grow();
            changed.signalAll();
        });
    }

    private boolean joined(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        for (Thread thread : others()) {
            TimeUnit.NANOSECONDS.timedJoin(thread, end - System.nanoTime());
        }
        return others().isEmpty();
    }

    /// The threads to wait for: all but the caller's own, which cannot wait for itself.
    private List<Thread> others() {
        lock.lock();
        try {
            return threads.stream()
                    .filter(thread -> thread != Thread.currentThread() && thread.isAlive())
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    private void giveUpWaiting() {
        Thread.currentThread().interrupt();
        logLeftOver();
    }

    private void logLeftOver() {
        log.warn(
                "thread pool {name} has stopped, but these still work: {threads}",
                name,
                others().stream().map(Thread::getName).toList());
    }

    /// Makes the threads that are missing. Called with the lock held.
    private void grow() {
        switch (stage) {
            case NEW -> {}
            case STARTED -> growToDemand();
            case STOPPED -> growToFinish();
        }
    }

    /// Up to the fewest there shall be, and one for each piece of work that no idle thread will take.
    private void growToDemand() {
        int idle = threads.size() - working;
        while (threads.size() < min || (idle < waiting.size() && threads.size() < max)) {
            addThread();
            idle++;
        }
    }

    /// A pool shrunk to nothing still owes the work that it accepted.
    private void growToFinish() {
        if (threads.isEmpty() && !waiting.isEmpty()) {
            addThread();
        }
    }

    @Override
    public void whenThreadBegins(Runnable firstOfAll) {
        first = firstOfAll;
    }

    private void addThread() {
        var thread = new Thread(this::workUntilDismissed, "PoolThread-" + name + "-" + threadsMade);
        thread.setDaemon(true);
        thread.start();
        threadsMade++;
        threads.add(thread);
    }

    /// The life of a pool thread. Beside dismissal, only a failure of the JVM itself ends it.
    private void workUntilDismissed() {
        begin();
        lock.lock();
        try {
            while (!dismissed()) {
                if (waiting.isEmpty()) {
                    changed.awaitUninterruptibly();
                } else {
                    working++;
                    run(waiting.remove());
                }
            }
        } finally {
            threads.remove(Thread.currentThread());
            grow();
            lock.unlock();
        }
    }

    /// A thread whose beginning fails works all the same.
    private void begin() {
        try {
            first.run();
        } catch (RuntimeException thrown) {
            log.failure("while a thread of the pool {name} begins", Failure.of(thrown), name);
        }
    }

    private boolean dismissed() {
        return stage == Stage.STOPPED ? waiting.isEmpty() : threads.size() > max;
    }

    private void run(Work work) {
        lock.unlock();
        try {
            perform(work);
        } finally {
            Thread.interrupted(); // an interrupt was meant for the work, not for the next one
            lock.lock();
            working--;
        }
    }

    private static void perform(Work work) {
        if (work.queued() != null) {
            work.queued().end();
        }
        LogContext.Slot slot = LogContext.slot();
        LogContext before = slot.swap(work.context());
        try {
            work.action().run();
        } catch (Throwable thrown) {
            log.failure("while working in a thread pool", Failure.of(thrown));
        } finally {
            slot.swap(before);
        }
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String toString() {
        return "ElasticThreadPool " + name + " (" + min + " to " + max + " threads)";
    }
}
