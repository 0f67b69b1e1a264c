package bowline.systemd;

import bowline.defer.Deferred;
import bowline.endpoint.ServerEndpoint;
import bowline.protocol.Address;
import bowline.protocol.CannotListenError;
import bowline.protocol.Factory;
import bowline.protocol.TransportLimits;
import bowline.reactor.ListeningPort;
import bowline.reactor.Reactor;
import bowline.reactor.ReactorGroup;
import bowline.reactor.SharedPort;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// Accepts connections at a socket that a service manager opened before it started this process (END-10). The manager's
/// descriptor stays open: when the port closes, who connects waits for the next to listen.
///
/// @param reactor the reactor of the connections
/// @param descriptor of the socket
/// @param domain what kind of socket it must be; null for any
/// @param which socket that is, as it was asked for: `name=web`
public record SystemdEndpoint(
        Reactor reactor, int descriptor, @Nullable Domain domain, String which) implements ServerEndpoint {

    /// The kinds of sockets, by the names that socket(2) has for them.
    public enum Domain {
        /// IPv4.
        INET,
        /// IPv6, and IPv4 by it.
        INET6,
        /// A path or an abstract name.
        UNIX;

        private static Domain of(Address host) {
            return switch (host) {
                case Address.IPv4 _ -> INET;
                case Address.IPv6 _ -> INET6;
                default -> UNIX;
            };
        }
    }

    @Override
    public Deferred<ListeningPort> listen(Factory<?> factory) {
        return listen(() -> reactor.adoptStreamPort(descriptor, factory));
    }

    private Deferred<ListeningPort> listen(Callable<ListeningPort> adopting) {
        return Deferred.execute(() -> checked(adopting.call()));
    }

    private ListeningPort checked(ListeningPort port) {
        Domain present = Domain.of(port.host());
        if (domain != null && domain != present) {
            var _ = port.stopListening();
            throw new CannotListenError(
                    toString(),
                    "it is a socket of " + present + " at " + port.host() + "; write domain=" + present
                            + ", or leave the domain out",
                    new IOException("not of " + domain));
        }
        return port;
    }

    @Override
    public List<ServerEndpoint> sharedBy(ReactorGroup group) {
        SharedPort shared = group.share(descriptor, TransportLimits.DEFAULT, group.sharing());
        return group.reactors().stream()
                .<ServerEndpoint>map(each -> new Part(this, shared, each))
                .toList();
    }

    /// One reactor's part of it.
    private record Part(SystemdEndpoint whole, SharedPort shared, Reactor reactor) implements ServerEndpoint {
        @Override
        public Deferred<ListeningPort> listen(Factory<?> factory) {
            return whole.listen(() -> shared.listen(reactor, factory));
        }

        @Override
        public String toString() {
            return whole.toString();
        }
    }

    /// As it is described: `systemd:name=web`.
    @Override
    public String toString() {
        return "systemd:" + which;
    }
}
