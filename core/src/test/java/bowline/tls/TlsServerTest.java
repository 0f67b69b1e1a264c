package bowline.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bowline.defer.Deferred;
import bowline.log.LogEvent;
import bowline.log.LogPublisher;
import bowline.protocol.Address;
import bowline.protocol.ConnectionLost;
import bowline.testing.ManualClock;
import bowline.testing.MemoryTransport;
import bowline.tls.certificate.CertificateMaker;
import bowline.tls.certificate.KeyKind;
import bowline.tls.certificate.TlsIdentity;
import bowline.tls.hello.ClientHello;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What a server does before it has an engine, and by whom it is then.
class TlsServerTest {
    private static final ServerIdentity ONE = ServerIdentity.of(TlsWorld.AUTHORITY.server("one.test"));
    private static final ServerIdentity OTHER = ServerIdentity.of(TlsWorld.AUTHORITY.server("other.test"));

    private final Speaker client = new Speaker();
    private final Speaker server = new Speaker();
    private final List<ClientHello> asked = new ArrayList<>();

    private Deferred<ServerIdentity> byName(ClientHello hello) {
        asked.add(hello);
        return switch (hello.serverName()) {
            case "one.test" -> Deferred.succeed(ONE);
            case "other.test" -> Deferred.succeed(OTHER);
            case null, default -> Deferred.fail(new UnknownServerName(hello.serverName()));
        };
    }

    private TlsPair pair(String name, TlsServerOptions options) {
        return new TlsPair(client, server, TlsWorld.client().build().toHost(name), options);
    }

    @Test
    @DisplayName("TLS-14, TLS-2 of security: the certificate is chosen by the name that the client asks for")
    void choosesByName() {
        TlsServerOptions options = TlsServerOptions.forSource(this::byName).build();
        for (ServerIdentity identity : List.of(ONE, OTHER)) {
            var test = new TlsServerTest();
            String name = identity == ONE ? "one.test" : "other.test";
            test.pair(name, options).wire.flush();
            assertThat(test.client.tls().session().peerCertificates())
                    .isEqualTo(identity.identity().chain());
        }
        assertThat(asked).extracting(ClientHello::serverName).containsExactly("one.test", "other.test");
    }

    @Test
    @DisplayName("a name without a certificate is refused with unrecognized_name, before there is an engine")
    void refusesUnknownNames() {
        TlsPair pair =
                pair("nobody.test", TlsServerOptions.forSource(this::byName).build());
        pair.wire.flush();
        assertThat(((TlsError) client.reason.value()).fault().alert()).isEqualTo("unrecognized_name");
        assertThat(server.reason.value()).isInstanceOf(TlsError.class).hasMessageContaining("nobody.test");
        assertThat(pair.clock.delayedCalls()).isEmpty();
    }

    @Test
    @DisplayName("the certificate may be fetched meanwhile; its time is the handshake's")
    void waitsForTheCertificate() {
        var answer = new Deferred<ServerIdentity>();
        TlsPair pair = pair("one.test", TlsServerOptions.forSource(_ -> answer).build());
        pair.wire.flush();
        assertThat(client.told).containsExactly("made");
        pair.clock.advance(Duration.ofSeconds(9));
        answer.callback(ONE);
        pair.wire.flush();
        assertThat(client.told).containsExactly("made", "handshake");
    }

    @Test
    void givesUpOnACertificateThatIsNotFound() {
        var cancelled = new ArrayList<String>();
        var answer = new Deferred<ServerIdentity>(_ -> cancelled.add("cancelled"));
        TlsPair pair = pair("one.test", TlsServerOptions.forSource(_ -> answer).build());
        pair.wire.flush();
        pair.clock.advance(Duration.ofSeconds(10));
        pair.wire.flush();
        assertThat(server.reason.value()).isInstanceOf(TlsError.class).hasMessageContaining("handshakeTimeout");
        assertThat(cancelled).containsExactly("cancelled");
    }

