package bowline.tls.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import bowline.defer.Deferred;
import bowline.endpoint.ClientEndpoint;
import bowline.endpoint.EndpointString;
import bowline.endpoint.ServerEndpoint;
import bowline.failure.Failure;
import bowline.policy.TimeoutFactory;
import bowline.protocol.Address;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.reactor.ListeningPort;
import bowline.reactor.Reactor;
import bowline.tls.ApplicationProtocols;
import bowline.tls.TlsProviders;
import bowline.tls.TlsTransport;
import bowline.tls.certificate.CertificateMaker;
import bowline.tls.certificate.KeyPin;
import bowline.tls.certificate.TlsIdentity;
import bowline.tls.engine.TlsProvider.Feature;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Both ends described by strings, over a real loop and the loopback interface.
@Timeout(30)
class TlsStringsLiveTest {
    private final Reactor reactor = Reactor.create("nio");
    private final List<String> seen = new ArrayList<>();

    @TempDir
    private Path folder;

    private TlsFiles files;
    private String certs;
    private String roots;

    @BeforeEach
    void makeFiles() {
        files = new TlsFiles(folder);
        certs = files.server("certs/localhost.pem", "localhost", "127.0.0.1")
                .getParent()
                .toString();
        roots = files.roots().toString();
    }

    /// What came back, or why nothing did.
    private String ask(String server, String client) {
        return ask(server, client, Factory.of(Echo::new));
    }

    private String ask(String server, String client, Factory<?> factory) {
        var heard = new Deferred<String>();
        Deferred<ListeningPort> listening = ServerEndpoint.of(reactor, server).listen(factory);
        listening
                .addCallbackDeferring(port -> ClientEndpoint.of(reactor, client.replace("PORT", "" + portOf(port)))
                        .connectProtocol(new Asking(heard)))
                .addCallbackDeferring(_ -> heard)
                .addErrback(Failure::message)
                .onSuccess(seen::add)
                .onBoth(() -> reactor.callWhenRunning(reactor::stop));
        reactor.callLater(Duration.ofSeconds(20), reactor::crash);
        reactor.run(false);
        return String.join("; ", seen);
    }

    private static int portOf(ListeningPort port) {
        return port.host() instanceof Address.Unix ? 0 : port.port();
    }

    private String local(String arguments) {
        return "tls:0:interface=127.0.0.1:" + arguments;
    }

    private String trusting(String rest) {
        return "tls:localhost:PORT:trustRoots=" + roots + rest;
    }

    @Test
    @DisplayName("END-8, END-9, TLS-14: a folder of certificates, and who trusts their authority")
    void folders() {
        assertEquals("hello of localhost", ask(local("certificates=" + certs), trusting("")));
    }

    @Test
    @DisplayName("END-8: the folder in front, as Twisted has it; a name without a certificate gets the default's")
    void twisted() {
        assertEquals(
                "hello of none",
                ask(
                        "tls:" + certs + ":port=0:interface=127.0.0.1:default=localhost",
                        "tls:127.0.0.1:PORT:trustRoots=" + roots));
    }

    @Test
    @DisplayName("TLS-2: who asks for nobody who is here is refused, unless there is a default")
    void noDefault() {
        assertThat(ask(local("certificates=" + certs), "tls:127.0.0.1:PORT:trustRoots=" + roots))
                .contains("unrecognized_name");
    }

    @Test
    @DisplayName("END-9, TLS-1: who is meant is verified; hostname= says who, where it is not whom one connects to")
    void names() {
        Path other = files.server("other.pem", "other.example");
        String server = local("certificate=" + other);
        assertThat(ask(server, trusting(""))).contains("it is for \"other.example\", not for localhost");
    }

    @Test
    @DisplayName("END-9: hostname= says who is meant")
    void hostnames() {
        Path other = files.server("other.pem", "other.example");
        assertEquals("hello of other.example", ask(local("certificate=" + other), trusting(":hostname=other.example")));
    }

    @Test
    @DisplayName("END-8: clients have to show a certificate, or they are sent away")
    void clientCertificates() {
        String server = local("certificates=" + certs + ":clients=" + roots);
        Path alice = files.client("alice@example.com");
        assertEquals(
                "hello of localhost",
                ask(server, trusting(":certificate=" + alice + ":maximum=TLSv1.2")),
                () -> String.valueOf(seen));
    }

    @Test
    @DisplayName("END-8: without a certificate, clients of such a server are sent away")
    void noClientCertificate() {
        assertThat(ask(local("certificates=" + certs + ":clients=" + roots), trusting("")))
                .contains("certificate_required");
    }

    @Test
    @DisplayName("END-8: who only wants certificates of clients takes those without")
    void wanted() {
        assertEquals(
                "hello of localhost",
                ask(local("certificates=" + certs + ":clients=" + roots + ":clientAuth=wanted"), trusting("")));
    }

    @Test
    @DisplayName("END-8, END-9: over UNIX sockets")
    void unix() {
        String socket = EndpointString.quote("unix:" + folder.resolve("socket"));
        assertEquals(
                "hello of localhost",
                ask(
                        "tls:" + certs + ":endpoint=" + socket,
                        "tls:localhost:endpoint=" + socket + ":trustRoots=" + roots));
    }

