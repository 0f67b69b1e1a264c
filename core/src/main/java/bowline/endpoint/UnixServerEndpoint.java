package bowline.endpoint;

import bowline.defer.Deferred;
import bowline.protocol.Address;
import bowline.protocol.Factory;
import bowline.reactor.ListeningPort;
import bowline.reactor.Reactor;
import bowline.reactor.UnixListenOptions;
import java.nio.file.Path;

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
    public String toString() {
        return "unix:" + EndpointString.quote(address.host());
    }
}
