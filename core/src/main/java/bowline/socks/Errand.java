package bowline.socks;

import bowline.defer.Deferred;
import bowline.protocol.Address;
import bowline.protocol.Relay;
import bowline.protocol.TcpTransport;
import bowline.protocol.Transport;
import bowline.reactor.Reactor;
import bowline.socks.message.ReplyCode;
import bowline.socks.message.SocksHost;
import bowline.socks.message.SocksMessage.Reply;
import bowline.socks.message.SocksMessage.Request;
import java.net.InetAddress;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Carries out one request that is authorized, up to the [Carriage] that it ends in.
///
///     CONNECT        ── target ─────────────────────────────▶ reply, relay
///     BIND           ── port ──▶ reply ── who comes ────────▶ reply, relay
///     UDP ASSOCIATE  ── ports ──────────────────────────────▶ reply, datagrams
final class Errand {
    private final SocksServerProtocol client;
    private final Request asked;
    private final Reactor reactor;
    private final SocksServerOptions options;
    private final Targets targets;

    Errand(SocksServerProtocol client, Request asked, SocksServer server) {
        this.client = client;
        this.asked = asked;
        reactor = server.reactor();
        options = server.options();
        targets = new Targets(reactor, options.addresses(), options.timeouts().connect());
    }

    void begin() {
        switch (asked.command()) {
            case CONNECT ->
                client.await(
                        targets.connect(asked.destination()),
                        target -> relay(target, target.transport().host()));
            case BIND -> bind();
            case UDP_ASSOCIATE -> associate();
        }
    }

    private void bind() {
        if (unspecified(asked.destination().host())) {
            open(options.addresses()::permits);
        } else {
            client.await(targets.addresses(asked.destination().host()), expected -> {
                open(expected::contains);
                return null;
            });
        }
    }

    /// Whether the client does not say from whom the connection will come.
    private static boolean unspecified(SocksHost host) {
        InetAddress literal = SocksAddresses.literal(host);
        return literal != null && literal.isAnyLocalAddress();
    }

    private void open(Predicate<InetAddress> expected) {
        String where =
                options.bindInterface().isEmpty() ? client.transport().host().host() : options.bindInterface();
        client.await(Deferred.execute(() -> new Rendezvous(reactor, where, expected)), rendezvous -> {
            grant(rendezvous.host());
            client.await(
                    rendezvous.arrival(reactor, options.timeouts().bind()),
                    target -> relay(target, target.transport().peer()));
            return null;
        });
    }

    private void associate() {
        Transport transport = client.transport();
        InetAddress peer = InetAddress.ofLiteral(transport.peer().host());
        int port = asked.destination().port();
        String reached = transport.host().host();
        client.await(Deferred.execute(() -> new UdpCarrier(reactor, reached, peer, port, targets)), carrier -> {
            grant(carrier.host());
            client.carry(
                    new DatagramCarriage(transport, carrier, options.timeouts().idle()));
            return null;
        });
    }

    private @Nullable Void relay(TargetProtocol target, Address bound) {
        grant(bound);
        sendAtOnce(client.transport());
        sendAtOnce(target.transport());
        Relay joined = Relay.join(client.transport(), target.transport())
                .idleAfter(options.timeouts().idle());
        target.join(joined.second());
        client.carry(new RelayCarriage(joined));
        return null;
    }

    /// What is passed on was cut into packets by somebody who knew why.
    private static void sendAtOnce(Transport transport) {
        if (transport instanceof TcpTransport tcp) {
            tcp.tcpNoDelay(true);
        }
    }

    private void grant(Address bound) {
        client.send(Reply.of(asked.version(), ReplyCode.SUCCEEDED, SocksAddresses.of(bound)));
    }
}
