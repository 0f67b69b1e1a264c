package bowline.socks;

import bowline.endpoint.ClientEndpoint;
import bowline.endpoint.EndpointArguments;
import bowline.endpoint.EndpointString;
import bowline.reactor.ConnectOptions;
import bowline.reactor.Reactor;
import java.time.Duration;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// What the descriptions of all proxies have in common (END-6): as in `tcp:host:port`, first where to, and then by
/// name what else there is. `proxy` is the description of the way to the proxy, with a `\` before each `:`, `=` and
/// `\` of its own; [EndpointString#quote] writes them.
///
///     socks5:example.com:80:proxy=tcp\:127.0.0.1\:1080:user=me:password=secret:timeout=5
///
final class Proxies {
    private static final String[] PARAMETERS = {"host", "port", "proxy", "timeout", "user", "password"};

    private final EndpointArguments arguments;
    private final ClientEndpoint proxy;

    private Proxies(EndpointString description, Reactor reactor) {
        int last = PARAMETERS.length - 1;
        if (description.positional().size() > last) {
            throw new IllegalArgumentException("endpoint of type " + description.type() + " cannot be used: it has "
                    + description.positional().size() + " arguments without a name; give the password as password=");
        }
        arguments = EndpointArguments.of(description, PARAMETERS);
        String way = arguments.textOrNull("proxy");
        if (way == null) {
            throw arguments.refusal("it has no proxy; say which, as in proxy=tcp\\:127.0.0.1\\:1080");
        }
        proxy = ClientEndpoint.of(reactor, way);
    }

    /// The endpoint that `make` makes of a description and the way to the proxy.
    static ClientEndpoint endpoint(
            EndpointString description, Reactor reactor, BiFunction<Proxies, ClientEndpoint, ClientEndpoint> make) {
        var proxies = new Proxies(description, reactor);
        try {
            return make.apply(proxies, proxies.proxy);
        } catch (IllegalArgumentException refused) {
            String said = String.valueOf(refused.getMessage());
            throw said.startsWith("endpoint ") ? refused : proxies.arguments.refusal(said);
        }
    }

    String host() {
        return arguments.text("host");
    }

    int port() {
        return arguments.port("port");
    }

    Duration timeout() {
        return arguments.seconds("timeout", ConnectOptions.DEFAULT.timeout());
    }

    /// The user's name, or null when there is none.
    @Nullable
    String user() {
        return arguments.textOrNull("user");
    }

    /// The password; empty when there is none.
    String password() {
        return arguments.text("password", "");
    }

    static void requirePositive(Duration timeout) {
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException("a time-out of " + timeout + " for a proxy is no time at all");
        }
    }
}
