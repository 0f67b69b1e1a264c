package bowline.endpoint;

import bowline.defer.Deferred;
import bowline.protocol.Factory;
import bowline.reactor.ListenOptions;
import bowline.reactor.ListeningPort;
import bowline.reactor.Reactor;
import bowline.reactor.ReactorGroup;
import java.util.List;

/// Accepts TCP connections at one port (END-11).
///
/// @param reactor the reactor of the connections
/// @param port the port number; 0 picks a free one
/// @param options the local address and the backlog
public record TcpServerEndpoint(Reactor reactor, int port, ListenOptions options) implements ServerEndpoint {

    /// On every IPv4 address.
    public TcpServerEndpoint(Reactor reactor, int port) {
        this(reactor, port, ListenOptions.DEFAULT);
    }

    @Override
    public Deferred<ListeningPort> listen(Factory<?> factory) {
        return Deferred.execute(() -> reactor.listenTcp(port, factory, options));
    }

    @Override
    public List<ServerEndpoint> sharedBy(ReactorGroup group) {
        return SharedServerEndpoint.of(group, group.share(port, options, group.sharing()), this);
    }

    @Override
    public String toString() {
        String local = options.networkInterface();
        return "tcp:" + port + (local.isEmpty() ? "" : ":interface=" + EndpointString.quote(local));
    }
}
