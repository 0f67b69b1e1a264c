package bowline.reactor;

import bowline.time.Action;

/// Threads for work that blocks (section 13). Safe for any thread.
public interface ThreadPool {

    /// Runs `work` on a pool thread; an exception is logged (THR-4). After [#stop], silently ignored.
    void callInThread(Action work);

    /// Sets how few and how many threads there may be (THR-7).
    ///
    /// @throws IllegalArgumentException unless 0 ≤ min ≤ max
    void adjustPoolSize(int min, int max);

    /// The fewest threads.
    int min();

    /// The most threads.
    int max();

    /// How many threads there are now, idle ones included.
    int threadCount();

    /// How many pieces of work were given to it and are not done.
    int unfinishedWork();

    /// How many of these wait for a thread.
    int queuedWork();

    /// Has each thread that it makes from now on call this first. A pool without threads of its own ignores it.
    default void whenThreadBegins(Runnable first) {}

    /// Starts working; what was queued before runs now.
    void start();

    /// Accepts no more work, lets what is queued run, and waits for the threads (THR-9).
    void stop();
}
