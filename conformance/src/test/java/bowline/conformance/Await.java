package bowline.conformance;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/// Waits for what a foreign program does in its own time and tells nobody.
final class Await {
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(20);

    private Await() {}

    static void until(Callable<Boolean> condition, Callable<String> what) throws Exception {
        long end = System.nanoTime() + LIMIT_NANOS;
        while (!condition.call()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not so within 20 s: " + what.call());
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /// Until there is no such process. (`ProcessHandle.onExit` sometimes never tells of one that ends just then.)
    static void end(long pid) throws Exception {
        until(
                () -> !ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false),
                () -> "process " + pid + " lives");
    }
}
