package bowline.systemd;

import bowline.endpoint.EndpointArguments;
import bowline.endpoint.EndpointString;
import bowline.endpoint.ServerEndpoint;
import bowline.endpoint.ServerEndpointParser;
import bowline.reactor.Reactor;
import org.jspecify.annotations.Nullable;

/// Reads `systemd:index=0` and `systemd:name=web` (END-8): a socket that the process was started with ([ListenFds]).
/// With `domain=` `INET`, `INET6` or `UNIX` it must be of that kind.
public final class SystemdParser implements ServerEndpointParser {
    private final ListenFds sockets;

    /// For `ServiceLoader`.
    public SystemdParser() {
        this(ListenFds.ofProcess());
    }

    SystemdParser(ListenFds sockets) {
        this.sockets = sockets;
    }

    @Override
    public String type() {
        return "systemd";
    }

    @Override
    public ServerEndpoint parse(EndpointString description, Reactor reactor) {
        var arguments = EndpointArguments.of(description, "domain", "index", "name");
        String index = arguments.textOrNull("index");
        String name = arguments.textOrNull("name");
        if ((index == null) == (name == null)) {
            throw arguments.refusal("it needs an index= or a name=, and not both; " + sockets);
        }
        SystemdEndpoint.Domain domain = domain(arguments);
        int place = arguments.integer("index", 0, ListenFds.MAX - 1, 0);
        try {
            return name == null
                    ? new SystemdEndpoint(reactor, sockets.descriptor(place), domain, "index=" + place)
                    : new SystemdEndpoint(
                            reactor, sockets.descriptor(name), domain, "name=" + EndpointString.quote(name));
        } catch (IllegalArgumentException absent) {
            throw arguments.refusal(String.valueOf(absent.getMessage()));
        }
    }

    private static SystemdEndpoint.@Nullable Domain domain(EndpointArguments arguments) {
        String text = arguments.textOrNull("domain");
        if (text == null) {
            return null;
        }
        for (SystemdEndpoint.Domain domain : SystemdEndpoint.Domain.values()) {
            if (domain.name().equalsIgnoreCase(text)) {
                return domain;
            }
        }
        throw arguments.refusal("its domain \"" + text + "\" is none of INET, INET6 and UNIX");
    }
}
