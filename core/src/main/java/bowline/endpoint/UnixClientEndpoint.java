package bowline.endpoint;

import bowline.defer.Deferred;
import bowline.protocol.Address;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.reactor.Reactor;
import bowline.reactor.UnixConnectOptions;
import java.nio.file.Path;

/// Connects to a UNIX socket (END-11).
///
/// @param reactor the reactor of the connections
/// @param address the socket
/// @param options the time-out, and whether its server must hold a lock
public record UnixClientEndpoint(Reactor reactor, Address.Unix address, UnixConnectOptions options)
        implements ClientEndpoint {

    /// At a path in the file system.
    public UnixClientEndpoint(Reactor reactor, Path path, UnixConnectOptions options) {
        this(reactor, new Address.Unix(path.toString()), options);
    }

    @Override
    public <P extends Protocol> Deferred<P> connect(Factory<P> factory) {
        var attempt = new ConnectAttempt<P>(factory, address);
        return attempt.begin(once -> reactor.connectUnix(address, once, options));
    }

    @Override
    public String toString() {
        return "unix:" + EndpointString.quote(address.host());
    }
}
