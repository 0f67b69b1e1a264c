package bowline.testing;

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
import bowline.time.DelayedCall;
import org.jspecify.annotations.Nullable;

/// A connector of a [MemoryReactor]: it remembers how it was made, and its attempts succeed or fail when
/// the test says so (TST-3). An attempt that the test forgets times out on the reactor's clock.
public final class MemoryConnector implements Connector {
    private static final Logger log = Logger.of(MemoryConnector.class);

    private final MemoryReactor reactor;
    private final Address.Hostname destination;
    private final ClientFactory<?> factory;
    private final ConnectOptions options;
    private State state = State.DISCONNECTED;
    private boolean factoryStarted;
    private boolean stopConnectingCalled;
    private boolean disconnectCalled;
    private int attempts;
    private @Nullable DelayedCall timeout;
    private @Nullable MemoryTransport transport;

    MemoryConnector(
            MemoryReactor reactor, Address.Hostname destination, ClientFactory<?> factory, ConnectOptions options) {
        this.reactor = reactor;
        this.destination = destination;
        this.factory = factory;
        this.options = options;
    }

    // What the test sees

    /// Who makes its protocols and hears how it went.
    public ClientFactory<?> factory() {
        return factory;
    }

    /// How it was told to connect.
    public ConnectOptions options() {
        return options;
    }

    /// How many attempts have begun.
    public int attempts() {
        return attempts;
    }

    /// Whether the program has called [#stopConnecting].
    public boolean stopConnectingCalled() {
        return stopConnectingCalled;
    }

    /// Whether the program has called [#disconnect].
    public boolean disconnectCalled() {
        return disconnectCalled;
    }

    @Override
    public State state() {
        return state;
    }

    @Override
    public Address.Hostname destination() {
        return destination;
    }

    // What the test does in the network's place

    /// The attempt under way succeeds: the factory makes a protocol, and it is connected (CON-4).
    ///
    /// @return the new connection; already disconnected when the factory made none (CON-5, CON-16)
    public MemoryTransport succeed() {
        endAttempt();
        state = State.CONNECTED;
        var made = new MemoryTransport(reactor)
                .peer(new Address.IPv4(Address.Carrier.TCP, destination.host(), destination.port()))
                .whenOver(this::lost);
        transport = made;
        try {
            Protocol protocol = factory.build(made.peer());
            if (protocol != null) {
                return made.connectTo(protocol);
            }
            made.close(ConnectionDone.FAILURE);
        } catch (Exception broken) {
            log.failure("building a protocol failed", Failure.of(broken));
            failed(Failure.of(new ConnectError("the factory failed to build a protocol for " + destination, broken)));
        }
        return made;
    }

    /// The attempt under way fails (CON-6).
    public void fail(Throwable reason) {
        endAttempt();
        failed(Failure.of(reason));
    }

    private void endAttempt() {
        if (state != State.CONNECTING) {
            throw new IllegalStateException("no attempt to reach " + destination + " is under way, it is " + state);
        }
        if (timeout != null) {
            timeout.cancelIfActive();
        }
    }

    private void failed(Failure reason) {
        state = State.DISCONNECTED;
        factory.clientConnectionFailed(this, reason);
        stopFactoryUnlessReconnecting();
    }

    private void lost(Failure reason) {
        state = State.DISCONNECTED;
        factory.clientConnectionLost(this, reason);
        stopFactoryUnlessReconnecting();
    }

    private void stopFactoryUnlessReconnecting() {
        if (state == State.DISCONNECTED && factoryStarted) {
            factoryStarted = false;
            factory.doStop();
        }
    }

    // What the program does

    @Override
    public void connect() {
        if (state != State.DISCONNECTED) {
            throw new IllegalStateException("cannot connect to " + destination + ": it is " + state);
        }
        state = State.CONNECTING;
        attempts++;
        if (!factoryStarted) {
            factoryStarted = true;
            factory.doStart();
        }
        timeout = reactor.callLater(
                options.timeout(),
                () -> failed(Failure.of(new ConnectTimeout(
                        "connecting to " + destination + " took longer than " + options.timeout()))));
        factory.startedConnecting(this);
    }

    @Override
    public void stopConnecting() {
        if (state != State.CONNECTING) {
            throw new NotConnectingError();
        }
        stopConnectingCalled = true;
        fail(new UserError("the attempt to reach " + destination + " was ended by the program"));
    }

    @Override
    public void disconnect() {
        disconnectCalled = true;
        if (state == State.CONNECTING) {
            stopConnecting();
        } else if (state == State.CONNECTED && transport != null) {
            transport.loseConnection();
        }
    }

    @Override
    public String toString() {
        return "connector to " + destination + " (" + state + ") for " + factory.logPrefix();
    }
}
