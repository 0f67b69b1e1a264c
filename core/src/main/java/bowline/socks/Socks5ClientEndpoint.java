package bowline.socks;

import bowline.defer.Deferred;
import bowline.endpoint.ClientEndpoint;
import bowline.endpoint.EndpointString;
import bowline.protocol.Address;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.reactor.ConnectOptions;
import bowline.socks.message.SocksAddress;
import bowline.socks.message.SocksMessage.Login;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Connects through a SOCKS 5 proxy (RFC 1928, SOC-2). A name is never looked up here: the proxy is told the name (K1).
///
///     var proxy = ClientEndpoint.of(reactor, "tcp:127.0.0.1:1080");
///     new Socks5ClientEndpoint(proxy, "example.com", 80).login("me", "secret").connect(factory);
///
/// The Deferred fails with a [ProxyError] that tells what the proxy answered, or with what every endpoint fails with.
/// The protocol's `transport().peer()` is the proxy; the factory is told the destination.
///
/// @param proxy the way to the proxy: any endpoint, another proxy's too
/// @param host a name, of any script, or a literal address
/// @param port the port number
/// @param login the name and password for a proxy that asks for them (RFC 1929), which it gets unencrypted
/// @param timeout how long the proxy may take, once it is reached
public record Socks5ClientEndpoint(
        ClientEndpoint proxy,
        String host,
        int port,
        @Nullable Login login,
        Duration timeout) implements ClientEndpoint {

    /// Checks the address.
    ///
    /// @throws IllegalArgumentException if the host is neither a name nor an address
    public Socks5ClientEndpoint {
        SocksAddresses.of(host, port);
        Proxies.requirePositive(timeout);
    }

    /// Without a login; the proxy may take 30 seconds.
    public Socks5ClientEndpoint(ClientEndpoint proxy, String host, int port) {
        this(proxy, host, port, null, ConnectOptions.DEFAULT.timeout());
    }

    /// The same with a user and password, each 1 to 255 bytes in UTF-8.
    public Socks5ClientEndpoint login(String user, String password) {
        return new Socks5ClientEndpoint(proxy, host, port, new Login(user, password), timeout);
    }

    /// The same with another time for the proxy.
    public Socks5ClientEndpoint timeout(Duration time) {
        return new Socks5ClientEndpoint(proxy, host, port, login, time);
    }

    @Override
    public <P extends Protocol> Deferred<P> connect(Factory<P> factory) {
        SocksAddress destination = SocksAddresses.of(host, port);
        var hop = new ProxyAttempt.ProxyHop("SOCKS 5", proxy, new Address.Hostname(host, port), timeout);
        return new ProxyAttempt<>(factory, hop, SocksConversation.five(destination, login)).begin();
    }

    /// Without user and password.
    @Override
    public String toString() {
        return "socks5:" + EndpointString.quote(host) + ":" + port + ":proxy=" + EndpointString.quote(proxy.toString());
    }
}
