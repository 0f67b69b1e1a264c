package bowline.haproxy;

import bowline.defer.Deferred;
import bowline.endpoint.ClientEndpoint;
import bowline.protocol.Address;
import bowline.protocol.Factory;
import bowline.protocol.NoProtocol;
import bowline.protocol.Protocol;
import java.util.Objects;

/// Connects to another endpoint and sends a PROXY header first, with the connection's own addresses: for a server that
/// requires one. `haproxy:tcp:10.0.0.1:80:version=2`.
///
/// @param inner where it connects
/// @param version of the header, 1 or 2
public record ProxyProtocolClientEndpoint(ClientEndpoint inner, int version) implements ClientEndpoint {

    /// Checks the version.
    public ProxyProtocolClientEndpoint {
        if (version != 1 && version != 2) {
            throw new IllegalArgumentException("there is no version " + version + " of the PROXY protocol");
        }
    }

    @Override
    public <P extends Protocol> Deferred<P> connect(Factory<P> factory) {
        var first = new First<>(factory, version);
        return inner.connect(first).addCallback(_ -> Objects.requireNonNull(first.built));
    }

    @Override
    public String toString() {
        return "haproxy:" + inner;
    }

    /// Makes protocols that begin with a header, and remembers the last: of several attempts, that is the one.
    private static final class First<P extends Protocol> extends Factory<ProxyHeaderFirst> {
        private final Factory<P> factory;
        private final int version;
        private P built;

        @SuppressWarnings("NullAway") // set before it is asked for
        First(Factory<P> factory, int version) {
            this.factory = factory;
            this.version = version;
            noisy(false);
        }

        @Override
        public ProxyHeaderFirst buildProtocol(Address peer) throws Exception {
            P made = factory.build(peer);
            if (made == null) {
                throw new NoProtocol(factory.logPrefix() + " made no protocol for the connection to " + peer);
            }
            built = made;
            return new ProxyHeaderFirst(version, made);
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
}
