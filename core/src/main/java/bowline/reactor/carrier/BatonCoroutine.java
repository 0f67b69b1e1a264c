package bowline.reactor.carrier;

import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A coroutine on an ordinary virtual thread. There is one baton: whoever enters the coroutine hands it
/// over and waits until it comes back, so that of the loop and its coroutines only one ever runs.
final class BatonCoroutine<T extends @Nullable Object> extends Coroutine<T> {
    private final Thread thread = Thread.ofVirtual().unstarted(this::runAndReturn);
    private @Nullable Thread giver;
    private volatile boolean hasBaton;

    BatonCoroutine(Coroutines family, Callable<T> body) {
        super(family, body);
    }

    @Override
    void enter() {
        boolean first = giver == null;
        giver = Thread.currentThread();
        hasBaton = true;
        if (first) {
            thread.start();
        } else {
            LockSupport.unpark(thread);
        }
        Thread before = family.busyThread();
        family.busy(thread);
        parkUntil(false);
        family.busy(before);
    }

    @Override
    void leave() {
        handBack();
        parkUntil(true);
    }

    @Override
    Thread thread() {
        return thread;
    }

    /// The loop would be waiting for it, so there is nobody to ask this.
    @Override
    boolean interruptIfBlocked() {
        return false;
    }

    private void runAndReturn() {
        try {
            run();
        } finally {
            handBack();
        }
    }

    private void handBack() {
        Thread waiting = giver;
        hasBaton = false;
        LockSupport.unpark(waiting);
    }

    private void parkUntil(boolean state) {
        boolean interrupted = Thread.interrupted(); // an interrupted thread would not park
        while (hasBaton != state) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
