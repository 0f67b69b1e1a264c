package bowline.reactor.loop;

import bowline.reactor.ReactorHost;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// The run of a loop on somebody else's thread (REA-14). The thread that called `run()` waits for what there is to
/// do, then gives the host one piece of work and waits for its end: so at most one is under way, the host's own
/// events come between any two, and the loop's state is touched by one thread at a time.
///
///     calling thread    ── wait ──┐             ┌── wait ──
///     host's thread     ─ event ─ └─ one turn ──┘ ─ event ─
///
/// What the host's own events ask of the loop meanwhile ends the wait ([Turn#touched]).
final class HostedRun {
    /// How often it is looked whether a host that does not come to our work is still there.
    private static final long PATIENCE_MILLIS = 500;

    private final Loop loop;
    private final LoopLife life;
    private final ReactorHost host;
    private volatile boolean hostEnded;
    private boolean alone;
    private long waitNanos;

    HostedRun(Loop loop, LoopLife life, ReactorHost host) {
        this.loop = loop;
        this.life = life;
        this.host = host;
    }

    void run(boolean installSignalHandlers) {
        host.start(() -> {
            hostEnded = true;
            loop.wakeUp();
        });
        life.enter();
        try {
            onHost(() -> life.begin(installSignalHandlers));
            onHost(() -> waitNanos = life.betweenWaits(true));
            while (!life.leaving()) {
                await();
                onHost(() -> waitNanos = life.betweenWaits(false));
            }
        } finally {
            onHost(life::end);
            if (life.stopped()) {
                host.stop();
            }
        }
    }

    private void await() {
        if (waitNanos == 0) {
            return;
        }
        try {
            loop.await(waitNanos);
        } catch (IOException broken) {
            loop.report("Unexpected error in main loop", broken);
        }
    }

    /// Returns when the host has done `work`. A host that has ended does no more; then it is done here.
    private void onHost(Runnable work) {
        var task = new FutureTask<@Nullable Void>(work, null);
        if (!hostEnded) {
            host.execute(task);
        }
        while (!hostEnded && !isDone(task)) {
            // it has other things to do
        }
        if (hostEnded) {
            goOnAlone();
            task.run(); // nothing, if it was the host's last deed
            isDone(task);
        }
    }

    private void goOnAlone() {
        if (!alone) {
            alone = true;
            life.hostEnded();
        }
    }

    private static boolean isDone(FutureTask<?> task) {
        try {
            task.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException notYet) {
            return false;
        } catch (InterruptedException interrupted) {
            Loop.log.debug("the thread that waits for the reactor was interrupted; use stop() to end it");
            return false;
        } catch (ExecutionException thrown) {
            throw rethrown(thrown.getCause());
        }
    }

    /// Only what no loop survives comes here.
    private static Error rethrown(@Nullable Throwable thrown) {
        return thrown instanceof Error error ? error : new AssertionError("a turn threw", thrown);
    }
}
