package bowline.simulation.tls;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.defer.Deferred;
import bowline.endpoint.TcpClientEndpoint;
import bowline.endpoint.TcpServerEndpoint;
import bowline.failure.Failure;
import bowline.protocol.ConnectionDone;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.reactor.Reactor;
import bowline.simulation.Determinism;
import bowline.simulation.Simulation;
import bowline.tls.Tls;
import bowline.tls.TlsClientFactory;
import bowline.tls.TlsClientOptions;
import bowline.tls.TlsError;
import bowline.tls.TlsLayer;
import bowline.tls.TlsServerFactory;
import bowline.tls.TlsServerOptions;
import bowline.tls.TlsTransport;
import bowline.tls.certificate.CertificateMaker;
import bowline.tls.certificate.InsecureTrust;
import bowline.tls.certificate.KeyKind;
import bowline.tls.certificate.TlsIdentity;
import bowline.tls.engine.ClientSettings;
import bowline.tls.engine.ServerSettings;
import bowline.tls.engine.TlsProvider;
import bowline.tls.engine.TlsVersion;
import bowline.tls.hello.ClientHelloMachine;
import bowline.tls.jsse.JsseProvider;
import bowline.tls.source.SingleCertificate;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Programs that speak TLS in a simulation, as they are: what the seed decides then, and what is refused because no
/// seed could.
class SimulatedTlsTest {
    private static final String QUESTION = "what? ".repeat(5_000);
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /// Made once, as a program's static fields are, so that worlds share them.
    private static final TlsServerOptions SERVERS = Certificates.servers().build();

    private static final TlsClientOptions CLIENTS = Certificates.clients().build();

    private static final class Echo extends Protocol {
        @Override
        public void dataReceived(ByteBuffer unread) {
            transport().write(unread);
        }
    }

    /// Asks, and closes when the whole answer has come.
    private static final class Asker extends Protocol {
        final Deferred<Throwable> ended = new Deferred<>();
        private final StringBuilder heard = new StringBuilder();

        @Override
        public void connectionMade() {
            transport().write(QUESTION);
        }

        @Override
        public void dataReceived(ByteBuffer unread) {
            heard.append(StandardCharsets.US_ASCII.decode(unread));
            if (heard.length() == QUESTION.length()) {
                transport().loseConnection();
            }
        }

        @Override
        public void connectionLost(Failure reason) {
            ended.callback(reason.value());
        }
    }

    /// @param trace what happened, as a sum
    /// @param wire what both sides received, as sums
    private record Run(long trace, List<String> wire) {}

    private static Run run(long seed, TlsServerOptions servers, TlsClientOptions clients) {
        try (var world = Simulation.of(seed)) {
            var server = world.host("server");
            var client = world.host("client");
            world.between(server, client)
                    .latency(Duration.ofMillis(1), Duration.ofMillis(30))
                    .cutAnywhere();
            var up = new Tap<>(new TlsServerFactory<>(Factory.of(Echo::new), servers));
            var asker = new Asker();
            var down = new Tap<>(new TlsClientFactory<>(Factory.of(() -> asker), clients));
            server.start(reactor -> reactor.listenTcp(443, up));
            client.start(reactor -> new TcpClientEndpoint(reactor, "server", 443).connect(down));

            world.runUntil(asker.ended, PATIENCE);
            world.check();

            assertThat(asker.ended.result()).as("seed " + seed).isInstanceOf(ConnectionDone.class);
            assertThat(asker.heard.toString()).isEqualTo(QUESTION);
            return new Run(world.trace().sum(), List.of(up.sum(), down.sum()));
        }
    }

