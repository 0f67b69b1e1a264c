package bowline.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.conformance.TlsPeers.AnswersAfterTheEnd;
import bowline.conformance.TlsPeers.Asker;
import bowline.conformance.TlsPeers.Echo;
import bowline.conformance.TlsPeers.Served;
import bowline.conformance.TlsPeers.StartTlsAsker;
import bowline.conformance.TlsPeers.StartTlsEcho;
import bowline.endpoint.TcpClientEndpoint;
import bowline.protocol.Factory;
import bowline.protocol.HalfCloseable;
import bowline.tls.TlsServerOptions;
import bowline.tls.TlsTransport;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// TLS-8 to TLS-10, M4: beginning and end of TLS, against Python's ssl and against Twisted.
class TlsPythonTest {
    private static final String SSL = "tls_peer.py";
    private static final String TWISTED = "twisted_tls.py";

    @TempDir
    private Path folder;

    private TlsPeers peers;

    @BeforeEach
    void start() {
        peers = new TlsPeers(folder);
    }

    @AfterEach
    void stop() {
        peers.close();
    }

    private static String python(String script) throws Exception {
        return script.equals(SSL) ? Foreign.python("ssl") : Foreign.python("twisted", "OpenSSL", "service_identity");
    }

    private String client(String script, String role, Served served) throws Exception {
        Foreign.Result result = Foreign.run(
                python(script), Foreign.script(script).toString(), role, peers.roots(), String.valueOf(served.port));
        return result.text() + result.err();
    }

    private Dialogue server(String script, String role) throws Exception {
        return Dialogue.with(
                python(script), Foreign.script(script).toString(), role, peers.pem("server.pem", peers.server));
    }

    private static int port(Dialogue server) throws Exception {
        return Integer.parseInt(server.expect("port ").restOfLine());
    }

    // Our server

    @ParameterizedTest
    @DisplayName("TLS-9: a megabyte through our echo, and close_notify both ways")
    @ValueSource(strings = {"jsse", "openssl"})
    void theirClient(String provider) throws Exception {
        Served served = peers.listen(peers.serves(provider).build());
        assertThat(client(SSL, "client", served)).isEqualTo("same TLSv1.3\nunwrapped\n");
        assertThat(served.end()).startsWith("ConnectionDone");
    }

    @ParameterizedTest
    @DisplayName("TLS-9: Twisted sends a megabyte through our echo and sees an orderly end")
    @ValueSource(strings = {"jsse", "openssl"})
    void twistedsClient(String provider) throws Exception {
        Served served = peers.listen(peers.serves(provider).build());
        assertThat(client(TWISTED, "client", served)).isEqualTo("same\nConnectionDone\n");
        assertThat(served.end()).startsWith("ConnectionDone");
    }

    @ParameterizedTest
    @DisplayName("TLS-8: TLS begins in place behind a clear line, when the client asks for it")
    @CsvSource({"jsse, tls_peer.py", "openssl, tls_peer.py", "jsse, twisted_tls.py", "openssl, twisted_tls.py"})
    void theirStartTls(String provider, String script) throws Exception {
        TlsServerOptions options = peers.serves(provider).build();
        Served served = peers.listenInClear(seen -> new StartTlsEcho(seen, options));
        assertThat(client(script, "client-starttls", served)).startsWith("go\nin secret\n");
        assertThat(served.end()).startsWith("ConnectionDone");
    }

