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
}