    @Test
    @DisplayName("HAP-1: a PROXY header goes before TLS on both sides")
    void proxyHeaders() {
        assertEquals(
                "hello of localhost",
                ask(
                        "haproxy:tls:0:interface=127.0.0.1:certificates=" + certs,
                        "tls:localhost:endpoint=haproxy\\:tcp\\:127.0.0.1\\:PORT:trustRoots=" + roots));
    }

    @Test
    @DisplayName("TLS-14: one made at start, known by its key's pin")
    void pins() {
        TlsIdentity self = new CertificateMaker(new SecureRandom(), Instant::now).selfSigned("somebody.example");
        Path file = files.identity("self.pem", self);
        String pin = KeyPin.of(self.certificate().getPublicKey()).toString();
        assertEquals("hello of none", ask(local("certificate=" + file), "tls:127.0.0.1:PORT:pin=" + pin));
    }

    @Test
    @DisplayName("END-9: who insists gets no verification")
    void insecure() {
        assertEquals(
                "hello of localhost",
                ask(local("self-signed=x.example"), "tls:localhost:PORT:insecure-trust-anybody=1"));
    }

    @Test
    @DisplayName("END-9: nobody vouches for one that was made at start")
    void selfSigned() {
        assertThat(ask(local("self-signed="), trusting(""))).contains("certificate");
        assertThat(seen).doesNotContain("hello of localhost");
    }

    @Test
    @DisplayName("END-8, END-9: Twisted's ssl: on both sides; verification is on without hostname=")
    void ssl() {
        Path pem = Path.of(certs, "localhost.pem");
        assertEquals(
                "hello of localhost",
                ask("ssl:0:" + pem + ":interface=127.0.0.1", "ssl:localhost:PORT:caCertsDir=" + roots));
    }

    @Test
    @DisplayName("END-8, TLS-7: alpn= and what a factory says of its protocols, through layers in front of it")
    void applicationProtocols() {
        Factory<?> web = new TimeoutFactory<>(new Knowing(), Duration.ofMinutes(1));
        assertEquals(
                "hello of localhost by dance", ask(local("certificates=" + certs), trusting(":alpn=jump,dance"), web));
    }

    @Test
    @DisplayName("TLS-6 of the security rules: no protocol in common ends the handshake")
    void noProtocolInCommon() {
        assertThat(ask(local("certificates=" + certs + ":alpn=dance"), trusting(":alpn=jump")))
                .contains("no_application_protocol");
    }

    @Test
    @DisplayName("TLS-16: keylog= gets the secrets of connections")
    void keyLog() throws Exception {
        assumeThat(TlsProviders.best().lacks()).doesNotContain(Feature.KEY_LOG);
        Path log = folder.resolve("keys.log");
        assertEquals("hello of localhost", ask(local("certificates=" + certs + ":keylog=" + log), trusting("")));
        assertThat(Files.readString(log)).contains("CLIENT_HANDSHAKE_TRAFFIC_SECRET ");
    }

    @Test
    @DisplayName("TLS-14: a certificate that replaces another is shown from then on")
    void watched() {
        var heard = new Deferred<String>();
        Deferred<ListeningPort> listening = ServerEndpoint.of(
                        reactor, "tls:" + certs + ":port=0:interface=127.0.0.1:default=localhost")
                .listen(Factory.of(Echo::new));
        files.server("certs/new.pem", "new.example");
        listening.onSuccess(port -> reactor.callLater(
                Duration.ofMillis(800),
                () -> ClientEndpoint.of(
                                reactor, trusting(":hostname=new.example").replace("PORT", "" + port.port()))
                        .connectProtocol(new Asking(heard))));
        heard.addErrback(Failure::message).onSuccess(seen::add).onBoth(reactor::stop);
        reactor.callLater(Duration.ofSeconds(20), reactor::crash);
        reactor.run(false);

        assertEquals(List.of("hello of new.example"), seen);
    }

    /// Sends back what comes, and whom it was asked for.
    private static class Echo extends Protocol {
        @Override
        public void dataReceived(ByteBuffer unread) {
            var session = Objects.requireNonNull(TlsTransport.of(transport())).session();
            String text = StandardCharsets.US_ASCII.decode(unread) + " of "
                    + (session.serverName() == null ? hostOrNone() : session.serverName())
                    + (session.applicationProtocol() == null ? "" : " by " + session.applicationProtocol());
            transport().write(text.getBytes(StandardCharsets.US_ASCII));
            transport().loseConnection();
        }

        private String hostOrNone() {
            return transport().host() instanceof Address.Unix ? "unix" : "none";
        }
    }

    /// Echoes that know a protocol.
    private static final class Knowing extends Factory<Echo> implements ApplicationProtocols {
        @Override
        public Echo buildProtocol(Address peer) {
            return new Echo();
        }

        @Override
        public List<String> acceptableProtocols() {
            return List.of("walk", "dance");
        }
    }

    /// Says hello, and tells what came of it.
    private static final class Asking extends Protocol {
        private final Deferred<String> heard;
        private final StringBuilder text = new StringBuilder();

        Asking(Deferred<String> heard) {
            this.heard = heard;
        }

        @Override
        public void connectionMade() {
            transport().write("hello".getBytes(StandardCharsets.US_ASCII));
        }

        @Override
        public void dataReceived(ByteBuffer unread) {
            text.append(StandardCharsets.US_ASCII.decode(unread));
        }

        @Override
        public void connectionLost(Failure reason) {
            if (text.isEmpty()) {
                heard.errback(reason);
            } else {
                heard.callback(text.toString());
            }
        }
    }
}
