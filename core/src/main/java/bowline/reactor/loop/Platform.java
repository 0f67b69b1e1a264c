package bowline.reactor.loop;

import bowline.reactor.Reactor;
import bowline.reactor.Resolver;
import bowline.reactor.ThreadPool;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What a loop has from the machine that it runs on, besides the sockets that its backend knows: time, threads, names
/// and signals. A loop fetches none of these by itself, so that it runs as well on a machine that is played.
public interface Platform {
    /// This machine.
    Platform SYSTEM = new SystemPlatform();

    /// Nanoseconds on a monotonic scale with an arbitrary origin (TIM-2).
    long nanos();

    /// The calendar time.
    Instant now();

    /// A pool that is not started yet (THR-6). It gives its results back by `callFromThread`.
    ///
    /// @param maxThreads the most threads until the program says otherwise
    ThreadPool threadPool(int maxThreads);

    /// What looks up names for `reactor` unless another is installed (RES-3).
    Resolver resolver(Reactor reactor);

    /// The files of UNIX sockets.
    SocketFiles socketFiles();

    /// Has `subscriber` told of each signal that ends a program, on any thread, by its name; by null when the
    /// machine ends the program for a reason unknown (SIG-1).
    Subscription signals(Consumer<@Nullable String> subscriber);

    /// A thread of the pool is about to wait for this answer of its reactor (THR-5). A machine that is played
    /// goes on until it is there; on others, time passes by itself.
    void whileWaitingFor(Future<?> answer);

    /// Has a thread of its own call `look` every so often, until that is ended: for those who watch a loop that
    /// has no time for it. On a machine that is played it is never called, for there a callback takes no time.
    Subscription lookEvery(Duration step, String threadName, Runnable look);

    /// Ends with [#close].
    interface Subscription extends AutoCloseable {
        /// Nothing to end.
        Subscription NONE = () -> {};

        @Override
        void close();
    }
}