    private static Run run(long seed) {
        return run(seed, SERVERS, CLIENTS);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("the same seed does the same, to the byte on the wire; another one does not")
    void theSameSeedDoesTheSame(TlsVersion version) {
        TlsServerOptions servers =
                SERVERS.change().versions(Certificates.only(version)).build();
        Run first = run(7, servers, CLIENTS);

        assertThat(run(7, servers, CLIENTS)).isEqualTo(first);
        assertThat(run(7, servers.change().build(), CLIENTS.change().build())).isEqualTo(first);
        assertThat(run(8, servers, CLIENTS).wire()).doesNotContainAnyElementsOf(first.wire());
        assertThat(run(8, servers, CLIENTS).trace()).isNotEqualTo(first.trace());
    }

    @Test
    void theSameSeedDoesTheSameInAnotherJvm() throws Exception {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:ActiveProcessorCount=7",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SimulatedTlsTest.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(other.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();

        assertThat(said).isEqualTo(run(3).toString());
    }

    /// For the other JVM.
    public static void main(String[] arguments) {
        System.out.println(run(3));
    }

    @Test
    @DisplayName("what one world has left undone, as work of a handshake, is not in the way of the next")
    void worldsDoNotMeetInOptionsThatTheyShare() {
        for (int i = 0; i < 3 * Runtime.getRuntime().availableProcessors() + 12; i++) {
            try (var world = Simulation.of(i)) {
                world.host("server")
                        .start(reactor ->
                                reactor.listenTcp(443, new TlsServerFactory<>(Factory.of(Echo::new), SERVERS)));
                Asker asker = new Asker();
                world.host("client").start(reactor -> connect(reactor, asker, CLIENTS));
                world.runFor(Duration.ofMillis(i % 20));
            }
        }
        run(1);
    }

    private static Deferred<?> connect(Reactor reactor, Protocol protocol, TlsClientOptions options) {
        return Tls.wrapClient(new TcpClientEndpoint(reactor, "server", 443), options)
                .connect(Factory.of(() -> protocol));
    }

    // Dates

    private static Throwable endInYears(int years) {
        try (var world = Simulation.of(1)) {
            var server = world.host("server");
            var client = world.host("client");
            server.start(reactor -> reactor.listenTcp(443, new TlsServerFactory<>(Factory.of(Echo::new), SERVERS)));
            client.stepClock(Duration.ofDays(365L * years));
            Asker asker = new Asker();
            client.start(reactor -> connect(reactor, asker, CLIENTS));
            world.runUntil(asker.ended, PATIENCE);
            world.check();
            return (Throwable) asker.ended.result();
        }
    }

    @Test
    @DisplayName("certificates are judged by the simulated host's calendar")
    void datesAreTheSimulatedOnes() {
        assertThat(endInYears(0)).isInstanceOf(ConnectionDone.class);
        assertThat(endInYears(1)).isInstanceOf(ConnectionDone.class);
        assertThat(endInYears(2)).isInstanceOf(TlsError.class).hasMessageContaining("2027-02-0");
        assertThat(endInYears(-1)).isInstanceOf(TlsError.class).hasMessageContaining("2025-12-31");
    }

    // What is refused

    private static String refusal(TlsServerOptions servers, TlsClientOptions clients) {
        try (var world = Simulation.of(1)) {
            world.host("server")
                    .start(reactor -> Tls.wrapServer(new TcpServerEndpoint(reactor, 443), servers)
                            .listen(Factory.of(Echo::new)));
            Asker asker = new Asker();
            world.host("client")
                    .start(reactor -> connect(reactor, asker, clients).addErrback(_ -> null));
            world.runUntil(asker.ended, PATIENCE);
            List<Failure> logged = world.flushLoggedErrors(IllegalStateException.class);
            assertThat(logged).hasSize(1);
            world.check();
            return logged.getFirst().message();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EC_P256", "RSA_2048"})
    @DisplayName("a key whose signatures draw random bits of the JVM's is refused, and the words tell what to do")
    void aKeyThatNoSeedDecidesIsRefused(KeyKind kind) {
        TlsIdentity identity = new CertificateMaker(new SecureRandom(), () -> Instant.parse("2026-01-01T00:00:00Z"))
                .keys(kind)
                .selfSigned("server");

        assertThat(refusal(TlsServerOptions.forIdentity(identity).build(), CLIENTS))
                .contains("cannot be simulated", "CN=server", "\"jsse\"", "take a key for Ed25519");
        assertThat(refusal(SERVERS, CLIENTS.change().identity(identity).build()))
                .contains("cannot be simulated", "CN=server", "take a key for Ed25519");
    }

    /// TLS of the JDK, but for what is said of it.
    private static final class Unseeded implements TlsProvider {
        private final TlsProvider real = new JsseProvider();

        @Override
        public String name() {
            return "unseeded";
        }

        @Override
        public String whyNot() {
            return real.whyNot();
        }

        @Override
        public ClientContext client(ClientSettings settings) throws GeneralSecurityException {
            return real.client(settings);
        }

        @Override
        public ServerContext server(ServerSettings settings) throws GeneralSecurityException {
            return real.server(settings);
        }
    }

    @Test
    void aProviderThatCannotBeSeededIsRefused() {
        assertThat(refusal(SERVERS.change().provider(new Unseeded()).build(), CLIENTS))
                .contains("cannot be simulated", "\"unseeded\"", "-Dbowline.tls=jsse");
        assertThat(refusal(SERVERS, CLIENTS.change().provider(new Unseeded()).build()))
                .contains("cannot be simulated", "\"unseeded\"", "-Dbowline.tls=jsse");
    }

    // What is made

    private static TlsIdentity selfSigned(long seed) {
        try (var world = Simulation.of(seed)) {
            var server = world.host("server");
            var client = world.host("client");
            SingleCertificate source = server.start(reactor -> {
                var made = SingleCertificate.selfSigned(reactor, new SecureRandom(), List.of("server"));
                reactor.listenTcp(
                        443,
                        new TlsServerFactory<>(
                                Factory.of(Echo::new),
                                TlsServerOptions.forSource(made).build()));
                return made;
            });
            Asker asker = new Asker();
            TlsClientOptions trusting =
                    CLIENTS.change().trust(new InsecureTrust()).build();
            client.start(reactor -> connect(reactor, asker, trusting));
            world.runUntil(asker.ended, PATIENCE);
            assertThat(asker.ended.result()).isInstanceOf(ConnectionDone.class);
            world.check();
            return source.server().identity();
        }
    }

    @Test
    @DisplayName("a certificate that is made at the start is for a key that can be repeated, and is the same again")
    void whatIsMadeIsTheSameAgain() {
        TlsIdentity made = selfSigned(5);

        assertThat(made.key().getAlgorithm()).isEqualTo("EdDSA");
        assertThat(selfSigned(5)).isEqualTo(made);
        assertThat(selfSigned(6)).isNotEqualTo(made);
    }

    @Test
    @DisplayName("nothing of TLS fetches what no seed decides")
    void nothingEscapesTheSeed() {
        assertThat(Determinism.escapesOfPackages(
                        TlsLayer.class,
                        TlsProvider.class,
                        JsseProvider.class,
                        ClientHelloMachine.class,
                        TlsIdentity.class))
                .singleElement() // whom a machine trusts is that machine's, whatever the seed
                .asString()
                .startsWith("bowline.tls.certificate.PlatformRoots.ofProcess");
    }

    @Test
    void sessionsAreNotResumed() {
        try (var world = Simulation.of(1)) {
            world.host("server")
                    .start(reactor -> reactor.listenTcp(443, new TlsServerFactory<>(Factory.of(Echo::new), SERVERS)));
            var client = world.host("client");
            for (int i = 0; i < 3; i++) {
                Asker asker = new Asker();
                client.start(reactor -> connect(reactor, asker, CLIENTS));
                world.runUntil(asker.ended, PATIENCE);
                assertThat(((TlsTransport) asker.transport()).session().resumed())
                        .isFalse();
            }
            world.check();
        }
    }
}
