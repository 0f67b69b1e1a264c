package bowline.endpoint;

import bowline.reactor.Reactor;

/// Makes server endpoints of one type from their descriptions; found by `ServiceLoader` (END-12).
public interface ServerEndpointParser {

    /// The type it reads, in lower case, as in `tcp`.
    String type();

    /// The endpoint described.
    ///
    /// @throws IllegalArgumentException if the arguments cannot be used; [EndpointArguments] finds most of what is
    /// wrong
    ServerEndpoint parse(EndpointString description, Reactor reactor);
}
