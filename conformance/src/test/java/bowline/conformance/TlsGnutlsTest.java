package bowline.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.conformance.TlsPeers.Answer;
import bowline.conformance.TlsPeers.Served;
import bowline.tls.TlsClientOptions;
import bowline.tls.certificate.KeyKind;
import bowline.tls.engine.ServerSettings.ClientCertificates;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// TLS-1 to TLS-10: our TLS against `gnutls-cli` and `gnutls-serv`.
class TlsGnutlsTest {
    @TempDir
    private Path folder;

    private TlsPeers peers;

    @BeforeEach
    void start() {
        // GnuTLS cannot do without the public key inside of an EC key's file, which the JDK leaves out.
        peers = new TlsPeers(folder, KeyKind.RSA_2048);
    }

    @AfterEach
    void stop() {
        peers.close();
    }

    private static String priority(String version) {
        return "NORMAL:-VERS-ALL:+VERS-TLS" + version;
    }

    private Dialogue client(Served served, String version, String... more) throws Exception {
        Foreign.require("gnutls-cli");
        var command =
                new ArrayList<>(List.of("gnutls-cli", "--x509cafile", peers.roots(), "--priority", priority(version)));
        command.addAll(List.of("--sni-hostname", "localhost", "--verify-hostname", "localhost"));
        command.addAll(List.of("-p", String.valueOf(served.port)));
        command.addAll(List.of(more));
        command.add("127.0.0.1");
        return Dialogue.with(command);
    }

    @ParameterizedTest
    @DisplayName("TLS-6, TLS-7: gnutls-cli talks with our echo, chooses a protocol, and resumes")
    @CsvSource({"jsse, 1.2", "jsse, 1.3", "openssl, 1.2", "openssl, 1.3"})
    void theirClient(String provider, String version) throws Exception {
        Served served =
                peers.listen(peers.serves(provider).applicationProtocols("imap").build());
        try (Dialogue client = client(served, version, "--alpn", "imap", "--resume", "--waitresumption")) {
            client.expect("Application protocol: imap").expect("This is a resumed session");
            client.expect("Simple Client Mode").type("hello echo\n");
            client.expect("hello echo").endInput();
            client.end();
        }
        assertThat(served.session().resumed()).isFalse();
        assertThat(served.session().resumed()).isTrue();
        served.end(); // the first connection was not waited for
        assertThat(served.end()).startsWith("ConnectionDone");
    }

    @ParameterizedTest
    @DisplayName("TLS-5: gnutls-cli shows the certificate that our server demands")
    @CsvSource({"jsse, 1.2", "jsse, 1.3", "openssl, 1.2", "openssl, 1.3"})
    void theirCertificate(String provider, String version) throws Exception {
        Served served =
                peers.listen(peers.serves(provider, ClientCertificates.REQUIRED).build());
        String own = peers.pem("alice.pem", peers.client);
        try (Dialogue client = client(served, version, "--x509certfile", own, "--x509keyfile", own)) {
            client.expect("Handshake was completed")
                    .expect("Simple Client Mode")
                    .type("hello\n");
            client.expect("hello").endInput();
            client.end();
        }
        assertThat(served.session().peerCertificates()).startsWith(peers.client.certificate());
    }

    @ParameterizedTest
    @DisplayName("TLS-10: gnutls-cli changes keys in mid-stream")
    @ValueSource(strings = {"jsse", "openssl"})
    void theirKeyUpdate(String provider) throws Exception {
        Served served = peers.listen(peers.serves(provider).build());
        try (Dialogue client = client(served, "1.3", "--inline-commands")) {
            client.expect("Simple Client Mode").type("one\n");
            client.expect("one").type("^rekey^\n");
            client.expect("ekey").type("two\n");
            client.expect("two").endInput();
            client.end();
        }
        assertThat(served.end()).startsWith("ConnectionDone");
    }

    @ParameterizedTest
    @DisplayName("TLS-6, TLS-5: our client talks with gnutls-serv, with a certificate, and resumes")
    @CsvSource({"jsse, 1.2", "jsse, 1.3", "openssl, 1.2", "openssl, 1.3"})
    void theirServer(String provider, String version) throws Exception {
        Foreign.require("gnutls-serv");
        String pem = peers.pem("server.pem", peers.server);
        int port = TlsPeers.freePort();
        try (Dialogue server = Dialogue.with(
                "gnutls-serv",
                "--echo",
                "-p",
                String.valueOf(port),
                "--priority",
                priority(version),
                "--x509certfile",
                pem,
                "--x509keyfile",
                pem,
                "--x509cafile",
                peers.roots(),
                "--require-client-cert",
                "--verify-client-cert",
                "--alpn",
                "imap")) {
            server.expect("listening on IPv4").expect("done");
            TlsClientOptions options = peers.asks(provider)
                    .identity(peers.client)
                    .applicationProtocols("imap")
                    .build();
            Answer first = peers.ask(options, port, "hello\n", "hello\n");
            assertThat(first.text()).as(first.why()).isEqualTo("hello\n");
            assertThat(first.session().version().standardName()).isEqualTo("TLSv" + version);
            assertThat(first.session().applicationProtocol()).isEqualTo("imap");
            Answer second = peers.ask(options, port, "again\n", "again\n");
            assertThat(second.text()).isEqualTo("again\n");
            assertThat(second.session().resumed()).isTrue();
        }
    }
}