    @Test
    void refusesWithAnInternalErrorWhenTheSourceFails() {
        var logs = new ArrayList<LogEvent>();
        LogPublisher.global().add(logs::add);
        TlsPair pair = pair(
                "one.test",
                TlsServerOptions.forSource(_ -> {
                            throw new IllegalStateException("the store is closed");
                        })
                        .build());
        pair.wire.flush();
        assertThat(((TlsError) client.reason.value()).fault().alert()).isEqualTo("internal_error");
        assertThat(logs)
                .anyMatch(event ->
                        event.failure() != null && event.failure().message().equals("the store is closed"));
    }

    @Test
    @DisplayName("what is no TLS is told by name in the log, and answered with nothing")
    void tellsOfPlainHttp() {
        var clock = new ManualClock();
        MemoryTransport transport = TlsPair.alone(server, TlsWorld.server().build(), clock);
        transport.deliver("GET / HTTP/1.1\r\n");
        assertThat(transport.value()).isEmpty();
        assertThat(transport.disconnecting()).isTrue();
        transport.close();
        assertThat(server.reason.value()).isInstanceOf(TlsError.class).hasMessageContaining("plain HTTP");
        assertThat(clock.delayedCalls()).isEmpty();
    }

    @Test
    @DisplayName("TLS-1 of security: what begins as TLS and is none is refused with an alert in clear")
    void refusesABadHello() {
        MemoryTransport transport = TlsPair.alone(server, TlsWorld.server().build(), new ManualClock());
        transport.deliver(new byte[] {22, 3, 1, 0, 4, 2, 0, 0, 0});
        assertThat(transport.value()).startsWith(21, 3, 3, 0, 2, 2);
        assertThat(transport.disconnecting()).isTrue();
    }

    @Test
    @DisplayName("TLS-4 of security: one source has so many handshakes under way and no more")
    void boundsHandshakesBySource() {
        TlsServerOptions options = TlsWorld.server()
                .limits(TlsLimits.DEFAULT.handshakesBySourceMax(2))
                .build();
        var clock = new ManualClock();
        MemoryTransport first = TlsPair.alone(new Speaker(), options, clock);
        TlsPair.alone(new Speaker(), options, clock);
        MemoryTransport third = TlsPair.alone(server, options, clock);
        assertThat(third.disconnected()).isTrue();
        third.close();
        assertThat(server.told).as("it never had a connection").isEmpty();
        var elsewhere = new Speaker();
        new MemoryTransport(clock)
                .peer(new Address.IPv4(Address.Carrier.TCP, "10.9.9.9", 1))
                .connectTo(TlsPair.layer(elsewhere, options));
        assertThat(elsewhere.told).containsExactly("made");
        first.close(ConnectionLost.FAILURE);
        var next = new Speaker();
        TlsPair.alone(next, options, clock);
        assertThat(next.told).containsExactly("made");
    }

    @Test
    @DisplayName("TLS-4 of security: a handshake that is through counts no more")
    void countsOnlyHandshakesUnderWay() {
        TlsServerOptions options = TlsWorld.server()
                .limits(TlsLimits.DEFAULT.handshakesBySourceMax(1))
                .build();
        for (int i = 0; i < 3; i++) {
            var test = new TlsServerTest();
            test.pair(TlsWorld.SERVER_NAME, options).wire.flush();
            assertThat(test.server.told).containsExactly("made", "handshake");
        }
    }

    @Test
    @DisplayName("TLS-7: the server chooses what it likes best of what is offered")
    void choosesAnApplicationProtocol() {
        TlsClientOptions clients =
                TlsWorld.client().applicationProtocols("http/1.1", "h2").build();
        TlsServerOptions servers =
                TlsWorld.server().applicationProtocols("h2", "http/1.1").build();
        new TlsPair(client, server, clients, servers).wire.flush();
        assertThat(client.tls().session().applicationProtocol()).isEqualTo("h2");
        assertThat(server.tls().session().applicationProtocol()).isEqualTo("h2");
    }

