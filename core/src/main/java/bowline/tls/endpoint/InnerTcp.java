package bowline.tls.endpoint;

import bowline.endpoint.ClientEndpoint;
import bowline.endpoint.EndpointArguments;
import bowline.endpoint.EndpointString;
import bowline.reactor.ConnectOptions;
import bowline.reactor.Reactor;

/// The `tcp:` below a client's TLS.
final class InnerTcp {
    private InnerTcp() {}

    /// Of the arguments that both have.
    static ClientEndpoint of(EndpointArguments arguments, Reactor reactor) {
        if (arguments.text("host").isEmpty()) {
            throw arguments.refusal("its host is empty");
        }
        var description = new StringBuilder("tcp:")
                .append(EndpointString.quote(arguments.text("host")))
                .append(':')
                .append(arguments.port("port"))
                .append(":timeout=")
                .append(arguments
                        .seconds("timeout", ConnectOptions.DEFAULT.timeout())
                        .toSeconds());
        String from = arguments.textOrNull("bindAddress");
        if (from != null) {
            description.append(":bindAddress=").append(EndpointString.quote(from));
        }
        return ClientEndpoint.of(reactor, description.toString());
    }
}
