package bowline.defer;

import java.lang.StackWalker.StackFrame;
import org.jspecify.annotations.Nullable;

/// The thread of a running loop, as the owner of the Deferreds made on it. With debugging on, a Deferred
/// that belongs to a loop refuses every other thread while that loop runs (DEF-27). A reactor
/// enters when it begins to run and leaves at the end; coroutines count as their loop's by way of [Awaiter].
public final class LoopThread {
    private static final ThreadLocal<@Nullable LoopThread> CURRENT = new ThreadLocal<>();

    private final String threadName = Thread.currentThread().getName();
    private volatile boolean ended;
    private long deferreds;

    private LoopThread() {}

    /// Makes the present thread a loop's.
    public static LoopThread enter() {
        var loop = new LoopThread();
        CURRENT.set(loop);
        return loop;
    }

    /// Ends what [#enter] began, on the same thread. The Deferreds made meanwhile are anybody's from now on.
    public void leave() {
        ended = true;
        CURRENT.remove();
    }

    /// The loop that the present thread works for, or null.
    public static @Nullable LoopThread current() {
        return CURRENT.get();
    }

    /// Makes the present thread work for `loop` again, as [#current] said before; for nobody if it is null.
    public static void restore(@Nullable LoopThread loop) {
        CURRENT.set(loop);
    }

    /// Counts the present thread as this loop's too: a coroutine's, or the one that took its host's place (REA-14).
    public void include() {
        CURRENT.set(this);
    }

    /// With debugging on, Deferreds are numbered. On the loop's thread.
    long nextDeferred() {
        return ++deferreds;
    }

    boolean admitsThisThread() {
        return ended || CURRENT.get() == this;
    }

    String refusal() {
        return "Deferred." + methodCalled() + " on thread \""
                + Thread.currentThread().getName() + "\", but the Deferred belongs to the loop on thread \""
                + threadName
                + "\"; hand the call over with reactor.callFromThread(…)";
    }

    /// The method of Deferred by which the caller came in.
    private static String methodCalled() {
        return StackWalker.getInstance()
                .walk(frames -> frames.dropWhile(frame -> !isDeferreds(frame))
                        .takeWhile(LoopThread::isDeferreds)
                        .map(StackFrame::getMethodName)
                        .reduce("?", (_, outer) -> outer));
    }

    private static boolean isDeferreds(StackFrame frame) {
        return frame.getClassName().equals(Chain.class.getName())
                || frame.getClassName().equals(Deferred.class.getName());
    }
}
