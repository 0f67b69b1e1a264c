package bowline.endpoint;

import bowline.defer.Deferred;
import bowline.protocol.Factory;
import bowline.reactor.ListeningPort;
import bowline.reactor.Reactor;
import bowline.reactor.ReactorGroup;
import java.util.List;
import java.util.function.UnaryOperator;

/// A place to accept connections at (END-1). Its `toString` is a description that a person can read.
public interface ServerEndpoint {

    /// The endpoint that `description` names, as in `tcp:8080` or `tcp:8080:interface=127.0.0.1` (END-8).
    ///
    /// @throws IllegalArgumentException if it cannot be read or its type is unknown; the message says what there is
    static ServerEndpoint of(Reactor reactor, String description) {
        return EndpointTypes.server(reactor, EndpointString.parse(description));
    }

    /// The endpoint that `description` names for each reactor of a group, in their order: all at one place, whose
    /// connections they share. It is that of the first reactor alone where there can be only one, as at standard
    /// input.
    ///
    /// @throws IllegalArgumentException if it cannot be read or its type is unknown
    static List<ServerEndpoint> of(ReactorGroup group, String description) {
        ServerEndpoint alone = of(group.first(), description);
        return group.size() == 1 ? List.of(alone) : alone.sharedBy(group);
    }

    /// The same place for each reactor of a group, in their order. This endpoint alone unless overridden: it is
    /// the first reactor's then.
    default List<ServerEndpoint> sharedBy(ReactorGroup group) {
        return List.of(this);
    }

    /// The same with a layer that is nearest to the wire: below the TLS of this endpoint, if it has such. A
    /// header of the PROXY protocol, for one, comes before TLS.
    ///
    /// @param layer puts the layer above an endpoint
    default ServerEndpoint beneath(UnaryOperator<ServerEndpoint> layer) {
        return layer.apply(this);
    }

    /// Accepts connections for protocols made by `factory`. Every failure comes through the Deferred, such as
    /// [bowline.protocol.CannotListenError]. Cancelling it takes the attempt back.
    Deferred<ListeningPort> listen(Factory<?> factory);
}
