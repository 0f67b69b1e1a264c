package bowline.socks;

import bowline.defer.Deferred;
import bowline.endpoint.HappyEyeballs;
import bowline.endpoint.HostName;
import bowline.endpoint.HostnameEndpoint;
import bowline.endpoint.LiteralAddress;
import bowline.endpoint.TcpClientEndpoint;
import bowline.policy.AddressRules;
import bowline.protocol.DnsLookupError;
import bowline.protocol.Factory;
import bowline.reactor.ConnectOptions;
import bowline.reactor.Reactor;
import bowline.socks.message.SocksAddress;
import bowline.socks.message.SocksHost;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/// The way to what clients ask for, past the rules for addresses (K1): a name is looked up once, its addresses are
/// judged, and those very addresses are dialled. So a name that leads elsewhere the next time fools nobody.
///
/// @param timeout for the look-up and all attempts together
record Targets(Reactor reactor, AddressRules rules, Duration timeout) {

    /// Connects; fails with [ForbiddenAddress] or as an endpoint does.
    Deferred<TargetProtocol> connect(SocksAddress destination) {
        InetAddress literal = SocksAddresses.literal(destination.host());
        Factory<TargetProtocol> factory = Factory.of(() -> new TargetProtocol(_ -> {}));
        factory.noisy(false);
        ConnectOptions options = ConnectOptions.DEFAULT.timeout(timeout);
        if (literal == null) {
            String name = destination.host().toString();
            return new HostnameEndpoint(reactor, name, destination.port(), HappyEyeballs.within(options))
                    .connect(factory, this::permitted);
        }
        if (!rules.permits(literal)) {
            return Deferred.fail(forbidden(destination.host().toString()));
        }
        return new TcpClientEndpoint(reactor, LiteralAddress.text(literal), destination.port(), options)
                .connect(factory);
    }

    /// The addresses that `host` stands for, as far as they are permitted; fails if there are none.
    Deferred<List<InetAddress>> addresses(SocksHost host) {
        InetAddress literal = SocksAddresses.literal(host);
        if (literal == null) {
            return Deferred.maybeDeferred(() -> permitted(HostName.toAscii(host.toString())))
                    .addTimeout(timeout, reactor);
        }
        return rules.permits(literal) ? Deferred.succeed(List.of(literal)) : Deferred.fail(forbidden(host.toString()));
    }

    private Deferred<List<InetAddress>> permitted(String name) {
        return reactor.resolver().resolve(name).addCallback(found -> {
            if (found.isEmpty()) {
                throw new DnsLookupError("the name \"" + name + "\" has no address");
            }
            List<InetAddress> permitted = found.stream().filter(rules::permits).toList();
            if (permitted.isEmpty()) {
                throw forbidden(name + " (" + LiteralAddress.text(found.getFirst()) + ")");
            }
            return permitted;
        });
    }

    private static ForbiddenAddress forbidden(String where) {
        return new ForbiddenAddress(where + " is an address that the rules of this server forbid");
    }
}
