package bowline.haproxy;

import bowline.endpoint.ClientEndpoint;
import bowline.endpoint.ClientEndpointParser;
import bowline.endpoint.EndpointString;
import bowline.reactor.Reactor;

/// `haproxy:` before any description of a client: `haproxy:tcp:10.0.0.1:80`, with `version=1` for the header as text.
/// It is sent before TLS, if there is any.
public final class ProxyClientParser implements ClientEndpointParser {
    private static final String VERSION = "version";

    /// For `ServiceLoader`.
    public ProxyClientParser() {}

    @Override
    public String type() {
        return "haproxy";
    }

    @Override
    public ClientEndpoint parse(EndpointString description, Reactor reactor) {
        ClientEndpoint inner = ClientEndpoint.of(reactor, InnerDescription.of(description, VERSION));
        int version = switch (description.named().getOrDefault(VERSION, "2")) {
            case "1" -> 1;
            case "2" -> 2;
            default ->
                throw new IllegalArgumentException(
                        "endpoint \"" + description.masked() + "\" cannot be used: version= is 1 or 2");
        };
        return inner.beneath(lowest -> new ProxyProtocolClientEndpoint(lowest, version));
    }
}
