package bowline.service;

import bowline.defer.Callback;
import bowline.defer.CancelledError;
import bowline.defer.Deferred;
import bowline.endpoint.ClientEndpoint;
import bowline.failure.Failure;
import bowline.log.Logger;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.protocol.WatchedProtocol;
import bowline.time.Clock;
import bowline.time.DelayedCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Keeps one connection up while it runs: connects, waits and connects again (section 35).
///
///     stopped ──▶ attempt ──▶ preparing ──▶ connected
///                    ▲            │             │
///                    └── waiting ◀┴─────────────┘   by failure or loss, for as long as the policy says
///
/// Exactly one of `attempt`, `preparing`, `current` with none of these, and `retry` says where it stands.
/// Stopping leads from each of them to stopped; from the two with a connection by way of its loss.
///
/// @param <P> the protocols of the connections
public final class ClientService<P extends Protocol> extends Service implements WatchedProtocol.Watcher<P> {
    private static final Logger log = Logger.of(ClientService.class);

    private final Clock clock;
    private final ClientEndpoint endpoint;
    private final Factory<WatchedProtocol<P>> factory;
    private final RetryPolicy policy;
    private final Callback<? super P, ? extends Deferred<?>> prepare;
    private final List<Waiter<P>> waiters = new ArrayList<>();
    private final List<Deferred<@Nullable Void>> stops = new ArrayList<>();

    private @Nullable Deferred<WatchedProtocol<P>> attempt;
    private @Nullable Deferred<?> preparing;
    private @Nullable P current;
    private @Nullable DelayedCall retry;
    private @Nullable DelayedCall abort;
    private int failures;
    private boolean stopped;

    private record Waiter<P extends Protocol>(Deferred<P> result, int failuresLeft) {
        /// Tells it, unless it has given up meanwhile.
        void tell(Consumer<Deferred<P>> outcome) {
            if (!result.called()) {
                outcome.accept(result);
            }
        }
    }

    /// A service without preparation.
    public ClientService(Clock clock, ClientEndpoint endpoint, Factory<P> factory, RetryPolicy policy) {
        this(clock, endpoint, factory, policy, _ -> Deferred.succeed(true));
    }

    /// A service whose connections count once `prepare` has succeeded; its failure closes the connection
    /// and counts as a failed attempt (CLS-5).
    ///
    /// @param clock waits on it between attempts, usually the reactor
    public ClientService(
            Clock clock,
            ClientEndpoint endpoint,
            Factory<P> factory,
            RetryPolicy policy,
            Callback<? super P, ? extends Deferred<?>> prepare) {
        this.clock = clock;
        this.endpoint = endpoint;
        this.factory = WatchedProtocol.factory(factory, this);
        this.policy = policy;
        this.prepare = prepare;
    }

    /// The protocol of the present connection, at once or when there is one; it fails with [CancelledError]
    /// when the service stops (CLS-3). Each call has its own Deferred.
    public Deferred<P> whenConnected() {
        return whenConnected(Integer.MAX_VALUE);
    }

    /// As [#whenConnected()], but fails with the last failure after so many failed attempts from now on (CLS-3).
    public Deferred<P> whenConnected(int failAfterFailures) {
        if (failAfterFailures < 1) {
            throw new IllegalArgumentException("failAfterFailures " + failAfterFailures + " is less than 1");
        }
        if (stopped) {
            return Deferred.fail(new CancelledError("the client service for " + endpoint + " is stopped"));
        }
        if (current != null && preparing == null && !stopping()) {
            return Deferred.succeed(current);
        }
        Deferred<P> result = new Deferred<>(this::giveUp);
        waiters.add(new Waiter<>(result, failAfterFailures));
        return result;
    }

    private void giveUp(Deferred<?> result) {
        waiters.removeIf(waiter -> waiter.result == result);
    }

    private List<Waiter<P>> takeWaiters() {
        List<Waiter<P>> taken = List.copyOf(waiters);
        waiters.clear();
        return taken;
    }

    // Connecting

    @Override
    protected void startService() {
        stopped = false;
        if (!stopping()) {
            connect();
        }
        // Otherwise the old connection is still closing, and its end leads back here (CLS-6).
    }

    private void connect() {
        retry = null;
        Deferred<WatchedProtocol<P>> begun = Deferred.maybeDeferred(() -> endpoint.connect(factory));
        attempt = begun;
        begun.<@Nullable Void>addCallbacks(this::connected, this::attemptFailed);
    }

