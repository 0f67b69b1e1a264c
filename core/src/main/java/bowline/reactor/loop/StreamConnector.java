package bowline.reactor.loop;

import bowline.failure.Debug;
import bowline.failure.Failure;
import bowline.log.Causes;
import bowline.protocol.Address;
import bowline.protocol.ClientFactory;
import bowline.protocol.ConnectError;
import bowline.protocol.ConnectTimeout;
import bowline.protocol.ConnectionDone;
import bowline.protocol.Connector;
import bowline.protocol.NotConnectingError;
import bowline.protocol.Protocol;
import bowline.protocol.UserError;
import bowline.time.DelayedCall;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Tries to connect, as often as it is told to, and tells its factory how it went (section 19).
final class StreamConnector implements Connector {
    private final Loop loop;
    private final Address destination;
    private final Duration timeout;
    private final Function<StreamConnector, Attempt> attempts;
    private final ClientFactory<?> factory;
    private State state = State.DISCONNECTED;
    private boolean factoryStarted;
    private @Nullable Attempt attempt;
    private @Nullable DelayedCall timer;
    private @Nullable StreamConnection connection;
    private Causes causes = Causes.current(); // with debugging on, what led to the latest attempt

    /// A connector that makes its attempts by `attempts`: there the kinds of streams differ.
    StreamConnector(
            Loop loop,
            Address destination,
            ClientFactory<?> factory,
            Duration timeout,
            Function<StreamConnector, Attempt> attempts) {
        this.loop = loop;
        this.destination = destination;
        this.factory = Objects.requireNonNull(factory);
        this.timeout = timeout;
        this.attempts = attempts;
    }

    Loop loop() {
        return loop;
    }

    @Override
    public State state() {
        return state;
    }

    @Override
    public Address destination() {
        return destination;
    }

    @Override
    public void connect() {
        loop.check("Connector.connect");
        if (state != State.DISCONNECTED) {
            throw new IllegalStateException("connect() to " + destination + " while " + state);
        }
        if (!factoryStarted) {
            factory.doStart();
            factoryStarted = true;
        }
        state = State.CONNECTING;
        if (Debug.enabled()) {
            causes = Causes.current().then("connecting", 0);
        }
        attempt = attempts.apply(this);
        attempt.begin();
        timer = loop.callLater(
                timeout,
                () -> giveUp(new ConnectTimeout(
                        "no connection to " + destination + " within " + timeout.toMillis() + " ms")));
        factory.startedConnecting(this);
    }

    @Override
    public void disconnect() {
        loop.check("Connector.disconnect");
        switch (state) {
            case CONNECTING -> stopConnecting();
            case CONNECTED -> {
                if (connection != null) {
                    connection.loseConnection();
                }
            }
            case DISCONNECTED -> {}
        }
    }

    @Override
    public void stopConnecting() {
        loop.check("Connector.stopConnecting");
        if (state != State.CONNECTING) {
            throw new NotConnectingError();
        }
        giveUp(new UserError("connecting to " + destination + " was ended by stopConnecting()"));
    }

    private void giveUp(ConnectError reason) {
        if (attempt != null) {
            attempt.cancel();
        }
        failed(Failure.of(reason));
    }

    /// The attempt came to nothing (CON-6).
    void failed(Failure reason) {
        loop.tally().connectsFailed++;
        attemptOver();
        state = State.DISCONNECTED;
        loop.guarded(() -> factory.clientConnectionFailed(this, reason));
        stopFactoryIfIdle();
    }

    /// There is a connection (CON-4).
    void connected(StreamConnection made) {
        attemptOver();
        state = State.CONNECTED;
        Protocol protocol;
        try {
            protocol = factory.build(made.peer());
        } catch (Throwable thrown) {
            loop.report("Unhandled Error", thrown);
            made.close(false);
            failed(Failure.of(new ConnectError(
                    "the factory could not build a protocol for " + destination,
                    Failure.of(thrown).value())));
            return;
        }
        if (protocol == null) {
            made.close(false);
            lost(ConnectionDone.FAILURE);
            return;
        }
        connection = made;
        open(made, protocol);
    }

    private void open(StreamConnection made, Protocol protocol) {
        causes.run(() -> made.open(protocol, StreamConnection.CLIENT, this::lost));
    }

    /// The connection has ended, and its protocol knows (CON-7).
    private void lost(Failure reason) {
        connection = null;
        state = State.DISCONNECTED;
        loop.guarded(() -> factory.clientConnectionLost(this, reason));
        stopFactoryIfIdle();
    }

    private void attemptOver() {
        attempt = null;
        if (timer != null) {
            timer.cancelIfActive();
            timer = null;
        }
    }

    /// A callback that connects again keeps the factory started (CON-8).
    private void stopFactoryIfIdle() {
        if (state == State.DISCONNECTED && factoryStarted) {
            factoryStarted = false;
            loop.guarded(factory::doStop);
        }
    }
}
