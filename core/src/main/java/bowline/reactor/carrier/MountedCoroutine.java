package bowline.reactor.carrier;

import bowline.failure.Debug;
import java.util.ArrayDeque;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A coroutine on a virtual thread that is its own scheduler: asked to run a *stretch* of it, up to where
/// the thread parks next, it does so on the reactor's thread.
///
/// Two ways lead there. [#enter] unparks the thread and runs the stretch inside its call. A thread
/// that parked in a blocking call of the JDK is unparked by whoever ends that call, mostly another thread:
/// then the loop runs the stretch on a coming turn.
///
/// One virtual thread cannot carry another. A coroutine that lets another go on therefore *lends* it the
/// reactor's thread: it parks itself, and [#settle], on the reactor's own stack, runs the borrower first and
/// then the lender. However deep the lending goes, that stack does not grow.
final class MountedCoroutine<T extends @Nullable Object> extends Coroutine<T> implements Executor {
    private final Thread thread = MountedThreads.unstarted(this, this::run);
    private volatile @Nullable Runnable stretch;
    private @Nullable Thread driver;
    private @Nullable MountedCoroutine<?> borrower;
    private boolean started;
    private boolean entered;
    private boolean active;

    MountedCoroutine(Coroutines family, Callable<T> body) {
        super(family, body);
    }

    /// Called by the JDK when the virtual thread can run, on whichever thread brought that about.
    @Override
    public void execute(Runnable nextStretch) {
        stretch = nextStretch;
        if (Thread.currentThread() != driver) {
            family.later(this::wake);
        }
    }

    @Override
    void enter() {
        if (current() instanceof MountedCoroutine<?> lender) {
            lender.lendTo(this);
        } else {
            step();
            settle();
        }
    }

    /// An unpark can come from anyone at any time; only [#enter] means what it says.
    @Override
    void leave() {
        if (Debug.enabled()) {
            refuseToPin();
        }
        entered = false;
        boolean interrupted = Thread.interrupted(); // an interrupted thread would not park
        while (!entered) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// A thread that parks under such a frame keeps the loop's thread to itself, and nothing would end that.
    private static void refuseToPin() {
        StackWalker.getInstance()
                .walk(frames -> frames.filter(frame ->
                                frame.isNativeMethod() || frame.getMethodName().equals("<clinit>"))
                        .findFirst())
                .ifPresent(frame -> {
                    throw new IllegalStateException("await() under " + frame
                            + " would block the loop for ever: no class initialiser or native method may wait");
                });
    }

    @Override
    Thread thread() {
        return thread;
    }

    @Override
    boolean interruptIfBlocked() {
        if (active || awaited() != null) {
            return false;
        }
        thread.interrupt();
        proceed();
        return true;
    }

    private void lendTo(MountedCoroutine<?> other) {
        borrower = other;
        leave();
    }

    /// The end of a blocking call, on a turn of the loop.
    private void wake() {
        if (stretch != null) {
            countStep();
            runStretch();
            settle();
            rethrowFatal();
        }
    }

    private void step() {
        entered = true;
        driver = Thread.currentThread();
        if (started) {
            LockSupport.unpark(thread);
        } else {
            started = true;
            thread.start();
        }
        driver = null;
        runStretch();
    }

    /// Runs the thread up to where it parks. If another thread has unparked it a moment ago, the stretch may
    /// be still on its way, and the loop will run it.
    private void runStretch() {
        Runnable next = stretch;
        if (next != null) {
            stretch = null;
            active = true;
            family.busy(thread);
            next.run();
            family.busy(null);
        }
    }

    /// After a stretch: lets those go on to whom the thread was lent meanwhile, and then the lenders.
    private void settle() {
        if (borrower == null) {
            active = false;
            return;
        }
        var lenders = new ArrayDeque<MountedCoroutine<?>>();
        lenders.push(this);
        while (!lenders.isEmpty()) {
            MountedCoroutine<?> top = lenders.element();
            if (top.borrower != null) {
                MountedCoroutine<?> next = top.borrower;
                top.borrower = null;
                lenders.push(next);
                next.step();
            } else {
                top.active = false;
                lenders.pop();
                if (!lenders.isEmpty()) {
                    lenders.element().step();
                }
            }
        }
    }
}
