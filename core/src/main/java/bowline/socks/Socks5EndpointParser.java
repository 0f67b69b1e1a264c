package bowline.socks;

import bowline.endpoint.ClientEndpoint;
import bowline.endpoint.ClientEndpointParser;
import bowline.endpoint.EndpointString;
import bowline.reactor.Reactor;

/// Reads `socks5:host:port:proxy=ENDPOINT`, and by name `user`, `password` and `timeout` in seconds: a
/// [Socks5ClientEndpoint].
///
///     socks5:example.com:80:proxy=tcp\:127.0.0.1\:1080
///     socks5:example.com:80:proxy=tcp\:127.0.0.1\:1080:user=me:password=secret:timeout=5
///
/// The way to the proxy is a description within the description: each `:`, `=` and `\` of its own has a `\` before it
/// (END-6; [EndpointString#quote] writes them). It may be that of another proxy.
public final class Socks5EndpointParser implements ClientEndpointParser {

    /// For `ServiceLoader`.
    public Socks5EndpointParser() {}

    @Override
    public String type() {
        return "socks5";
    }

    @Override
    public ClientEndpoint parse(EndpointString description, Reactor reactor) {
        return Proxies.endpoint(description, reactor, (read, proxy) -> {
            var endpoint = new Socks5ClientEndpoint(proxy, read.host(), read.port()).timeout(read.timeout());
            String user = read.user();
            return user == null ? endpoint : endpoint.login(user, read.password());
        });
    }
}
