package bowline.service;

import bowline.defer.Deferred;
import bowline.endpoint.ServerEndpoint;
import bowline.failure.Failure;
import bowline.log.Logger;
import bowline.protocol.Address;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.reactor.ListeningPort;
import bowline.reactor.Reactor;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Accepts connections at an endpoint while it runs (SVC-6).
///
/// The port is opened in the privileged phase, or by [#start] when there was none. Stopping takes in those who already
/// wait at the port and closes it, lets connections finish for at most [#drainTimeout], and aborts the others; [#drain]
/// does so with another time. With none at all, nobody is taken in and nobody waited for.
public final class ServerService extends Service {
    /// How long connections may take to finish, unless said otherwise.
    public static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(10);

    private static final Logger log = Logger.of(ServerService.class);

    private final ServerEndpoint endpoint;
    private final Factory<?> factory;
    private final boolean throwing;
    private String logName = "";
    private UnaryOperator<Factory<? extends Protocol>> layer = UnaryOperator.identity();
    private Duration drainTimeout = DRAIN_TIMEOUT;
    private @Nullable Deferred<ListeningPort> listening;
    private @Nullable ListeningPort port;
    private Connections connections;

    /// A server for protocols made by `factory`. That the endpoint cannot listen is logged.
    public ServerService(ServerEndpoint endpoint, Factory<?> factory) {
        this(endpoint, factory, false);
    }

    private ServerService(ServerEndpoint endpoint, Factory<?> factory, boolean throwing) {
        this.endpoint = endpoint;
        this.factory = factory;
        this.throwing = throwing;
        connections = new Connections(factory, logName);
    }

    /// A server at the endpoint that `description` names. That it cannot listen is thrown by [#privilegedStart]
    /// or [#start] (SVC-6).
    ///
    /// @throws IllegalArgumentException if the description cannot be read
    public static ServerService of(Reactor reactor, String description, Factory<?> factory) {
        return throwing(ServerEndpoint.of(reactor, description), factory);
    }

    /// A server whose [#privilegedStart] or [#start] throws when the endpoint cannot listen.
    public static ServerService throwing(ServerEndpoint endpoint, Factory<?> factory) {
        return new ServerService(endpoint, factory, true);
    }

    /// How long connections may take to finish when the service stops.
    public Duration drainTimeout() {
        return drainTimeout;
    }

    /// Sets that; zero aborts them at once.
    public void drainTimeout(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("drain timeout " + time + " is negative; zero aborts at once");
        }
        drainTimeout = time;
    }

    /// Has its log lines begin with this name, as in `web/HTTP,3,127.0.0.1`: for programs with several
    /// services. From the next start on.
    public void logName(String name) {
        logName = Objects.requireNonNull(name);
    }

    /// Has connections served by what `outermost` puts in front of its factory, as [bowline.capture.Captures] does.
    /// From the next start on.
    public void inFront(UnaryOperator<Factory<? extends Protocol>> outermost) {
        layer = Objects.requireNonNull(outermost);
    }

    /// Where it accepts connections when it runs.
    public ServerEndpoint endpoint() {
        return endpoint;
    }

    /// Where it accepts connections now, or null when it does not.
    public @Nullable Address host() {
        return port == null ? null : port.host();
    }

    /// How many connections are open.
    public int connectionCount() {
        return connections.count();
    }

    @Override
    public String toString() {
        String where = port == null ? "" : ", listening at " + port.host();
        return super.toString() + where + ", connections: " + connectionCount();
    }

    @Override
    protected void privilegedStartService() {
        if (listening == null) {
            listen();
        }
    }

    @Override
    protected void startService() {
        if (listening == null) {
            listen();
        }
    }

    private void listen() {
        connections = new Connections(layer.apply(factory), logName);
        Deferred<ListeningPort> attempt = endpoint.listen(connections);
        if (throwing && attempt.hasResult() && attempt.result() instanceof Failure failure) {
            attempt.<@Nullable Void>addCallbacks(_ -> null, _ -> null);
            throw failure.raise();
        }
        listening = attempt;
        attempt.onSuccess(opened -> port = opened)
                .<@Nullable Void>addCallbacks(_ -> null, failure -> failed(attempt, failure));
    }

    private @Nullable Void failed(Deferred<ListeningPort> attempt, Failure failure) {
        if (attempt == listening) {
            listening = null;
            log.failure("cannot listen at {endpoint}", failure, endpoint);
        }
        return null;
    }

    @Override
    protected Deferred<@Nullable Void> stopService() {
        return drainService(drainTimeout);
    }

    @Override
    protected Deferred<@Nullable Void> drainService(Duration deadline) {
        Connections these = connections; // a start meanwhile would bring others
        if (deadline.isZero()) {
            Deferred<@Nullable Void> aborted = these.drain(deadline);
            return close(ListeningPort::stopListening).addCallbackDeferring(_ -> aborted);
        }
        return close(ListeningPort::drain).addCallbackDeferring(_ -> these.drain(deadline));
    }

    private Deferred<@Nullable Void> close(Function<ListeningPort, Deferred<@Nullable Void>> how) {
        Deferred<ListeningPort> attempt = listening;
        ListeningPort opened = port;
        listening = null;
        port = null;
        if (opened != null) {
            return how.apply(opened);
        }
        if (attempt != null) {
            attempt.cancel();
        }
        return Deferred.succeed(null);
    }
}
