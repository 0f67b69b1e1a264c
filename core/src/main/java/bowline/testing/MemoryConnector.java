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
import bowline.time.DelayedCall;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A connector of a [MemoryReactor]: it remembers how it was made, and its attempts succeed or fail when
/// the test says so (TST-3). An attempt that the test forgets times out on the reactor's clock.
public abstract sealed class MemoryConnector implements Connector permits MemoryTcpConnector, MemoryUnixConnector {
    private static final Logger log = Logger.of(MemoryConnector.class);

    private final MemoryReactor reactor;
    private final Address destination;
    private final ClientFactory<?> factory;
    private final Duration timeLimit;
    private State state = State.DISCONNECTED;
    private boolean factoryStarted;
    private boolean stopConnectingCalled;
    private boolean disconnectCalled;
    private int attempts;
    private @Nullable DelayedCall timeout;
    private @Nullable MemoryTransport transport;

    MemoryConnector(MemoryReactor reactor, Address destination, ClientFactory<?> factory, Duration timeLimit) {
        this.reactor = reactor;
        this.destination = destination;
        this.factory = factory;
        this.timeLimit = timeLimit;
    }

    // What the test sees

    /// Who makes its protocols and hears how it went.
    public final ClientFactory<?> factory() {
        return factory;
    }

    /// How many attempts have begun.
    public final int attempts() {
        return attempts;
    }

    /// Whether the program has called [#stopConnecting].
    public final boolean stopConnectingCalled() {
        return stopConnectingCalled;
    }

    /// Whether the program has called [#disconnect].
    public final boolean disconnectCalled() {
        return disconnectCalled;
    }

    @Override
    public final State state() {
        return state;
    }

    @Override
    public Address destination() {
        return destination;
    }

    /// What the other end of a connection is called.
    abstract Address peer();

    // What the test does in the network's place

    /// The attempt under way succeeds: the factory makes a protocol, and it is connected (CON-4).
    ///
    /// @return the new connection; already disconnected when the factory made none (CON-5, CON-16)
    public final MemoryTransport succeed() {
        endAttempt();
        state = State.CONNECTED;
        var made = new MemoryTransport(reactor).peer(peer()).whenOver(this::lost);
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
    public final void fail(Throwable reason) {
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
    public final void connect() {
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
                timeLimit,
                () -> failed(Failure.of(
                        new ConnectTimeout("connecting to " + destination + " took longer than " + timeLimit))));
        factory.startedConnecting(this);
    }

    @Override
    public final void stopConnecting() {
        if (state != State.CONNECTING) {
            throw new NotConnectingError();
        }
        stopConnectingCalled = true;
        fail(new UserError("the attempt to reach " + destination + " was ended by the program"));
    }

    @Override
    public final void disconnect() {
        disconnectCalled = true;
        if (state == State.CONNECTING) {
            stopConnecting();
        } else if (state == State.CONNECTED && transport != null) {
            transport.loseConnection();
        }
    }

    @Override
    public final String toString() {
        return "connector to " + destination + " (" + state + ") for " + factory.logPrefix();
    }
}
