package bowline.conformance;

import bowline.defer.Deferred;
import bowline.reactor.Reactor;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/// A real reactor on a thread of its own, for tests whose other half is another program.
final class LiveReactor implements AutoCloseable {
    private static final Duration TIME_LIMIT = Duration.ofSeconds(30);

    private final Reactor reactor = Reactor.create();
    private final Thread thread = Thread.ofPlatform().name("reactor").start(() -> reactor.run(false));

    Reactor reactor() {
        return reactor;
    }

    /// Runs `work` on the reactor's thread and waits for its value.
    <T> T call(Callable<T> work) throws Exception {
        return await(() -> Deferred.succeed(work.call()));
    }

    /// Runs `work` on the reactor's thread and waits for its Deferred.
    <T> T await(Callable<Deferred<T>> work) throws Exception {
        var future = new java.util.concurrent.CompletableFuture<T>();
        reactor.callFromThread(() -> Deferred.maybeDeferred(work)
                .addCallbacks(future::complete, failure -> future.completeExceptionally(failure.value())));
        try {
            return future.get(TIME_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException failed) {
            throw failed.getCause() instanceof Exception cause ? cause : failed;
        }
    }

    @Override
    public void close() {
        reactor.callFromThread(reactor::stop);
        try {
            if (!thread.join(TIME_LIMIT)) {
                throw new AssertionError("the reactor did not stop within " + TIME_LIMIT);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
