package bowline.socks;

import bowline.endpoint.ClientEndpoint;
import bowline.endpoint.ClientEndpointParser;
import bowline.endpoint.EndpointString;
import bowline.reactor.Reactor;

/// Reads `socks4:host:port:proxy=ENDPOINT`, and by name `user` and `timeout` in seconds: a [Socks4ClientEndpoint].
/// How the way to the proxy is written, [Socks5EndpointParser] tells.
///
///     socks4:example.com:80:proxy=tcp\:127.0.0.1\:1080:user=me
public final class Socks4EndpointParser implements ClientEndpointParser {

    /// For `ServiceLoader`.
    public Socks4EndpointParser() {}

    @Override
    public String type() {
        return "socks4";
    }

    @Override
    public ClientEndpoint parse(EndpointString description, Reactor reactor) {
        return Proxies.endpoint(description, reactor, (read, proxy) -> {
            if (!read.password().isEmpty()) {
                throw new IllegalArgumentException("SOCKS 4 has no passwords; use socks5");
            }
            var endpoint = new Socks4ClientEndpoint(proxy, read.host(), read.port()).timeout(read.timeout());
            String user = read.user();
            return user == null ? endpoint : endpoint.user(user);
        });
    }
}
