package bowline.web.client;

import bowline.endpoint.ClientEndpoint;

/// The way to a server: straight, or through a proxy. TLS, where the address is `https`, goes inside of it.
///
///     var proxy = ClientEndpoint.of(reactor, "tcp:127.0.0.1:1080");
///     new Agent(reactor, AgentOptions.DEFAULT, (host, port) -> new Socks5ClientEndpoint(proxy, host, port));
@FunctionalInterface
public interface Route {

    /// An endpoint that leads there.
    ///
    /// @param host a name, or an address in digits, without brackets
    /// @param port the port number
    ClientEndpoint to(String host, int port);
}
