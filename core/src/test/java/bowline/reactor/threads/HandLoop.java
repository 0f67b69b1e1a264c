package bowline.reactor.threads;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// A loop that the test turns by hand: what other threads give it runs on the test's thread.
public final class HandLoop implements Executor {
    private final Thread owner = Thread.currentThread();
    private final BlockingQueue<Runnable> given = new LinkedBlockingQueue<>();

    @Override
    public void execute(Runnable command) {
        given.add(command);
    }

    /// Whether the calling thread is the one that made the loop.
    public boolean onLoopThread() {
        return Thread.currentThread() == owner;
    }

    /// Runs what comes until `done`, at most ten seconds a piece.
    public void runUntil(BooleanSupplier done) throws InterruptedException {
        while (!done.getAsBoolean()) {
            Runnable next = given.poll(10, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("nothing came to the loop for ten seconds");
            }
            next.run();
        }
    }

    /// Runs what is there.
    public void runPresent() {
        for (Runnable next = given.poll(); next != null; next = given.poll()) {
            next.run();
        }
    }
}
