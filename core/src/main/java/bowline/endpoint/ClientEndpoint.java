package bowline.endpoint;

import bowline.defer.Deferred;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.reactor.Reactor;
import java.util.function.UnaryOperator;

/// A place to connect to (END-1). It can be used again and again; each call is independent (END-5).
public interface ClientEndpoint {

    /// The endpoint that `description` names, as in `tcp:example.com:6667` or `tcp:10.0.0.1:80:timeout=5` (END-9).
    ///
    /// @throws IllegalArgumentException if it cannot be read or its type is unknown; the message says what there is
    static ClientEndpoint of(Reactor reactor, String description) {
        return EndpointTypes.client(reactor, EndpointString.parse(description));
    }

    /// Connects with a protocol made by `factory`. The Deferred carries that protocol, right after its
    /// `connectionMade` (END-2); a later end of the connection is the protocol's to hear of (END-4).
    ///
    /// It fails with the factory's exception, with [bowline.protocol.NoProtocol] when the factory refuses,
    /// or with a kind of [bowline.protocol.ConnectError]. Cancelling it before it is connected ends the
    /// attempt, and it fails with [ConnectingCancelledError] (END-3).
    <P extends Protocol> Deferred<P> connect(Factory<P> factory);

    /// The same with a layer that is nearest to the wire: below the TLS of this endpoint, if it has such.
    ///
    /// @param layer puts the layer above an endpoint
    default ClientEndpoint beneath(UnaryOperator<ClientEndpoint> layer) {
        return layer.apply(this);
    }

    /// Connects one protocol that is there already (END-5).
    default <P extends Protocol> Deferred<P> connectProtocol(P protocol) {
        return connect(Factory.of(() -> protocol));
    }
}
