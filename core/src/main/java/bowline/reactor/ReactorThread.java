package bowline.reactor;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A thread that runs one reactor to its end.
final class ReactorThread {

    private ReactorThread() {}

    /// Starts it.
    ///
    /// @param ended called on the thread when the reactor has ended, with what it failed by or null
    /// @return waits for the end of the thread, whatever interrupts it
    static Runnable start(
            Reactor reactor, String name, boolean installSignalHandlers, Consumer<@Nullable Throwable> ended) {
        var thread = new Thread(() -> run(reactor, installSignalHandlers, ended), name);
        thread.start();
        return () -> join(thread);
    }

    private static void run(Reactor reactor, boolean installSignalHandlers, Consumer<@Nullable Throwable> ended) {
        Throwable failure = null;
        try {
            reactor.run(installSignalHandlers);
        } catch (Throwable thrown) { // nothing but the end of the JVM gets here
            failure = thrown;
        }
        ended.accept(failure);
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException impatient) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
