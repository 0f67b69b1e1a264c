package bowline.haproxy;

import bowline.endpoint.EndpointString;
import bowline.endpoint.ServerEndpoint;
import bowline.endpoint.ServerEndpointParser;
import bowline.reactor.Reactor;
import org.jspecify.annotations.Nullable;

/// `haproxy:` before any description of a server: `haproxy:tcp:8080`,
/// `haproxy:tcp:8080:trust=10.0.0.0/8,192.0.2.7`, `haproxy:tcp:8080:trust=any`. Without `trust=`, proxies on this
/// machine are trusted (R1). The header comes before TLS, as proxies send it:
/// `haproxy:tls:443:certificates=/etc/certs` and `tls:/etc/certs:endpoint=haproxy\:tcp\:443` are the same.
public final class ProxyServerParser implements ServerEndpointParser {
    private static final String TRUST = "trust";

    /// For `ServiceLoader`.
    public ProxyServerParser() {}

    @Override
    public String type() {
        return "haproxy";
    }

    @Override
    public ServerEndpoint parse(EndpointString description, Reactor reactor) {
        ServerEndpoint inner = ServerEndpoint.of(reactor, InnerDescription.of(description, TRUST));
        ProxyProtocolOptions options = options(description.named().get(TRUST));
        return inner.beneath(lowest -> new ProxyProtocolServerEndpoint(lowest, options));
    }

    private static ProxyProtocolOptions options(@Nullable String trust) {
        if (trust == null) {
            return ProxyProtocolOptions.DEFAULT;
        }
        return trust.equals("any")
                ? ProxyProtocolOptions.DEFAULT.trustingAnybody()
                : ProxyProtocolOptions.DEFAULT.trusting(trust.split(",", -1));
    }
}