    @Test
    @DisplayName("TLS-7: who offers nothing gets nothing; TLS-6 of security: who offers other things is refused")
    void isStrictAboutApplicationProtocols() {
        TlsServerOptions servers = TlsWorld.server().applicationProtocols("h2").build();
        new TlsPair(client, server, TlsWorld.client().build(), servers).wire.flush();
        assertThat(server.tls().session().applicationProtocol()).isNull();
        var test = new TlsServerTest();
        TlsClientOptions others = TlsWorld.client().applicationProtocols("smtp").build();
        new TlsPair(test.client, test.server, others, servers).wire.flush();
        assertThat(((TlsError) test.client.reason.value()).fault().alert()).isEqualTo("no_application_protocol");
        assertThat(test.server.reason.value()).isInstanceOf(TlsError.class);
    }

    @Test
    @DisplayName("TLS-5, TLS-2 of security: a client certificate is demanded under the names that demand one")
    void demandsClientCertificates() {
        TlsServerOptions servers = TlsServerOptions.forIdentity(
                        ServerIdentity.requiring(TlsWorld.SERVER, TlsWorld.AUTHORITY.trust()))
                .build();
        TlsIdentity alice = TlsWorld.AUTHORITY.client("alice");
        new TlsPair(client, server, TlsWorld.client().identity(alice).build(), servers).wire.flush();
        assertThat(server.tls().session().peerCertificates()).isEqualTo(alice.chain());
        for (TlsClientOptions refused : List.of(
                TlsWorld.client().build(),
                TlsWorld.client().identity(TlsWorld.STRANGER.client("mallory")).build())) {
            var test = new TlsServerTest();
            new TlsPair(test.client, test.server, refused, servers).wire.flush();
            assertThat(test.server.reason.value()).isInstanceOf(TlsError.class);
            assertThat(test.client.reason.value()).isInstanceOf(TlsError.class);
            assertThat(test.server.told).doesNotContain("handshake");
        }
    }

    @Test
    @DisplayName("TLS-5: a client certificate that is only wanted may be missing")
    void asksForClientCertificates() {
        TlsServerOptions servers = TlsServerOptions.forIdentity(
                        ServerIdentity.wanting(TlsWorld.SERVER, TlsWorld.AUTHORITY.trust()))
                .build();
        new TlsPair(client, server, TlsWorld.client().build(), servers).wire.flush();
        assertThat(server.tls().session().peerCertificates()).isEmpty();
        var test = new TlsServerTest();
        TlsIdentity alice = TlsWorld.AUTHORITY.client("alice");
        new TlsPair(test.client, test.server, TlsWorld.client().identity(alice).build(), servers).wire.flush();
        assertThat(test.server.tls().session().peerCertificates()).isEqualTo(alice.chain());
    }

    @Test
    @DisplayName("TLS-15: what cannot be used is told when the options are made")
    void tellsOfABadKeyAtOnce() {
        TlsIdentity stranger = new CertificateMaker(new SecureRandom(), () -> ManualClock.START)
                .keys(KeyKind.ED25519)
                .selfSigned("x.test");
        var mixed = new TlsIdentity(stranger.key(), TlsWorld.SERVER.chain(), null);
        assertThatThrownBy(() -> TlsServerOptions.forIdentity(mixed).build())
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TlsWorld.client().identity(mixed).build())
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TlsClientOptions.forHost("not a name")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keepsWhatIdentitiesShareWhileTheyLive() throws Exception {
        TlsServerOptions options = TlsServerOptions.forSource(this::byName).build();
        ServerContexts contexts = options.contexts(new ManualClock());
        assertThat(contexts.of(ONE)).isSameAs(contexts.of(ONE)).isNotSameAs(contexts.of(OTHER));
        assertThat(contexts.size()).isEqualTo(2);
    }
}
