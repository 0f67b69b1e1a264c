package bowline.socks;

import bowline.defer.Deferred;
import bowline.endpoint.ClientEndpoint;
import bowline.endpoint.EndpointString;
import bowline.protocol.Address;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.reactor.ConnectOptions;
import bowline.socks.message.ConnectMachine;
import bowline.socks.message.SocksMessage.Login;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Connects through an HTTP proxy by CONNECT (RFC 9110 §9.3.6, SOC-2). The proxy looks names up. Many proxies allow
/// port 443 only.
///
/// The Deferred fails with a [ProxyError] that has the proxy's status, or with what every endpoint fails with. The
/// protocol's `transport().peer()` is the proxy; the factory is told the destination.
///
/// @param proxy the way to the proxy: any endpoint, another proxy's too
/// @param host a name, of any script, or a literal address
/// @param port the port number
/// @param login the name and password to send along (Basic, RFC 7617), which the proxy gets unencrypted
/// @param timeout how long the proxy may take, once it is reached
public record HttpConnectClientEndpoint(
        ClientEndpoint proxy,
        String host,
        int port,
        @Nullable Login login,
        Duration timeout) implements ClientEndpoint {

    /// Checks the address and the login.
    ///
    /// @throws IllegalArgumentException if the host is neither a name nor an address, or the user's name has a
    /// colon
    public HttpConnectClientEndpoint {
        request(host, port, login);
        Proxies.requirePositive(timeout);
    }

    /// Without a login; the proxy may take 30 seconds.
    public HttpConnectClientEndpoint(ClientEndpoint proxy, String host, int port) {
        this(proxy, host, port, null, ConnectOptions.DEFAULT.timeout());
    }

    private static ConnectMachine.Request request(String host, int port, @Nullable Login login) {
        String user = login == null ? null : login.user();
        return new ConnectMachine.Request(SocksAddresses.of(host, port), user, login == null ? "" : login.password());
    }

    /// The same with a user and password.
    public HttpConnectClientEndpoint login(String user, String password) {
        return new HttpConnectClientEndpoint(proxy, host, port, new Login(user, password), timeout);
    }

    /// The same with another time for the proxy.
    public HttpConnectClientEndpoint timeout(Duration time) {
        return new HttpConnectClientEndpoint(proxy, host, port, login, time);
    }

    @Override
    public <P extends Protocol> Deferred<P> connect(Factory<P> factory) {
        var hop = new ProxyAttempt.ProxyHop("HTTP", proxy, new Address.Hostname(host, port), timeout);
        return new ProxyAttempt<>(factory, hop, new ConnectConversation(request(host, port, login))).begin();
    }

    /// Without user and password.
    @Override
    public String toString() {
        return "http-connect:" + EndpointString.quote(host) + ":" + port + ":proxy="
                + EndpointString.quote(proxy.toString());
    }
}
