package bowline.process;

import bowline.defer.Deferred;
import bowline.reactor.Reactor;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Runs a reactor on the test's thread until something has happened.
final class LiveLoop {
    private static final Duration TIME_LIMIT = Duration.ofSeconds(20);

    final Reactor reactor;

    LiveLoop(Reactor reactor) {
        this.reactor = reactor;
    }

    /// The result of `awaited`, a [bowline.failure.Failure] included.
    @Nullable
    Object until(Deferred<?> awaited) {
        reactor.callLater(TIME_LIMIT, () -> {
            awaited.cancel();
            reactor.stop();
        });
        Object[] result = new Object[1];
        awaited.addBoth((value, failure) -> {
            result[0] = failure == null ? value : failure;
            return null;
        });
        awaited.onBoth(() -> reactor.callWhenRunning(reactor::stop));
        reactor.run(false);
        return result[0];
    }
}
