package bowline.endpoint;

import bowline.defer.Deferred;
import bowline.protocol.Address;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.reactor.ConnectOptions;
import bowline.reactor.Reactor;

/// Connects to one TCP port of one host: a literal address, or a name, of which only the first IPv4 address is tried
/// (CON-14). [HostnameEndpoint] tries all addresses of a name.
///
/// @param reactor the reactor of the connections
/// @param host an address or a name
/// @param port the port number
/// @param options the time-out and the local address
public record TcpClientEndpoint(Reactor reactor, String host, int port, ConnectOptions options)
        implements ClientEndpoint {

    /// With 30 seconds for an attempt, from any local address.
    public TcpClientEndpoint(Reactor reactor, String host, int port) {
        this(reactor, host, port, ConnectOptions.DEFAULT);
    }

    @Override
    public <P extends Protocol> Deferred<P> connect(Factory<P> factory) {
        var attempt = new ConnectAttempt<P>(factory, new Address.Hostname(host, port));
        return attempt.begin(once -> reactor.connectTcp(host, port, once, options));
    }

    @Override
    public String toString() {
        return "tcp:" + EndpointString.quote(host) + ":" + port;
    }
}
