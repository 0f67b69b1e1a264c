package bowline.endpoint;

import bowline.defer.Deferred;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.reactor.Reactor;
import bowline.reactor.Resolver;

/// Connects to a TCP port of a named host, whichever of its addresses answers first (HEY-1 to HEY-8, RFC 8305).
///
/// @param reactor the reactor of the connections
/// @param host a name, of any script, or a literal address
/// @param port the port number
/// @param options times, order of attempts, local address
public record HostnameEndpoint(Reactor reactor, String host, int port, HappyEyeballs options)
        implements ClientEndpoint {

    /// By [HappyEyeballs#DEFAULT].
    public HostnameEndpoint(Reactor reactor, String host, int port) {
        this(reactor, host, port, HappyEyeballs.DEFAULT);
    }

    @Override
    public <P extends Protocol> Deferred<P> connect(Factory<P> factory) {
        return connect(factory, reactor.resolver());
    }

    /// Connects to an address that `names` finds, and to no other: for those who must judge addresses before
    /// they are connected to (K1). A literal is not looked up.
    public <P extends Protocol> Deferred<P> connect(Factory<P> factory, Resolver names) {
        return new ConnectionRace<>(this, factory, names).begin();
    }

    @Override
    public String toString() {
        return "tcp:" + EndpointString.quote(host) + ":" + port;
    }
}
