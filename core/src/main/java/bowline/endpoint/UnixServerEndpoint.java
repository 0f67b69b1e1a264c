package bowline.endpoint;

import bowline.defer.Deferred;
import bowline.protocol.Address;
import bowline.protocol.Factory;
import bowline.reactor.ListeningPort;
import bowline.reactor.Reactor;
import bowline.reactor.ReactorGroup;
import bowline.reactor.UnixListenOptions;
import java.nio.file.Path;
import java.util.List;

/// Accepts connections at a UNIX socket (END-11).
///
/// @param reactor the reactor of the connections
/// @param address the socket
/// @param options its mode, its lock and the backlog
public record UnixServerEndpoint(Reactor reactor, Address.Unix address, UnixListenOptions options)
        implements ServerEndpoint {

    /// At a path in the file system.
    public UnixServerEndpoint(Reactor reactor, Path path, UnixListenOptions options) {
        this(reactor, new Address.Unix(path.toString()), options);
    }

    @Override
    public Deferred<ListeningPort> listen(Factory<?> factory) {
        return Deferred.execute(() -> reactor.listenUnix(address, factory, options));
    }

    @Override
    public List<ServerEndpoint> sharedBy(ReactorGroup group) {
        return SharedServerEndpoint.of(group, group.share(address, options, group.sharing()), this);
    }

    @Override
    public String toString() {
        return "unix:" + EndpointString.quote(address.host());
    }
}
