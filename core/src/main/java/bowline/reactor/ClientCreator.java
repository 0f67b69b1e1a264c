package bowline.reactor;

import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.protocol.Address;
import bowline.protocol.ClientFactory;
import bowline.protocol.Connector;
import bowline.protocol.Protocol;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Connects protocols one at a time, for programs in the older style that need no factory (CON-15); an
/// endpoint does the same and more.
///
/// @param <P> the protocols it makes
public final class ClientCreator<P extends Protocol> {
    private final Reactor reactor;
    private final Supplier<? extends P> maker;

    /// @param maker makes the protocol of each connection
    public ClientCreator(Reactor reactor, Supplier<? extends P> maker) {
        this.reactor = reactor;
        this.maker = maker;
    }

    /// Connects. The Deferred fires with the protocol, on the turn after its `connectionMade`; cancelling it
    /// ends the attempt or the connection.
    public Deferred<P> connectTcp(String host, int port) {
        return connectTcp(host, port, ConnectOptions.DEFAULT);
    }

    /// Connects.
    public Deferred<P> connectTcp(String host, int port, ConnectOptions options) {
        var once = new Once<P>(reactor, maker);
        once.connector = reactor.connectTcp(host, port, once, options);
        return once.made;
    }

    /// The factory of one connection.
    private static final class Once<P extends Protocol> extends ClientFactory<P> {
        private final Reactor reactor;
        private final Supplier<? extends P> maker;
        private final Deferred<P> made = new Deferred<>(_ -> disconnect());
        private @Nullable Connector connector;

        Once(Reactor reactor, Supplier<? extends P> maker) {
            this.reactor = reactor;
            this.maker = maker;
            noisy(false);
        }

        @Override
        public P buildProtocol(Address peer) {
            P protocol = maker.get();
            reactor.callLater(Duration.ZERO, () -> succeed(protocol));
            return protocol;
        }

        private void succeed(P protocol) {
            if (!made.called()) {
                made.callback(protocol);
            }
        }

        @Override
        public void clientConnectionFailed(Connector its, Failure reason) {
            fail(reason);
        }

        @Override
        public void clientConnectionLost(Connector its, Failure reason) {
            fail(reason); // heard only when it was lost before anyone was told that it is there
        }

        private void fail(Failure reason) {
            if (!made.called()) {
                made.errback(reason);
            }
        }

        private void disconnect() {
            if (connector != null) {
                connector.disconnect();
            }
        }
    }
}
