package bowline.policy;

import bowline.failure.Failure;
import bowline.protocol.Address;
import bowline.protocol.ClientFactory;
import bowline.protocol.Connector;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import org.jspecify.annotations.Nullable;

/// Stands in front of a factory and puts a layer around each of its protocols (POL-1). It is started and stopped, named
/// and, if the other is a [ClientFactory], told of connectors in its place.
///
///     Factory<?> quick = new TimeoutFactory<>(Factory.of(Chat::new), Duration.ofMinutes(5));
///
/// @param <P> the inner protocols
public abstract class WrappingFactory<P extends Protocol> extends ClientFactory<ProtocolWrapper<P>> {
    private final Factory<P> factory;

    /// In front of `factory`.
    @SuppressWarnings("this-escape") // sets a flag
    protected WrappingFactory(Factory<P> factory) {
        this.factory = factory;
        noisy(false);
    }

    /// The factory behind.
    public final Factory<P> factory() {
        return factory;
    }

    /// The layer around one protocol.
    ///
    /// @param inner a protocol of the factory behind, without a connection
    protected abstract ProtocolWrapper<P> wrap(P inner, Address peer);

    /// A layer around a protocol of the factory behind; null if that refuses the connection (POL-2).
    @Override
    public @Nullable ProtocolWrapper<P> buildProtocol(Address peer) throws Exception {
        P inner = factory.build(peer);
        return inner == null ? null : wrap(inner, peer);
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
    public void startedConnecting(Connector connector) {
        if (factory instanceof ClientFactory<P> client) {
            client.startedConnecting(connector);
        }
    }

    @Override
    public void clientConnectionFailed(Connector connector, Failure reason) {
        if (factory instanceof ClientFactory<P> client) {
            client.clientConnectionFailed(connector, reason);
        }
    }

    @Override
    public void clientConnectionLost(Connector connector, Failure reason) {
        if (factory instanceof ClientFactory<P> client) {
            client.clientConnectionLost(connector, reason);
        }
    }

    @Override
    public String logPrefix() {
        return factory.logPrefix();
    }
}
