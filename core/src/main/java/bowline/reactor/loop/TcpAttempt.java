package bowline.reactor.loop;

import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.protocol.Address;
import bowline.protocol.ClientFactory;
import bowline.protocol.ConnectError;
import bowline.protocol.DnsLookupError;
import bowline.reactor.ConnectOptions;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An attempt over TCP: the name is looked up first (CON-13, CON-14).
final class TcpAttempt extends Attempt {
    private final Address.Hostname target;
    private final Address.@Nullable Hostname bindAddress;
    private @Nullable Deferred<?> lookup;

    TcpAttempt(StreamConnector connector, Address.Hostname target, ConnectOptions options) {
        super(connector, options.limits());
        this.target = target;
        this.bindAddress = options.bindAddress();
    }

    /// The connector of such attempts.
    static StreamConnector connector(
            Loop loop, String host, int port, ClientFactory<?> factory, ConnectOptions options) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + " is not between 0 and 65535");
        }
        var target = new Address.Hostname(host, port);
        return new StreamConnector(
                loop, target, factory, options.timeout(), connector -> new TcpAttempt(connector, target, options));
    }

    @Override
    public @Nullable SocketAddress local(SocketAddress remote) throws IOException {
        Address.Hostname local = bindAddress;
        if (local == null) {
            return null;
        }
        if (!SystemResolver.isLiteral(local.host())) {
            throw ConnectFaults.binding(local.toString(), new IOException("the host is a name; give an address"));
        }
        InetAddress from = InetAddress.ofLiteral(local.host());
        InetAddress to = ((InetSocketAddress) remote).getAddress();
        if (from.getClass() != to.getClass()) {
            throw ConnectFaults.binding(local.toString(), new IOException("it is of another IP version than " + to));
        }
        return new InetSocketAddress(from, local.port());
    }

    @Override
    void locate() {
        boolean literal = SystemResolver.isLiteral(target.host());
        Deferred<List<InetAddress>> addresses = literal
                ? Deferred.succeed(List.of(InetAddress.ofLiteral(target.host())))
                : loop.resolver().resolve(target.host());
        lookup = addresses;
        addresses.<@Nullable Void>addCallbacks(found -> found(found, literal), this::notFound);
    }

    @Override
    void stopLocating() {
        if (lookup != null) {
            lookup.cancel();
        }
    }

    /// A literal may be of either version, a name is looked up as IPv4 only (CON-14).
    private @Nullable Void found(List<InetAddress> addresses, boolean literal) {
        lookup = null;
        for (InetAddress address : addresses) {
            if (literal || address instanceof Inet4Address) {
                dial(new InetSocketAddress(address, target.port()));
                return null;
            }
        }
        end(Failure.of(new DnsLookupError("no IPv4 address for \"" + target.host() + "\"; is the name right?")));
        return null;
    }

    private @Nullable Void notFound(Failure reason) {
        lookup = null;
        boolean ours = reason.check(ConnectError.class, IllegalArgumentException.class) != null;
        end(
                ours
                        ? reason
                        : Failure.of(new DnsLookupError(
                                "the look-up of \"" + target.host() + "\" failed: " + reason.message(),
                                reason.value())));
        return null;
    }
}