    @ParameterizedTest
    @DisplayName("M4: what stands in clear behind the request for TLS ends the connection")
    @ValueSource(strings = {"jsse", "openssl"})
    void injected(String provider) throws Exception {
        TlsServerOptions options = peers.serves(provider).build();
        Served served = peers.listenInClear(seen -> new StartTlsEcho(seen, options));
        assertThat(client(SSL, "client-injects", served)).doesNotContain("evil");
        assertThat(served.end()).startsWith("InjectedClearText");
        assertThat(served.told).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("TLS-5: we see that their stream was cut off")
    @ValueSource(strings = {"jsse", "openssl"})
    void theyCut(String provider) throws Exception {
        Served served = peers.listen(peers.serves(provider).build());
        assertThat(client(SSL, "client-cuts", served)).isEqualTo("hello\n");
        assertThat(served.end()).startsWith("TlsTruncated");
    }

    @ParameterizedTest
    @DisplayName("TLS-5: they see that ours was")
    @ValueSource(strings = {"jsse", "openssl"})
    void weCut(String provider) throws Exception {
        Served served = peers.listen(peers.serves(provider).build(), seen -> new Echo(seen) {
            @Override
            public void dataReceived(ByteBuffer unread) {
                super.dataReceived(unread);
                TlsTransport tls = (TlsTransport) transport();
                tls.clock()
                        .callLater(
                                java.time.Duration.ofMillis(20),
                                () -> tls.below().loseConnection());
            }
        });
        assertThat(client(SSL, "client-is-cut", served)).isEqualTo("cut\ncut off\n");
    }

    @ParameterizedTest
    @DisplayName("TLS-10: when they have sent everything, we may still answer")
    @ValueSource(strings = {"jsse", "openssl"})
    void theyHalfClose(String provider) throws Exception {
        Served served = peers.listen(peers.serves(provider).build(), AnswersAfterTheEnd::new);
        assertThat(client(SSL, "client-half-closes", served))
                .startsWith("after the end: hello\nthen ")
                .containsAnyOf("then b''", "then close_notify");
        assertThat(served.end()).startsWith("ConnectionDone");
    }

    // Our client

    @ParameterizedTest
    @DisplayName("TLS-9: our client talks with Python's echo and with Twisted's, and ends in order")
    @CsvSource({"jsse, tls_peer.py", "openssl, tls_peer.py", "jsse, twisted_tls.py", "openssl, twisted_tls.py"})
    void theirServer(String provider, String script) throws Exception {
        String much = "0123456789".repeat(100_000) + "!";
        try (Dialogue server = server(script, "server")) {
            TlsPeers.Answer answer = peers.ask(peers.asks(provider).build(), port(server), much, "!");
            assertThat(answer.text()).isEqualTo(much);
            assertThat(answer.why()).startsWith("ConnectionDone");
            if (script.equals(SSL)) {
                server.expect("close_notify");
            }
        }
    }

    @ParameterizedTest
    @DisplayName("TLS-8: our client begins TLS in place with Python and with Twisted")
    @CsvSource({"jsse, tls_peer.py", "openssl, tls_peer.py", "jsse, twisted_tls.py", "openssl, twisted_tls.py"})
    void ourStartTls(String provider, String script) throws Exception {
        try (Dialogue server = server(script, "server-starttls")) {
            int port = port(server);
            var asker = new StartTlsAsker(peers.asks(provider).build(), "abccba\n");
            peers.live.await(() ->
                    new TcpClientEndpoint(peers.live.reactor(), "127.0.0.1", port).connect(Factory.of(() -> asker)));
            TlsPeers.Answer answer = asker.end();
            assertThat(answer.text()).as(answer.why()).isEqualTo("go\nabccba\n");
            assertThat(answer.session()).isNotNull();
            assertThat(answer.why()).startsWith("ConnectionDone");
        }
    }

    @ParameterizedTest
    @DisplayName("TLS-5: our client knows that what Python has sent was cut off")
    @ValueSource(strings = {"jsse", "openssl"})
    void theirServerCuts(String provider) throws Exception {
        try (Dialogue server = server(SSL, "server-cuts")) {
            TlsPeers.Answer answer = peers.ask(peers.asks(provider).build(), port(server), "hello\n", "");
            assertThat(answer.text()).isEqualTo("hello\n");
            assertThat(answer.why()).startsWith("TlsTruncated");
        }
    }

    @ParameterizedTest
    @DisplayName("TLS-10: our client sends no more, and still gets its answer")
    @ValueSource(strings = {"jsse", "openssl"})
    void weHalfClose(String provider) throws Exception {
        try (Dialogue server = server(SSL, "server-answers-after-the-end")) {
            HalfCloser asker = peers.begin(peers.asks(provider).build(), port(server), new HalfCloser());
            TlsPeers.Answer answer = asker.end();
            assertThat(answer.text()).isEqualTo("after the end: hello");
            assertThat(answer.why()).startsWith("ConnectionDone");
        }
    }

    private static final class HalfCloser extends Asker implements HalfCloseable {
        HalfCloser() {
            super("hello", "");
        }

        @Override
        public void connectionMade() {
            super.connectionMade();
            ((TlsTransport) transport()).loseWriteConnection();
        }

        @Override
        public void readConnectionLost() {
            transport().loseConnection();
        }

        @Override
        public void writeConnectionLost() {
            // Now for the answer.
        }
    }
}
