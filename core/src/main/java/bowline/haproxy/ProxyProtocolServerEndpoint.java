package bowline.haproxy;

import bowline.defer.Deferred;
import bowline.endpoint.ServerEndpoint;
import bowline.protocol.Factory;
import bowline.reactor.ListeningPort;
import bowline.reactor.ReactorGroup;
import java.util.List;

/// Accepts connections at another endpoint, each with a PROXY header before its first byte (HAP-1): `haproxy:tcp:8080`.
///
/// @param inner where connections come
/// @param options from whom, and how long the header may be
public record ProxyProtocolServerEndpoint(ServerEndpoint inner, ProxyProtocolOptions options)
        implements ServerEndpoint {

    @Override
    public Deferred<ListeningPort> listen(Factory<?> factory) {
        return inner.listen(new ProxyProtocolFactory<>(factory, options));
    }

    @Override
    public List<ServerEndpoint> sharedBy(ReactorGroup group) {
        return inner.sharedBy(group).stream()
                .<ServerEndpoint>map(each -> new ProxyProtocolServerEndpoint(each, options))
                .toList();
    }

    @Override
    public String toString() {
        return "haproxy:" + inner;
    }
}
