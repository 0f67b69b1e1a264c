package bowline.socks;

import bowline.endpoint.ClientEndpoint;
import bowline.endpoint.ClientEndpointParser;
import bowline.endpoint.EndpointString;
import bowline.reactor.Reactor;

/// Reads `http-connect:host:port:proxy=ENDPOINT`, and by name `user`, `password` and `timeout` in seconds: a
/// [HttpConnectClientEndpoint].
///
///     http-connect:example.com:80:proxy=tcp\:127.0.0.1\:1080
///     http-connect:example.com:80:proxy=tcp\:127.0.0.1\:1080:user=me:password=secret:timeout=5
///
/// The way to the proxy is a description within the description: each `:`, `=` and `\` of its own has a `\` before it
/// (END-6; [EndpointString#quote] writes them). It may be that of another proxy.
public final class HttpConnectEndpointParser implements ClientEndpointParser {

    /// For `ServiceLoader`.
    public HttpConnectEndpointParser() {}

    @Override
    public String type() {
        return "http-connect";
    }

    @Override
    public ClientEndpoint parse(EndpointString description, Reactor reactor) {
        return Proxies.endpoint(description, reactor, (read, proxy) -> {
            var endpoint = new HttpConnectClientEndpoint(proxy, read.host(), read.port()).timeout(read.timeout());
            String user = read.user();
            return user == null ? endpoint : endpoint.login(user, read.password());
        });
    }
}
