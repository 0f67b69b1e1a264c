package bowline.cred;

import bowline.defer.Deferred;
import java.util.concurrent.Callable;
import java.util.function.Function;

/// Where slow hashes are computed, and how many wait for it at most: one who sends wrong passwords as fast as the
/// network can must not exhaust the process. For the reactor's thread.
///
///     HashWork.on(reactor::deferToThread)
public final class HashWork {
    /// Logins that may be computing or waiting at a time, unless said otherwise.
    public static final int PENDING_MAX = 64;

    private final Function<Callable<Boolean>, Deferred<Boolean>> runner;
    private final int pendingMax;
    private int pending;

    private HashWork(Function<Callable<Boolean>, Deferred<Boolean>> runner, int pendingMax) {
        if (pendingMax < 1) {
            throw new IllegalArgumentException("pendingMax " + pendingMax + " is less than 1: nobody could log in");
        }
        this.runner = runner;
        this.pendingMax = pendingMax;
    }

    /// Work given to `runner`, which a reactor's `deferToThread` is, with [#PENDING_MAX].
    public static HashWork on(Function<Callable<Boolean>, Deferred<Boolean>> runner) {
        return new HashWork(runner, PENDING_MAX);
    }

    /// Work done at once, by the caller: for tests and tools.
    public static HashWork atOnce() {
        return on(Deferred::execute);
    }

    /// The same with another bound.
    public HashWork pendingMax(int max) {
        return new HashWork(runner, max);
    }

    /// Runs `check` there. Fails with [LoginDenied] when too much waits already: the same for every user.
    Deferred<Boolean> run(Callable<Boolean> check) {
        if (pending >= pendingMax) {
            return Deferred.fail(new LoginDenied(
                    "too many passwords are being checked (pendingMax, " + pendingMax + "); try again later"));
        }
        pending++;
        // A check that was begun goes on though its login was cancelled, so the count follows the work itself.
        var finished = new Deferred<Boolean>();
        Deferred<Boolean> work = Deferred.maybeDeferred(() -> runner.apply(check));
        work.onBoth(() -> pending--).chainDeferred(finished);
        return finished;
    }
}
