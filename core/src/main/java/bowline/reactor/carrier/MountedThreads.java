package bowline.reactor.carrier;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Makes virtual threads with a scheduler of our own.
///
/// The JDK has that in a constructor that is not public, so it is looked for and tried out before anything
/// relies on it.
final class MountedThreads {
    private static final @Nullable MethodHandle BUILDER;

    /// Why there are no such threads here, or the empty string when there are.
    static final String OBSTACLE;

    static {
        MethodHandle builder = null;
        String obstacle = "";
        try {
            builder = findBuilder();
            tryOut(builder);
        } catch (Throwable thrown) {
            obstacle = thrown + "; run java with --add-opens java.base/java.lang="
                    + (MountedThreads.class.getModule().isNamed() ? "bowline.core" : "ALL-UNNAMED");
        }
        BUILDER = builder;
        OBSTACLE = obstacle;
    }

    private MountedThreads() {}

    /// A virtual thread that is not started, and that `scheduler` is asked to run, a stretch at a time.
    static Thread unstarted(Executor scheduler, Runnable body) {
        if (BUILDER == null) {
            throw new AssertionError("mounted threads were not probed: " + OBSTACLE);
        }
        try {
            return unstarted(BUILDER, scheduler, body);
        } catch (Throwable thrown) {
            throw new AssertionError("mounted threads worked when they were tried out", thrown);
        }
    }

    private static Thread unstarted(MethodHandle builder, Executor scheduler, Runnable body) throws Throwable {
        return ((Thread.Builder.OfVirtual) builder.invokeExact(scheduler)).unstarted(body);
    }

    private static MethodHandle findBuilder() throws ReflectiveOperationException {
        Constructor<?> constructor =
                Class.forName("java.lang.ThreadBuilders$VirtualThreadBuilder").getDeclaredConstructor(Executor.class);
        constructor.setAccessible(true);
        return MethodHandles.lookup()
                .unreflectConstructor(constructor)
                .asType(MethodType.methodType(Thread.Builder.OfVirtual.class, Executor.class));
    }

    /// Starts a thread, parks it, lets it go on and end, all inside this call.
    private static void tryOut(MethodHandle builder) throws Throwable {
        Queue<Runnable> stretches = new ArrayDeque<>();
        boolean[] reached = new boolean[2];
        Thread thread = unstarted(builder, stretches::add, () -> {
            reached[0] = true;
            LockSupport.park();
            reached[1] = true;
        });
        thread.start();
        runNext(stretches);
        if (!reached[0] || reached[1]) {
            throw new IllegalStateException("a virtual thread did not stop where it parked");
        }
        LockSupport.unpark(thread);
        runNext(stretches);
        if (!reached[1]) {
            throw new IllegalStateException("a virtual thread did not go on when it was unparked");
        }
    }

    private static void runNext(Queue<Runnable> stretches) {
        Runnable next = stretches.poll();
        if (next == null) {
            throw new IllegalStateException("the scheduler of a virtual thread was not asked to run it");
        }
        next.run();
    }
}
