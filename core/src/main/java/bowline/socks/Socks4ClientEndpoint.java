package bowline.socks;

import bowline.defer.Deferred;
import bowline.endpoint.ClientEndpoint;
import bowline.endpoint.EndpointString;
import bowline.protocol.Address;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.reactor.ConnectOptions;
import bowline.socks.message.SocksAddress;
import bowline.socks.message.SocksHost;
import java.time.Duration;

/// Connects through a SOCKS 4 proxy (SOC-1, SOC-2): to an address of IPv4 by SOCKS 4, to a name by 4a, which has
/// the proxy look it up (K1). There is no way to an address of IPv6.
///
/// The Deferred fails with a [ProxyError] that tells what the proxy answered, or with what every endpoint fails with.
/// The protocol's `transport().peer()` is the proxy; the factory is told the destination.
///
/// @param proxy the way to the proxy: any endpoint, another proxy's too
/// @param host a name, of any script, or a literal address of IPv4
/// @param port the port number
/// @param user who the proxy is told to be asking; may be empty
/// @param timeout how long the proxy may take, once it is reached
public record Socks4ClientEndpoint(ClientEndpoint proxy, String host, int port, String user, Duration timeout)
        implements ClientEndpoint {

    /// Checks the address and the user.
    ///
    /// @throws IllegalArgumentException if the host is neither a name nor an address of IPv4, or the user too long
    public Socks4ClientEndpoint {
        SocksAddress destination = SocksAddresses.of(host, port);
        if (destination.host() instanceof SocksHost.V6) {
            throw new IllegalArgumentException("SOCKS 4 has no way to " + host + ", an address of IPv6; use SOCKS 5");
        }
        SocksConversation.four(destination, user);
        Proxies.requirePositive(timeout);
    }

    /// Without a user; the proxy may take 30 seconds.
    public Socks4ClientEndpoint(ClientEndpoint proxy, String host, int port) {
        this(proxy, host, port, "", ConnectOptions.DEFAULT.timeout());
    }

    /// The same with a user: at most 255 bytes in UTF-8, no NUL.
    public Socks4ClientEndpoint user(String name) {
        return new Socks4ClientEndpoint(proxy, host, port, name, timeout);
    }

    /// The same with another time for the proxy.
    public Socks4ClientEndpoint timeout(Duration time) {
        return new Socks4ClientEndpoint(proxy, host, port, user, time);
    }

    @Override
    public <P extends Protocol> Deferred<P> connect(Factory<P> factory) {
        var hop = new ProxyAttempt.ProxyHop("SOCKS 4", proxy, new Address.Hostname(host, port), timeout);
        return new ProxyAttempt<>(factory, hop, SocksConversation.four(SocksAddresses.of(host, port), user)).begin();
    }

    /// Without the user.
    @Override
    public String toString() {
        return "socks4:" + EndpointString.quote(host) + ":" + port + ":proxy=" + EndpointString.quote(proxy.toString());
    }
}
