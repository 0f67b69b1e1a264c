package bowline.web.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertEquals;

import bowline.defer.Deferred;
import bowline.endpoint.ClientEndpoint;
import bowline.endpoint.ServerEndpoint;
import bowline.failure.Failure;
import bowline.junit.OnReactor;
import bowline.junit.Trial;
import bowline.policy.AddressRules;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.reactor.ListeningPort;
import bowline.reactor.Reactor;
import bowline.socks.Socks5ClientEndpoint;
import bowline.socks.SocksServer;
import bowline.socks.SocksServerOptions;
import bowline.tls.Tls;
import bowline.tls.TlsError;
import bowline.tls.TlsServerOptions;
import bowline.tls.TlsTransport;
import bowline.tls.certificate.CertificateMaker;
import bowline.tls.certificate.CertificateReader;
import bowline.tls.certificate.CertificateWords;
import bowline.tls.certificate.IdentityReader;
import bowline.tls.certificate.PrivateAuthority;
import bowline.web.client.Agent;
import bowline.web.client.AgentOptions;
import bowline.web.client.ClientRequest;
import bowline.web.client.ResponseFailed;
import bowline.web.server.Exchange;
import bowline.web.server.Response;
import bowline.web.server.Site;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// HTTP over TLS, both ends ours (RFC 9110 §4.2.2).
@OnReactor(timeoutSeconds = 30)
class HttpsTest {
    private final PrivateAuthority authority =
            new CertificateMaker(new SecureRandom(), Instant::now).authority("Tests");
    private final AgentOptions trusting = AgentOptions.DEFAULT.tls(tls -> tls.trust(authority.trust()));

    @TempDir
    private Path folder;

    private Path certs;

    @BeforeEach
    void makeFiles() throws IOException {
        certs = Files.createDirectory(folder.resolve("certs"));
        Files.writeString(
                certs.resolve("localhost.pem"), IdentityReader.pem(authority.server("localhost", "127.0.0.1")));
    }

    private String roots() {
        return CertificateReader.pem(List.of(authority.certificate()));
    }

    private int serve(Reactor reactor, Trial trial) throws Exception {
        return serve(reactor, trial, new Site(this::page));
    }

    private int serve(Reactor reactor, Trial trial, Factory<?> site) throws Exception {
        ListeningPort port = ServerEndpoint.of(
                        reactor, "tls:" + certs + ":port=0:interface=127.0.0.1:default=localhost")
                .listen(site)
                .await();
        trial.addCleanup(port::stopListening);
        return port.port();
    }

    private Agent agent(Reactor reactor, Trial trial, AgentOptions options) {
        var agent = new Agent(reactor, options);
        trial.addCleanup(agent::close);
        return agent;
    }

    private Deferred<Response> page(Exchange exchange) {
        var session = exchange.tls();
        String client = session == null || session.peerCertificates().isEmpty()
                ? "nobody"
                : CertificateWords.subject(session.peerCertificates().getFirst());
        String alpn = session == null ? "" : String.valueOf(session.applicationProtocol());
        return Deferred.succeed(
                Response.text(exchange.scheme() + " " + exchange.head().path() + " " + alpn + " for " + client));
    }

    @Test
    @DisplayName("TLS-7, WEB-9: a page of an https server, by ALPN, over one connection that is kept")
    void pages(Reactor reactor, Trial trial) throws Exception {
        var site = new Site(this::page);
        int port = serve(reactor, trial, site);
        Agent agent = agent(reactor, trial, trusting);
        URI uri = URI.create("https://localhost:" + port + "/a");

        assertEquals("https /a http/1.1 for nobody", agent.getPage(uri).await());
        assertEquals("https /a http/1.1 for nobody", agent.getPage(uri).await());
        assertEquals(1, site.connections());
        Path file = folder.resolve("page");
        assertEquals(28L, agent.downloadPage(uri, file).await());
    }

    @Test
    @DisplayName("TLS-1: a server that is not who was meant is refused, in words")
    void wrongName(Reactor reactor, Trial trial) throws Exception {
        Files.writeString(certs.resolve("localhost.pem"), IdentityReader.pem(authority.server("other.example")));
        ListeningPort port = ServerEndpoint.of(
                        reactor, "tls:0:interface=127.0.0.1:certificate=" + certs.resolve("localhost.pem"))
                .listen(new Site(this::page))
                .await();
        trial.addCleanup(port::stopListening);
        Agent agent = agent(reactor, trial, trusting);

        assertThatThrownBy(() -> agent.getPage(URI.create("https://localhost:" + port.port() + "/"))
                        .await())
                .isInstanceOf(TlsError.class)
                .hasMessageContaining("it is for \"other.example\", not for localhost");
    }

    @Test
    @DisplayName("TLS-4: whom the system does not trust is refused")
    void notTrusted(Reactor reactor, Trial trial) throws Exception {
        int port = serve(reactor, trial);
        Agent agent = agent(reactor, trial, AgentOptions.DEFAULT);

        assertThatThrownBy(() -> agent.getPage(URI.create("https://localhost:" + port + "/"))
                        .await())
                .isInstanceOf(TlsError.class);
    }

    @Test
    @DisplayName("K1, TLS-1: through a SOCKS proxy, TLS goes inside, and the server is still verified")
    void throughProxy(Reactor reactor, Trial trial) throws Exception {
        int port = serve(reactor, trial);
        ListeningPort proxy = reactor.listenTcp(
                0, new SocksServer(reactor, SocksServerOptions.USUAL.addresses(AddressRules.ALL_HOSTS)));
        trial.addCleanup(proxy::stopListening);
        ClientEndpoint way = ClientEndpoint.of(reactor, "tcp:127.0.0.1:" + proxy.port());
        var agent = new Agent(reactor, trusting, (host, to) -> new Socks5ClientEndpoint(way, host, to));
        trial.addCleanup(agent::close);

        assertEquals(
                "https /x http/1.1 for nobody",
                agent.getPage(URI.create("https://localhost:" + port + "/x")).await());
    }

