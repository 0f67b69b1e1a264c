package bowline.cred;

import bowline.defer.Deferred;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// Where checkers do what would keep the reactor waiting: read files, compute hashes that are slow by design. So many
/// such pieces at most wait or run at a time: one who sends wrong passwords as fast as the network can must not
/// exhaust the process. For the reactor's thread.
///
///     SlowWork.on(reactor::deferToThread)
public final class SlowWork {
    /// Logins that may be at work or waiting for it, unless said otherwise.
    public static final int PENDING_MAX = 64;

    private final Runner runner;
    private final int pendingMax;
    private int pending;

    /// Runs work elsewhere and answers on the reactor's thread, as a reactor's `deferToThread` does.
    @FunctionalInterface
    public interface Runner {

        /// What `work` answers or throws.
        <T extends @Nullable Object> Deferred<T> run(Callable<T> work);
    }

    private SlowWork(Runner runner, int pendingMax) {
        if (pendingMax < 1) {
            throw new IllegalArgumentException("pendingMax " + pendingMax + " is less than 1: nobody could log in");
        }
        this.runner = runner;
        this.pendingMax = pendingMax;
    }

    /// Work given to `runner`, with [#PENDING_MAX].
    public static SlowWork on(Runner runner) {
        return new SlowWork(runner, PENDING_MAX);
    }

    /// Work done at once, by the caller: for tests and tools.
    public static SlowWork atOnce() {
        return on(Deferred::execute);
    }

    /// The same with another bound.
    public SlowWork pendingMax(int max) {
        return new SlowWork(runner, max);
    }

    /// Runs `work` there. Fails with [LoginDenied] when too much waits already: the same for every user.
    public <T extends @Nullable Object> Deferred<T> run(Callable<T> work) {
        if (pending >= pendingMax) {
            return Deferred.fail(new LoginDenied(
                    "too many logins are being checked (pendingMax, " + pendingMax + "); try again later"));
        }
        pending++;
        // Work that was begun goes on though its login was cancelled, so the count follows the work itself.
        var finished = new Deferred<T>();
        Deferred<T> begun = Deferred.maybeDeferred(() -> runner.run(work));
        begun.onBoth(() -> pending--).chainDeferred(finished);
        return finished;
    }
}
