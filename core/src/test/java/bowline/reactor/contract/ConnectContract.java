package bowline.reactor.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.protocol.Address;
import bowline.protocol.ClientFactory;
import bowline.protocol.ConnectBindError;
import bowline.protocol.ConnectTimeout;
import bowline.protocol.ConnectionLost;
import bowline.protocol.ConnectionRefused;
import bowline.protocol.Connector;
import bowline.protocol.DnsLookupError;
import bowline.reactor.ClientCreator;
import bowline.reactor.ConnectOptions;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Client connections over TCP (section 19).
public abstract class ConnectContract extends StreamConnectContract {

    private Connector connect(ClientFactory<?> factory, ConnectOptions options) {
        return reactor.connectTcp("127.0.0.1", port.port(), factory, options);
    }

    /// CON-12
    @Test
    void isRefusedByAPortThatIsClosed() {
        listen(server);
        var factory = new Recording();
        run(() -> port.stopListening().onSuccess(_ -> connect(factory)));

        assertEquals(ConnectionRefused.class, factory.reason.type());
    }

    /// CON-11, CON-13: the time-out includes the look-up; RES-5, RES-6
    @Test
    void timesOutWhileItLooksUp() {
        var cancelled = new ArrayList<String>();
        var former = reactor.resolver();
        assertSame(former, reactor.installResolver(name -> new Deferred<>(_ -> cancelled.add(name))));
        var factory = new Recording();
        // Long enough for a slow machine to begin the look-up, which comes a turn later.
        run(() ->
                reactor.connectTcp("slow.example", 1, factory, ConnectOptions.DEFAULT.timeout(Duration.ofMillis(100))));

        assertEquals(ConnectTimeout.class, factory.reason.type());
        assertEquals(List.of("slow.example"), cancelled);
        assertEquals(List.of("start", "connecting", "failed DISCONNECTED", "stop"), seen);
    }

    /// CON-12, CON-14: a name is looked up as IPv4 only
    @Test
    void wantsAnIPv4AddressForAName() {
        reactor.installResolver(_ -> Deferred.succeed(List.of(InetAddress.ofLiteral("::1"))));
        var factory = new Recording();
        reactor.connectTcp("six.example", 1, factory);
        run();

        assertEquals(DnsLookupError.class, factory.reason.type());
    }

    /// CON-14: names through the system, and literals of both versions
    @Test
    void connectsToNamesAndLiterals() {
        listenOptions = listenOptions.on("::1");
        listen(server);
        var six = new Talker().onMade(it -> {
            assertEquals(
                    new Address.IPv6(Address.Carrier.TCP, "::1", port.port()),
                    it.transport().peer());
            it.transport().loseConnection();
        });
        reactor.connectTcp("::1", port.port(), serving(six));
        runUntilLost(six, server);
    }

    /// CON-14, RES-3
    @Test
    void looksUpANameThroughTheSystem() {
        listen(server);
        var client = new Talker().onMade(it -> it.transport().loseConnection());
        reactor.connectTcp("localhost", port.port(), serving(client));
        runUntilLost(client, server);

        assertEquals(
                new Address.IPv4(Address.Carrier.TCP, "127.0.0.1", port.port()),
                client.transport().peer());
    }

    /// RES-7: an impossible name fails the attempt, not the call
    @Test
    void failsOnAnImpossibleName() {
        var factory = new Recording();
        reactor.connectTcp("a".repeat(64) + "é.example", 1, factory);
        run();

        assertEquals(IllegalArgumentException.class, factory.reason.type());
    }

    /// CON-12
    @Test
    void connectsFromALocalAddressOrSaysWhyNot() {
        listen(server);
        var client = new Talker().onMade(it -> {
            assertEquals("127.0.0.5", it.transport().host().host());
            it.transport().loseConnection();
        });
        reactor.connectTcp("127.0.0.1", port.port(), serving(client), ConnectOptions.DEFAULT.from("127.0.0.5", 0));
        var factory = new Recording() {
            @Override
            public void stopFactory() {}
        };
        connect(factory, ConnectOptions.DEFAULT.from("192.0.2.1", 0));
        runUntilLost(client, server);

        assertEquals(ConnectBindError.class, factory.reason.type());
    }

    /// CON-12: at once, and not by the time-out
    @Test
    void cannotConnectFromAnAddressOfTheOtherVersion() {
        listen(server);
        var factory = new Recording();
        connect(factory, ConnectOptions.DEFAULT.from("::1", 0));
        run();

        assertEquals(ConnectBindError.class, factory.reason.type());
        assertEquals(
                "cannot connect from ::1:0: it is of another IP version than /127.0.0.1", factory.reason.message());
    }

    /// FAC-1, CON-2: what a factory throws at its start reaches the caller, who can try again
    @Test
    void connectsAgainAfterAFactoryThatCouldNotStart() {
        reactor.installResolver(_ -> Deferred.succeed(List.of()));
        var factory = new Recording() {
            private boolean broken;

            @Override
            public void startFactory() {
                super.startFactory();
                if (broken) {
                    broken = false;
                    throw new IllegalStateException("not ready");
                }
            }

            @Override
            public void stopFactory() {
                broken = true;
                if (seen.stream().filter("start"::equals).count() > 1) {
                    super.stopFactory();
                }
            }

            @Override
            public void clientConnectionFailed(Connector connector, Failure why) {
                if (reason == null) {
                    reason = why;
                    reactor.callLater(Duration.ZERO, () -> {
                        assertThrows(IllegalStateException.class, connector::connect);
                        assertEquals(Connector.State.DISCONNECTED, connector.state());
                        connector.connect();
                    });
                }
            }
        };
        reactor.connectTcp("nowhere.example", 1, factory, ConnectOptions.DEFAULT);
        run();

        assertEquals(3, seen.stream().filter("start"::equals).count(), seen.toString());
    }

    /// CON-15
    @Test
    void createsAClientWithoutAFactory() {
        listen(server);
        var client = new Talker();
        run(() -> new ClientCreator<>(reactor, () -> client)
                .connectTcp("127.0.0.1", port.port())
                .onSuccess(protocol -> {
                    assertSame(client, protocol);
                    assertEquals(List.of("made"), client.calls);
                    reactor.stop();
                }));

        assertEquals(List.of("made", "lost"), client.calls);
    }

    /// CON-15
    @Test
    void cancelsTheCreationOfAClient() {
        listen(server);
        run(() -> new ClientCreator<>(reactor, Talker::new)
                .connectTcp("127.0.0.1", port.port())
                .addErrback(failure -> {
                    seen.add(failure.type().getSimpleName());
                    reactor.stop();
                    return null;
                })
                .cancel());

        assertEquals(List.of("UserError"), seen);
    }

    /// REA-9: an attempt under way ends with the reactor
    @Test
    void failsWhatIsUnderWayAtShutdown() {
        reactor.installResolver(_ -> new Deferred<>());
        var factory = new Recording() {
            @Override
            public void stopFactory() {}
        };
        reactor.connectTcp("slow.example", 1, factory);
        run(reactor::stop);

        assertNotNull(factory.reason);
        assertNotNull(factory.reason.check(ConnectionLost.class));
    }
}
