package bowline.endpoint;

import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.protocol.Address;
import bowline.protocol.ClientFactory;
import bowline.protocol.Connector;
import bowline.protocol.Factory;
import bowline.protocol.NoProtocol;
import bowline.protocol.Protocol;
import bowline.protocol.WatchedProtocol;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One connector's single attempt, as a Deferred of the protocol (END-2, END-3). To the connector it is the factory;
/// the program's own factory stands behind it and is started and stopped with it.
public final class ConnectAttempt<P extends Protocol> extends ClientFactory<WatchedProtocol<P>>
        implements WatchedProtocol.Watcher<P> {
    private final Factory<P> factory;
    private final Deferred<P> connected;
    private @Nullable Connector connector;

    /// An attempt that has not begun.
    ///
    /// @param factory makes the protocol
    /// @param destination told when the attempt is cancelled
    public ConnectAttempt(Factory<P> factory, Address destination) {
        this.factory = factory;
        connected = new Deferred<>(_ -> cancel(destination));
        noisy(false);
    }

    /// Starts connecting; what `connect` throws fails the Deferred (END-1).
    public Deferred<P> begin(Function<ConnectAttempt<P>, Connector> connect) {
        try {
            connector = connect.apply(this);
        } catch (RuntimeException thrown) {
            fail(Failure.of(thrown));
        }
        return connected;
    }

    private void cancel(Address destination) {
        connected.errback(new ConnectingCancelledError(destination));
        if (connector != null) {
            // CONNECTED is possible too: a protocol may cancel in its connectionMade.
            connector.disconnect();
        }
    }

    private void fail(Failure failure) {
        if (!connected.called()) {
            connected.errback(failure);
        }
    }

    @Override
    public @Nullable WatchedProtocol<P> buildProtocol(Address peer) {
        P protocol;
        try {
            protocol = factory.build(peer);
        } catch (Exception thrown) {
            fail(Failure.of(thrown));
            return null;
        }
        if (protocol == null) {
            fail(Failure.of(new NoProtocol(factory.logPrefix() + " made no protocol for the connection to " + peer)));
            return null;
        }
        return WatchedProtocol.of(protocol, this);
    }

    @Override
    public void connectionMade(P protocol) {
        if (!connected.called()) {
            connected.callback(protocol);
        }
    }

    @Override
    public void connectionLost(P protocol, Failure reason) {
        // Usually the Deferred has fired and says no more (END-4). It has not if connectionMade threw.
        fail(reason);
    }

    @Override
    public void clientConnectionFailed(Connector failed, Failure reason) {
        fail(reason);
    }

    @Override
    public <T> @Nullable T as(Class<T> type) {
        T own = super.as(type);
        return own == null ? factory.as(type) : own;
    }

    @Override
    public void startFactory() {
        factory.doStart();
    }

    @Override
    public void stopFactory() {
        factory.doStop();
    }

    @Override
    public String logPrefix() {
        return factory.logPrefix();
    }
}
