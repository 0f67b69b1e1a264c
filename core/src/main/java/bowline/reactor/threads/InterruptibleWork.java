package bowline.reactor.threads;

import bowline.defer.CancelledError;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// Work that another thread can interrupt, and that is never interrupted outside of its own time.
final class InterruptibleWork<T extends @Nullable Object> implements Callable<T> {
    private final Callable<T> work;
    private @Nullable Thread worker;
    private boolean unwanted;

    InterruptibleWork(Callable<T> work) {
        this.work = work;
    }

    @Override
    public T call() throws Exception {
        begin();
        try {
            return work.call();
        } finally {
            end();
        }
    }

    synchronized void interrupt() {
        unwanted = true;
        if (worker != null) {
            worker.interrupt();
        }
    }

    private synchronized void begin() {
        if (unwanted) {
            throw new CancelledError("cancelled before a thread took it up");
        }
        worker = Thread.currentThread();
    }

    private synchronized void end() {
        worker = null;
    }
}
