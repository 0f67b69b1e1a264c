package bowline.protocol;

import bowline.failure.Failure;
import bowline.log.Logger;
import bowline.time.Clock;
import bowline.time.DelayedCall;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A client factory that connects again, after ever longer waits, when an attempt fails or the connection
/// is lost (section 20). For programs in the older style; `bowline.service` has a client service.
///
/// Call [#resetDelay] when a connection has proved itself, typically in `buildProtocol`: the next
/// trouble then starts from the shortest wait again.
///
/// @param <P> the protocols it makes
public abstract class ReconnectingClientFactory<P extends Protocol> extends ClientFactory<P> {
    private static final Logger log = Logger.of(ReconnectingClientFactory.class);

    private final Clock clock;
    private final RandomGenerator random;
    private final RetryDelays delays;
    private Duration base;
    private int retries;
    private boolean trying = true;
    private @Nullable Connector connector;
    private @Nullable DelayedCall pending;

    /// With the usual waits.
    ///
    /// @param clock waits on it, usually the reactor (REC-7)
    /// @param random where jitter comes from
    protected ReconnectingClientFactory(Clock clock, RandomGenerator random) {
        this(clock, random, RetryDelays.DEFAULT);
    }

    /// With other waits.
    protected ReconnectingClientFactory(Clock clock, RandomGenerator random, RetryDelays delays) {
        this.clock = clock;
        this.random = random;
        this.delays = delays;
        this.base = delays.initial();
    }

    /// How many retries there were since the start or the last [#resetDelay].
    public final int retries() {
        return retries;
    }

    /// Whether trouble leads to another attempt; not after [#stopTrying].
    public final boolean trying() {
        return trying;
    }

    @Override
    public void startedConnecting(Connector started) {
        connector = started;
    }

    /// Tries again (REC-2). Whoever overrides this calls it, or the trying ends.
    @Override
    public void clientConnectionFailed(Connector failed, Failure reason) {
        retryIfTrying(failed);
    }

    /// Tries again (REC-2). Whoever overrides this calls it, or the trying ends.
    @Override
    public void clientConnectionLost(Connector lost, Failure reason) {
        retryIfTrying(lost);
    }

    private void retryIfTrying(Connector again) {
        connector = again;
        if (trying) {
            retry();
        }
    }

    /// Waits, and connects again, unless the retries are used up (REC-2). Called by itself in trouble.
    ///
    /// @throws IllegalStateException if there was no attempt yet (REC-6)
    public final void retry() {
        Connector again = connector;
        if (again == null) {
            throw new IllegalStateException("no connector to retry: connect once with this factory first");
        }
        if (!trying) {
            say("Abandoning {connector} on an explicit request", again);
            return;
        }
        if (retries >= delays.maxRetries()) {
            say("Abandoning {connector} after {retries} retries.", again, retries);
            return;
        }
        retries++;
        Duration wait = delays.around(base, random);
        base = delays.after(base);
        say("{connector} will retry in {seconds} seconds", again, wait.toNanos() / 1e9);
        pending = clock.callLater(wait, () -> {
            pending = null;
            again.connect();
        });
    }

    /// The connection has proved itself: the waits and the count start anew, and trying is on (REC-4).
    public final void resetDelay() {
        base = delays.initial();
        retries = 0;
        trying = true;
    }

    /// Tries no more: ends the wait or the attempt under way, and stays so until [#resetDelay] (REC-5).
    public final void stopTrying() {
        trying = false;
        if (pending != null) {
            pending.cancel();
            pending = null;
        }
        if (connector != null && connector.state() == Connector.State.CONNECTING) {
            connector.stopConnecting();
        }
    }

    private void say(String format, Object... values) {
        if (noisy()) {
            log.info(format, values);
        }
    }
}
