package bowline.process;

import bowline.endpoint.EndpointArguments;
import bowline.endpoint.EndpointString;
import bowline.endpoint.ServerEndpoint;
import bowline.endpoint.ServerEndpointParser;
import bowline.protocol.TransportLimits;
import bowline.reactor.Reactor;
import java.util.List;

/// Reads `stdio:` (END-8). The program ends with its connection, as others in a pipe do, unless `stop=0` is said.
public final class StandardIoParser implements ServerEndpointParser {

    /// For `ServiceLoader`.
    public StandardIoParser() {}

    @Override
    public String type() {
        return "stdio";
    }

    @Override
    public ServerEndpoint parse(EndpointString description, Reactor reactor) {
        var arguments = EndpointArguments.of(withoutEmptyArgument(description), "stop");
        return new StandardIoEndpoint(reactor, TransportLimits.DEFAULT, arguments.flag("stop", true));
    }

    /// The colon of `stdio:` is no argument.
    private static EndpointString withoutEmptyArgument(EndpointString description) {
        return description.positional().size() == 1
                        && description.positional().getFirst().isEmpty()
                ? new EndpointString(description.type(), List.of(), description.named())
                : description;
    }
}