    private @Nullable Void connected(WatchedProtocol<P> watched) {
        attempt = null;
        P protocol = watched.inner();
        current = protocol;
        if (stopping()) {
            close();
            return null;
        }
        Deferred<?> preparation =
                Deferred.maybeDeferred(() -> Deferred.succeed(true).addCallbackDeferring(_ -> prepare.call(protocol)));
        preparing = preparation;
        preparation.<@Nullable Void>addCallbacks(
                _ -> prepared(protocol), failure -> preparationFailed(protocol, failure));
        return null;
    }

    private @Nullable Void prepared(P protocol) {
        if (current == protocol) {
            preparing = null;
            failures = 0;
            takeWaiters().forEach(waiter -> waiter.tell(result -> result.callback(protocol)));
        }
        return null;
    }

    private @Nullable Void preparationFailed(P protocol, Failure failure) {
        if (current == protocol && preparing != null) {
            preparing = null;
            current = null;
            protocol.transport().loseConnection();
            failed(failure);
        }
        return null;
    }

    private @Nullable Void attemptFailed(Failure failure) {
        attempt = null;
        failed(failure);
        return null;
    }

    private void failed(Failure failure) {
        if (stopping()) {
            gone();
            return;
        }
        waitForRetry(failure);
        var impatient = new ArrayList<Waiter<P>>();
        for (Waiter<P> waiter : takeWaiters()) {
            if (waiter.failuresLeft == 1) {
                impatient.add(waiter);
            } else {
                waiters.add(new Waiter<>(waiter.result, waiter.failuresLeft - 1));
            }
        }
        impatient.forEach(waiter -> waiter.tell(result -> result.errback(failure)));
    }

    private void waitForRetry(Failure reason) {
        Duration delay = policy.delay(++failures);
        log.info(
                "Connecting to {endpoint} again in {seconds} s; {reason}",
                endpoint,
                delay.toMillis() / 1e3,
                reason.message());
        retry = clock.callLater(delay, this::connect);
    }

    /// Part of watching the connection; it is the endpoint that tells when it can be used.
    @Override
    public void connectionMade(P protocol) {}

    /// Part of watching the connection.
    @Override
    public void connectionLost(P protocol, Failure reason) {
        if (current != protocol) {
            return;
        }
        current = null;
        Deferred<?> unprepared = preparing;
        preparing = null;
        if (unprepared != null) {
            unprepared.cancel();
            failed(reason);
        } else if (stopping()) {
            gone();
        } else {
            waitForRetry(reason);
        }
    }

    // Stopping

    @Override
    protected Deferred<@Nullable Void> stopService() {
        Deferred<@Nullable Void> stop = new Deferred<>();
        stops.add(stop);
        stopped = true;
        cancelWaiters();
        if (attempt != null) {
            attempt.cancel();
        } else if (current != null) {
            close();
        } else {
            gone();
        }
        return stop;
    }

    @Override
    protected Deferred<@Nullable Void> drainService(Duration deadline) {
        Deferred<@Nullable Void> stop = stopService();
        P closing = current;
        if (closing != null && deadline.isZero()) {
            closing.transport().abortConnection();
        } else if (closing != null) {
            abortAfter(deadline, closing);
        }
        return stop;
    }

    private void abortAfter(Duration deadline, P closing) {
        if (abort == null || !abort.active()) {
            abort = clock.callLater(deadline, closing.transport()::abortConnection);
        } else if (clock.nanos() + deadline.toNanos() - abort.time() < 0) {
            abort.reset(deadline);
        }
    }

    /// Whether somebody waits for the end of a stop, even if it was started again meanwhile.
    private boolean stopping() {
        return !stops.isEmpty();
    }

    private void close() {
        Deferred<?> unprepared = preparing;
        preparing = null;
        if (unprepared != null) {
            unprepared.cancel();
        }
        if (current != null) {
            current.transport().loseConnection();
        }
    }

    private void cancelWaiters() {
        var stopping = new CancelledError("the client service for " + endpoint + " was stopped");
        takeWaiters().forEach(waiter -> waiter.tell(result -> result.errback(stopping)));
    }

    /// Nothing is open or under way any more: the end of a stop, or, if it was started again meanwhile, a new
    /// beginning.
    private void gone() {
        for (DelayedCall timer : new DelayedCall[] {retry, abort}) {
            if (timer != null) {
                timer.cancelIfActive();
            }
        }
        failures = 0;
        List<Deferred<@Nullable Void>> ended = List.copyOf(stops);
        stops.clear();
        if (running()) {
            connect();
        }
        for (Deferred<@Nullable Void> stop : ended) {
            stop.callback(null);
        }
    }
}
