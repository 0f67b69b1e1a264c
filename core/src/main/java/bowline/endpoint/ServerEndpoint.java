package bowline.endpoint;

import bowline.defer.Deferred;
import bowline.protocol.Factory;
import bowline.reactor.ListeningPort;
import bowline.reactor.Reactor;

/// A place to accept connections at (END-1). Its `toString` is a description that a person can read.
public interface ServerEndpoint {

    /// The endpoint that `description` names, as in `tcp:8080` or `tcp:8080:interface=127.0.0.1` (END-8).
    ///
    /// @throws IllegalArgumentException if it cannot be read or its type is unknown; the message says what there is
    static ServerEndpoint of(Reactor reactor, String description) {
        return EndpointTypes.server(reactor, EndpointString.parse(description));
    }

    /// Accepts connections for protocols made by `factory`. Every failure comes through the Deferred, such as
    /// [bowline.protocol.CannotListenError]. Cancelling it takes the attempt back.
    Deferred<ListeningPort> listen(Factory<?> factory);
}
