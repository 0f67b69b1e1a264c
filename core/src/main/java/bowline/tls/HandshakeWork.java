package bowline.tls;

import bowline.failure.Failure;
import bowline.log.Logger;
import bowline.reactor.Reactor;
import bowline.time.Action;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// Where engines compute: on the threads of reactors' pools, so many at a time for all connections of one options
/// object, and so many more waiting in the order they came in (TLS-4). Safe for any thread: several reactors may
/// share it.
final class HandshakeWork {
    private static final Logger log = Logger.of(HandshakeWork.class);

    private final int max;
    private final int waitingMax;
    private final Queue<Task> waiting = new ArrayDeque<>();
    private int atWork;

    HandshakeWork(int max, int waitingMax) {
        this.max = max;
        this.waitingMax = waitingMax;
    }

    /// One piece of work.
    ///
    /// @param reactor whose connection it is for
    /// @param done called on the reactor's thread afterwards
    private record Task(Reactor reactor, Runnable work, Action done) {}

    /// Has `work` done, and then `done` called on the reactor's thread.
    ///
    /// @return what takes it back, and answers whether it had not begun; null if too much waits already
    @Nullable
    Withdrawal submit(Reactor reactor, Runnable work, Action done) {
        var task = new Task(reactor, work, done);
        synchronized (waiting) {
            if (atWork == max) {
                return waiting.size() < waitingMax && waiting.add(task) ? () -> withdraw(task) : null;
            }
            atWork++;
        }
        reactor.callInThread(() -> work(task));
        return () -> false;
    }

    /// Takes work back.
    @FunctionalInterface
    interface Withdrawal {
        /// Whether it had not begun: nothing is done any more then, and nobody called.
        boolean withdraw();
    }

    private boolean withdraw(Task task) {
        synchronized (waiting) {
            return waiting.remove(task);
        }
    }

    /// On a pool's thread, which goes on with what waits, whichever reactor's that is.
    private void work(Task first) {
        for (Task task = first; task != null; task = next()) {
            try {
                task.work.run();
            } catch (Throwable thrown) {
                // An Error too costs this one connection, and not a place among those at work.
                log.failure("work of a TLS engine has thrown", Failure.of(thrown));
            }
            task.reactor.callFromThread(task.done);
        }
    }

    private @Nullable Task next() {
        synchronized (waiting) {
            Task next = waiting.poll();
            if (next == null) {
                atWork--;
            }
            return next;
        }
    }

    /// How much waits.
    int waiting() {
        synchronized (waiting) {
            return waiting.size();
        }
    }
}
