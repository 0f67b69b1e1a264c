package bowline.reactor.loop;

import bowline.defer.Deferred;
import bowline.failure.Debug;
import bowline.log.Causes;
import bowline.log.LogContext;
import bowline.reactor.Reactor;
import bowline.reactor.ThreadPool;
import bowline.reactor.threads.Threads;
import bowline.time.Action;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// Work on its way to another thread or to a later time. The log's context goes with it if that is wanted
/// ([Reactor#carryContext]), and with debugging on it knows what led to it. For any thread.
final class CarriedWork {
    private static final String LATER = "timed call";
    private static final String FROM_THREAD = "call from a thread";
    private static final String TO_POOL = "work for the thread pool";

    private final Reactor reactor;
    private final Turn turn;
    private final ThreadPool pool;
    private volatile boolean carriesContext;

    CarriedWork(Reactor reactor, Turn turn, ThreadPool pool) {
        this.reactor = reactor;
        this.turn = turn;
        this.pool = pool;
    }

    void carryContext(boolean on) {
        carriesContext = on;
    }

    /// A call as it is to be made when its time has come.
    ///
    /// @param number of the timer
    Action later(Action call, long number) {
        return handedOn(LATER, number, carried(call));
    }

    /// To the loop's thread.
    void callFromThread(Action action) {
        turn.fromThread(handedOn(FROM_THREAD, 0, carried(action)));
    }

    /// To the pool, and the result to the loop's thread.
    <T extends @Nullable Object> Deferred<T> deferToThread(Callable<T> work) {
        Callable<T> known = Debug.enabled() ? Causes.current().then(TO_POOL, 0).carry(work) : work;
        if (!carriesContext) {
            return Threads.deferToThreadPool(reactor, pool, known);
        }
        LogContext context = LogContext.current();
        // What the result sets going belongs to it as well.
        return Threads.deferToThreadPool(
                result -> turn.fromThread(handedOn(FROM_THREAD, 0, context.carry(result::run))),
                pool,
                context.carry(known));
    }

    /// To the pool.
    void callInThread(Action work) {
        pool.callInThread(handedOn(TO_POOL, 0, carried(work)));
    }

    private static Action handedOn(String how, long number, Action action) {
        return Debug.enabled() ? Causes.current().then(how, number).carry(action) : action;
    }

    private Action carried(Action action) {
        return carriesContext ? LogContext.current().carry(action) : action;
    }
}
