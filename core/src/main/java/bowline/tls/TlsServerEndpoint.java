package bowline.tls;

import bowline.defer.Deferred;
import bowline.endpoint.ServerEndpoint;
import bowline.protocol.Factory;
import bowline.reactor.ListeningPort;
import bowline.reactor.ReactorGroup;
import java.util.List;
import java.util.function.UnaryOperator;

/// Accepts connections at another endpoint, and speaks TLS with them.
///
/// @param inner where connections come
/// @param options who we are, and how to speak
record TlsServerEndpoint(ServerEndpoint inner, TlsServerOptions options) implements ServerEndpoint {

    @Override
    public Deferred<ListeningPort> listen(Factory<?> factory) {
        return inner.listen(new TlsServerFactory<>(factory, options));
    }

    @Override
    public List<ServerEndpoint> sharedBy(ReactorGroup group) {
        return inner.sharedBy(group).stream()
                .<ServerEndpoint>map(each -> new TlsServerEndpoint(each, options))
                .toList();
    }

    @Override
    public ServerEndpoint beneath(UnaryOperator<ServerEndpoint> layer) {
        return new TlsServerEndpoint(inner.beneath(layer), options);
    }

    /// `tls:` and the other endpoint.
    @Override
    public String toString() {
        return "tls:" + inner;
    }
}
