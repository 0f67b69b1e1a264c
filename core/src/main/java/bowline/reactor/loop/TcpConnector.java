package bowline.reactor.loop;

import bowline.failure.Failure;
import bowline.log.Logger;
import bowline.protocol.Address;
import bowline.protocol.ClientFactory;
import bowline.protocol.ConnectError;
import bowline.protocol.ConnectTimeout;
import bowline.protocol.ConnectionDone;
import bowline.protocol.Connector;
import bowline.protocol.NotConnectingError;
import bowline.protocol.Protocol;
import bowline.protocol.UserError;
import bowline.reactor.ConnectOptions;
import bowline.reactor.Reactor;
import bowline.time.DelayedCall;
import org.jspecify.annotations.Nullable;

/// Tries to connect, as often as it is told to, and tells its factory how it went (section 19).
final class TcpConnector implements Connector {
    private static final Logger log = Logger.of(Reactor.class);

    private final Loop loop;
    private final Address.Hostname destination;
    private final ClientFactory<?> factory;
    private final ConnectOptions options;
    private State state = State.DISCONNECTED;
    private boolean factoryStarted;
    private @Nullable Attempt attempt;
    private @Nullable DelayedCall timer;
    private @Nullable StreamConnection connection;

    TcpConnector(Loop loop, String host, int port, ClientFactory<?> factory, ConnectOptions options) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + " is not between 0 and 65535");
        }
        this.loop = loop;
        this.destination = new Address.Hostname(host, port);
        this.factory = factory;
        this.options = options;
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
        attempt = new Attempt(loop, destination, options, this);
        attempt.begin();
        timer = loop.callLater(
                options.timeout(),
                () -> giveUp(new ConnectTimeout("no connection to " + destination + " within "
                        + options.timeout().toMillis() + " ms")));
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
        attemptOver();
        state = State.DISCONNECTED;
        Loop.guarded(() -> factory.clientConnectionFailed(this, reason));
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
            log.failure("Unhandled Error", Failure.of(thrown));
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
        made.open(protocol, StreamConnection.CLIENT, this::lost);
    }

    /// The connection has ended, and its protocol knows (CON-7).
    private void lost(Failure reason) {
        connection = null;
        state = State.DISCONNECTED;
        Loop.guarded(() -> factory.clientConnectionLost(this, reason));
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
            Loop.guarded(factory::doStop);
        }
    }
}
