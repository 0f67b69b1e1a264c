package bowline.endpoint;

import bowline.reactor.Reactor;

/// Makes client endpoints of one type from their descriptions; found by `ServiceLoader` (END-12).
public interface ClientEndpointParser {

    /// The type it reads, in lower case, as in `tcp`.
    String type();

    /// The endpoint described.
    ///
    /// @throws IllegalArgumentException if the arguments cannot be used; [EndpointArguments] finds most of what is
    /// wrong
    ClientEndpoint parse(EndpointString description, Reactor reactor);
}
