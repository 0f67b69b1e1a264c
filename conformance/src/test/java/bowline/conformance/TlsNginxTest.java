package bowline.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.conformance.TlsPeers.Answer;
import bowline.conformance.TlsPeers.Echo;
import bowline.conformance.TlsPeers.Served;
import bowline.tls.TlsClientOptions;
import bowline.tls.engine.ServerSettings.ClientCertificates;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// TLS-5, TLS-6: nginx between our client and our server, with TLS on both sides and certificates of all four ends.
class TlsNginxTest {
    private static final String CONFIG = """
            daemon off;
            master_process off;
            pid nginx.pid;
            error_log stderr;
            events { }
            http {
                access_log off;
                client_body_temp_path body;
                proxy_temp_path proxy;
                fastcgi_temp_path fastcgi;
                uwsgi_temp_path uwsgi;
                scgi_temp_path scgi;
                server {
                    listen 127.0.0.1:%d ssl;
                    ssl_certificate %s;
                    ssl_certificate_key %s;
                    ssl_protocols TLSv%s;
                    ssl_client_certificate %s;
                    ssl_verify_client on;
                    location / {
                        proxy_pass https://127.0.0.1:%d;
                        proxy_ssl_protocols TLSv%s;
                        proxy_ssl_certificate %s;
                        proxy_ssl_certificate_key %s;
                        proxy_ssl_trusted_certificate %s;
                        proxy_ssl_verify on;
                        proxy_ssl_server_name on;
                        proxy_ssl_name localhost;
                        proxy_set_header Client $ssl_client_s_dn;
                    }
                }
            }
            """;

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

    @ParameterizedTest
    @DisplayName("our client asks nginx, and nginx our server, by TLS, believing only each other")
    @CsvSource({"jsse, 1.2", "jsse, 1.3", "openssl, 1.2", "openssl, 1.3"})
    void inBetween(String provider, String version) throws Exception {
        Path nginx = Path.of("/usr/sbin/nginx");
        org.junit.jupiter.api.Assumptions.assumeTrue(Files.isExecutable(nginx), "nginx is not installed");
        Served served =
                peers.listen(peers.serves(provider, ClientCertificates.REQUIRED).build(), Hello::new);
        String front = peers.pem("front.pem", peers.server);
        String back = peers.pem("back.pem", peers.authority.client("nginx"));
        String roots = peers.roots();
        int port = TlsPeers.freePort();
        String config = peers.write(
                "nginx.conf",
                CONFIG.formatted(port, front, front, version, roots, served.port, version, back, back, roots));
        try (Dialogue server = Dialogue.with(nginx.toString(), "-p", folder.toString(), "-c", config)) {
            Conversation.awaitListening("127.0.0.1", port);
            TlsClientOptions options =
                    peers.asks(provider).identity(peers.client).build();
            for (int i = 0; i < 2; i++) {
                Answer answer =
                        peers.ask(options, port, "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", "");
                assertThat(answer.text())
                        .as(answer.why() + server.all())
                        .startsWith("HTTP/1.1 200 OK")
                        .contains("Client: CN=alice@example.com");
                assertThat(answer.session().version().standardName()).isEqualTo("TLSv" + version);
            }
            assertThat(served.session().peerCertificates().getFirst().getSubjectX500Principal())
                    .hasToString("CN=nginx");
            assertThat(served.session().resumed())
                    .as("nginx keeps its sessions")
                    .isTrue();
        }
    }

    /// Answers a request by itself.
    private static final class Hello extends Echo {
        private final StringBuilder request = new StringBuilder();

        Hello(Served served) {
            super(served);
        }

        @Override
        public void dataReceived(ByteBuffer unread) {
            request.append(StandardCharsets.ISO_8859_1.decode(unread));
            if (request.indexOf("\r\n\r\n") > 0) {
                String answer = "HTTP/1.0 200 OK\r\nContent-Length: " + request.length() + "\r\n\r\n" + request;
                transport().write(answer.getBytes(StandardCharsets.ISO_8859_1));
                transport().loseConnection();
            }
        }
    }
}