    @Test
    @DisplayName("TLS-6 of the security rules: a site speaks with nobody who means another protocol")
    void otherProtocols(Reactor reactor, Trial trial) throws Exception {
        int port = serve(reactor, trial);
        Path roots = Files.writeString(folder.resolve("roots.pem"), roots());

        var asking = new Asking("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        ClientEndpoint.of(reactor, "tls:localhost:" + port + ":alpn=smtp:trustRoots=" + roots)
                .connectProtocol(asking)
                .await();

        assertThatThrownBy(asking.heard::await).hasMessageContaining("no_application_protocol");
    }

    @Test
    @DisplayName("TLS-2 of the security rules: who got in by one name gets 421 for another that demands more")
    void misdirected(Reactor reactor, Trial trial) throws Exception {
        Files.writeString(certs.resolve("strict.pem"), IdentityReader.pem(authority.server("strict.example")));
        Files.writeString(certs.resolve("strict.clients.pem"), roots());
        int port = serve(reactor, trial);
        Path roots = Files.writeString(folder.resolve("roots.pem"), roots());
        String open = "tls:localhost:" + port + ":trustRoots=" + roots;
        Path alice = Files.writeString(folder.resolve("alice.pem"), IdentityReader.pem(authority.client("alice")));
        String strict = open + ":hostname=strict.example:certificate=" + alice;

        assertThat(status(reactor, open, "localhost:8443")).isEqualTo("200");
        assertThat(status(reactor, open, "strict.example")).isEqualTo("421");
        assertThat(status(reactor, strict, "strict.example")).isEqualTo("200");
        assertThat(status(reactor, strict, "localhost")).isEqualTo("421");
    }

    @Test
    @DisplayName("TLS-2 of the security rules: where nobody demands anything, any name will do")
    void anyName(Reactor reactor, Trial trial) throws Exception {
        int port = serve(reactor, trial);
        Path roots = Files.writeString(folder.resolve("roots.pem"), roots());

        assertThat(status(reactor, "tls:localhost:" + port + ":trustRoots=" + roots, "alias.example"))
                .isEqualTo("200");
    }

    private static String status(Reactor reactor, String endpoint, String host) throws Exception {
        var asking = new Asking("GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
        ClientEndpoint.of(reactor, endpoint).connectProtocol(asking).await();
        return asking.heard.await().substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length());
    }

    @Test
    @DisplayName(
            "TLS-5 of the security rules: a body that ends with the connection ends with close_notify, or was cut off")
    void truncation(Reactor reactor, Trial trial) throws Exception {
        Agent agent = agent(reactor, trial, trusting);
        int whole = serveBody(reactor, trial, true);
        int cut = serveBody(reactor, trial, false);

        assertEquals(
                "the half",
                agent.getPage(URI.create("https://localhost:" + whole + "/")).await());
        assertThatThrownBy(() -> agent.getPage(URI.create("https://localhost:" + cut + "/"))
                        .await())
                .isInstanceOf(ResponseFailed.class)
                .hasMessageContaining("close_notify");
    }

    private int serveBody(Reactor reactor, Trial trial, boolean orderly) throws Exception {
        TlsServerOptions options =
                TlsServerOptions.forIdentity(authority.server("localhost")).build();
        ListeningPort port = Tls.wrapServer(ServerEndpoint.of(reactor, "tcp:0:interface=127.0.0.1"), options)
                .listen(Factory.of(() -> new HalfAnswer(orderly)))
                .await();
        trial.addCleanup(port::stopListening);
        return port.port();
    }

    @Test
    @DisplayName("END-9: a request can be made with a client certificate, which resources see")
    void clientCertificates(Reactor reactor, Trial trial) throws Exception {
        Files.writeString(certs.resolve("localhost.clients.pem"), roots());
        int port = serve(reactor, trial);
        Agent agent = agent(
                reactor,
                trial,
                AgentOptions.DEFAULT.tls(tls -> tls.trust(authority.trust()).identity(authority.client("alice"))));

        var response = agent.request(ClientRequest.get(URI.create("https://localhost:" + port + "/")))
                .await();
        assertThat(new String(response.readBody(1000).await(), StandardCharsets.UTF_8))
                .contains("alice");
    }

    /// Says something, and collects what comes back.
    private static final class Asking extends Protocol {
        private final Deferred<String> heard = new Deferred<>();
        private final StringBuilder text = new StringBuilder();
        private final String question;

        Asking(String question) {
            this.question = question;
        }

        @Override
        public void connectionMade() {
            transport().write(question.getBytes(StandardCharsets.US_ASCII));
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

    /// A server of HTTP/1.0 whose bodies end with the connection.
    private static final class HalfAnswer extends Protocol {
        private final boolean orderly;

        HalfAnswer(boolean orderly) {
            this.orderly = orderly;
        }

        @Override
        public void dataReceived(ByteBuffer unread) {
            unread.position(unread.limit());
            transport()
                    .write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nthe half".getBytes(StandardCharsets.US_ASCII));
            if (orderly) {
                transport().loseConnection();
            } else {
                transport()
                        .clock()
                        .callLater(
                                Duration.ofMillis(50),
                                () -> Objects.requireNonNull(TlsTransport.of(transport()))
                                        .below()
                                        .loseConnection());
            }
        }
    }
}
