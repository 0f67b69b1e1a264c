package bowline.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.conformance.TlsPeers.Answer;
import bowline.conformance.TlsPeers.Asker;
import bowline.conformance.TlsPeers.SServer;
import bowline.conformance.TlsPeers.Served;
import bowline.tls.TlsClientOptions;
import bowline.tls.TlsServerOptions;
import bowline.tls.certificate.CertificateMaker;
import bowline.tls.certificate.CertificateReader;
import bowline.tls.certificate.IdentityReader;
import bowline.tls.certificate.PrivateAuthority;
import bowline.tls.certificate.TlsIdentity;
import bowline.tls.engine.ServerSettings.ClientCertificates;
import bowline.tls.engine.TlsSession;
import bowline.tls.source.CertificateFolder;
import bowline.tls.source.FolderOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// TLS-1 to TLS-10: our TLS against `openssl s_client` and `openssl s_server`, by each implementation that is here.
class TlsOpensslTest {
    /// The JDK has one alert only for clients of TLS 1.3.
    private static final String UNKNOWN_CA = "alert (unknown ca|certificate unknown)";

    @TempDir
    private Path folder;

    private TlsPeers peers;

    @BeforeEach
    void start() {
        Foreign.require("openssl");
        peers = new TlsPeers(folder);
    }

    @AfterEach
    void stop() {
        peers.close();
    }

    // Our server

    @ParameterizedTest
    @DisplayName("TLS-1, TLS-3: s_client talks with our echo, in both versions, with a modern cipher suite")
    @CsvSource({"jsse, 1.2", "jsse, 1.3", "openssl, 1.2", "openssl, 1.3"})
    void theirClient(String provider, String version) throws Exception {
        Served served = peers.listen(peers.serves(provider).build());
        try (Dialogue client = peers.sClient(served, "-tls" + version.replace('.', '_'))) {
            client.expect("Verify return code: 0 (ok)").type("hello echo\n");
            client.expect("hello echo").type("Q\n");
            String all = client.end();
            assertThat(all).containsPattern("Cipher is (TLS_AES|ECDHE-ECDSA).*(GCM|CHACHA20)");
        }
        TlsSession session = served.session();
        assertThat(session.version().standardName()).isEqualTo("TLSv" + version);
        assertThat(session.provider()).isEqualTo(provider);
        assertThat(served.end()).startsWith("ConnectionDone");
    }

    @ParameterizedTest
    @DisplayName("TLS-2, TLS-6: s_client goes on with a session that it has kept in a file")
    @CsvSource({"jsse, 1.2", "jsse, 1.3", "openssl, 1.2", "openssl, 1.3"})
    void theirClientResumes(String provider, String version) throws Exception {
        Served served = peers.listen(peers.serves(provider).build());
        String flag = "-tls" + version.replace('.', '_');
        String kept = peers.file("session");
        try (Dialogue client = peers.sClient(served, flag, "-sess_out", kept)) {
            client.expect("New, TLS").type("hello\n"); // a ticket of TLS 1.3 comes after the handshake
            client.expect("hello").type("Q\n");
            client.end();
        }
        assertThat(served.session().resumed()).isFalse();
        try (Dialogue client = peers.sClient(served, flag, "-sess_in", kept)) {
            client.expect("Reused, TLS").type("again\n");
            client.expect("again").type("Q\n");
            client.end();
        }
        assertThat(served.session().resumed()).isTrue();
    }

    @ParameterizedTest
    @DisplayName("TLS-6: early data is not taken")
    @ValueSource(strings = {"jsse", "openssl"})
    void noEarlyData(String provider) throws Exception {
        Served served = peers.listen(peers.serves(provider).build());
        String kept = peers.file("session");
        try (Dialogue client = peers.sClient(served, "-tls1_3", "-sess_out", kept)) {
            client.expect("Early data was not sent").type("hello\n");
            client.expect("hello").type("Q\n");
            assertThat(client.end()).doesNotContainPattern("Max Early Data: [1-9]");
        }
        String early = peers.write("early", "too early\n");
        try (Dialogue client = peers.sClient(served, "-tls1_3", "-sess_in", kept, "-early_data", early)) {
            client.expect("Reused, TLSv1.3").type("in time\n");
            client.expect("in time").type("Q\n");
            assertThat(client.end()).doesNotContain("too early").doesNotContain("Early data was accepted");
        }
    }

    @ParameterizedTest
    @DisplayName("TLS-6: no renegotiation: whoever begins one is let go")
    @ValueSource(strings = {"jsse", "openssl"})
    void noRenegotiation(String provider) throws Exception {
        Served served = peers.listen(peers.serves(provider).build());
        try (Dialogue client = peers.sClient(served, "-tls1_2")) {
            client.expect("Verify return code: 0 (ok)").type("hello\n");
            client.expect("hello").type("R\n");
            client.expect("RENEGOTIATING");
            assertThat(client.end()).containsIgnoringCase("renegotiation");
        }
        served.session();
        assertThat(served.sessions).isEmpty();
        assertThat(served.end()).isNotEmpty();
    }

    @ParameterizedTest
    @DisplayName("TLS-10: keys are changed in mid-stream, by one side and by both")
    @ValueSource(strings = {"jsse", "openssl"})
    void theirKeyUpdate(String provider) throws Exception {
        Served served = peers.listen(peers.serves(provider).build());
        try (Dialogue client = peers.sClient(served, "-tls1_3")) {
            client.expect("Verify return code: 0 (ok)").type("one\n");
            client.expect("one").type("k\n");
            client.expect("KEYUPDATE").type("two\n");
            client.expect("two").type("K\n");
            client.expect("KEYUPDATE").type("three\n");
            client.expect("three").type("four\n");
            client.expect("four").type("Q\n");
            client.end();
        }
        assertThat(served.end()).startsWith("ConnectionDone");
    }

    @ParameterizedTest
    @DisplayName("TLS-7: ALPN takes what we prefer; who offers nothing of ours is sent away")
    @ValueSource(strings = {"jsse", "openssl"})
    void theirAlpn(String provider) throws Exception {
        Served served = peers.listen(
                peers.serves(provider).applicationProtocols("h2", "http/1.1").build());
        try (Dialogue client = peers.sClient(served, "-alpn", "http/1.1,h2")) {
            client.expect("ALPN protocol: h2").type("Q\n");
            client.end();
        }
        assertThat(served.session().applicationProtocol()).isEqualTo("h2");
        try (Dialogue client = peers.sClient(served, "-alpn", "imap,smtp")) {
            assertThat(client.end()).contains("alert no application protocol");
        }
        try (Dialogue client = peers.sClient(served)) {
            client.expect("No ALPN negotiated").type("Q\n");
            client.end();
        }
        assertThat(served.session().applicationProtocol()).isNull();
    }

    @ParameterizedTest
    @DisplayName("TLS-5: a demanded certificate: a good one, none, one of somebody else")
    @CsvSource({"jsse, 1.2", "jsse, 1.3", "openssl, 1.2", "openssl, 1.3"})
    void theirCertificateRequired(String provider, String version) throws Exception {
        Served served =
                peers.listen(peers.serves(provider, ClientCertificates.REQUIRED).build());
        String flag = "-tls" + version.replace('.', '_');
        String own = peers.pem("alice.pem", peers.client);
        try (Dialogue client = peers.sClient(served, flag, "-cert", own, "-key", own)) {
            client.expect("CN = Our own").type("hello\n");
            client.expect("hello").type("Q\n");
            assertThat(client.end()).contains("Acceptable client certificate CA names");
        }
        assertThat(served.session().peerCertificates()).startsWith(peers.client.certificate());
        served.end();

        try (Dialogue client = peers.sClient(served, flag)) {
            assertThat(client.end()).containsPattern("alert (certificate required|handshake failure|bad certificate)");
        }
        assertThat(served.end()).startsWith("TlsError").containsPattern("has shown no certificate|showed none");

        TlsIdentity stranger = TlsPeers.maker().authority("Somebody else").client("mallory");
        String strange = peers.pem("mallory.pem", stranger);
        try (Dialogue client = peers.sClient(served, flag, "-cert", strange, "-key", strange)) {
            assertThat(client.end()).containsPattern(UNKNOWN_CA);
        }
        assertThat(served.end())
                .startsWith("TlsError")
                .contains("\"CN=mallory\"")
                .contains("it was signed by \"CN=Somebody else\"");
        assertThat(served.sessions).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("TLS-5: a certificate that is wanted only: none will do, a bad one will not")
    @ValueSource(strings = {"jsse", "openssl"})
    void theirCertificateWanted(String provider) throws Exception {
        Served served =
                peers.listen(peers.serves(provider, ClientCertificates.WANTED).build());
        try (Dialogue client = peers.sClient(served)) {
            client.expect("CN = Our own").type("hello\n");
            client.expect("hello").type("Q\n");
            client.end();
        }
        assertThat(served.session().peerCertificates()).isEmpty();
        served.end();
        String strange = peers.pem(
                "mallory.pem", TlsPeers.maker().authority("Somebody else").client("mallory"));
        try (Dialogue client = peers.sClient(served, "-cert", strange, "-key", strange)) {
            assertThat(client.end()).containsPattern(UNKNOWN_CA);
        }
        assertThat(served.end()).startsWith("TlsError");
    }

    @ParameterizedTest
    @DisplayName("TLS-2: a folder's certificates by name; a name that nobody has is refused, and so is none")
    @ValueSource(strings = {"jsse", "openssl"})
    void theirServerName(String provider) throws Exception {
        Path certificates = Files.createDirectory(folder.resolve("certificates"));
        Files.writeString(
                certificates.resolve("one.pem"), IdentityReader.pem(peers.authority.server("one.example.com")));
        Files.writeString(
                certificates.resolve("wild.pem"), IdentityReader.pem(peers.authority.server("*.wild.example.com")));
        Files.writeString(
                certificates.resolve("admin.pem"), IdentityReader.pem(peers.authority.server("admin.example.com")));
        Files.writeString(
                certificates.resolve("admin.clients.pem"),
                CertificateReader.pem(List.of(peers.authority.certificate())));
        CertificateFolder source = peers.live.await(
                () -> CertificateFolder.open(peers.live.reactor(), certificates, FolderOptions.DEFAULT));
        Served served = peers.listen(TlsServerOptions.forSource(source)
                .provider(TlsPeers.provider(provider))
                .build());

        assertName(served, "one.example.com", "CN = one.example.com");
        assertName(served, "a.wild.example.com", "CN = *.wild.example.com");
        for (String[] nobody : new String[][] {{"-servername", "two.example.com"}, {"-noservername"}}) {
            try (Dialogue client = peers.sClient(served, nobody)) {
                assertThat(client.end()).contains("unrecognized name");
            }
        }
        try (Dialogue client = peers.sClient(served, "-servername", "admin.example.com")) {
            assertThat(client.end()).containsPattern("alert (certificate required|handshake failure|bad certificate)");
        }
        String own = peers.pem("alice.pem", peers.client);
        try (Dialogue client = peers.sClient(served, "-servername", "admin.example.com", "-cert", own, "-key", own)) {
            client.expect("CN = admin.example.com").type("hello\n");
            client.expect("hello").type("Q\n");
            client.end();
        }
        peers.live.call(() -> {
            source.close();
            return true;
        });
    }

    private void assertName(Served served, String name, String subject) throws Exception {
        try (Dialogue client = peers.sClient(served, "-servername", name, "-verify_hostname", name)) {
            client.expect("subject=" + subject)
                    .expect("Verify return code: 0 (ok)")
                    .type("Q\n");
            client.end();
        }
        assertThat(served.session().serverName()).isEqualTo(name);
    }

    @ParameterizedTest
    @DisplayName("TLS-2: the staple of an identity is shown to who asks for it")
    @ValueSource(strings = {"1.2", "1.3"})
    void ourStaple(String version) throws Exception {
        TlsIdentity stapled = peers.server.stapled(peers.authority.staple(peers.server.certificate()));
        Served served = peers.listen(TlsServerOptions.forIdentity(stapled)
                .provider(TlsPeers.provider("openssl"))
                .build());
        try (Dialogue client = peers.sClient(served, "-status", "-tls" + version.replace('.', '_'))) {
            client.expect("OCSP Response Status: successful")
                    .expect("Cert Status: good")
                    .type("Q\n");
            client.end();
        }
    }

    @ParameterizedTest
    @DisplayName("TLS-16: the secrets that we log are those that s_client logs")
    @CsvSource({"jsse, 1.2", "jsse, 1.3", "openssl, 1.2", "openssl, 1.3"})
    void ourKeyLog(String provider, String version) throws Exception {
        var ours = new ConcurrentLinkedQueue<String>();
        Served served = peers.listen(peers.serves(provider).keyLog(ours::add).build());
        String theirs = peers.file("secrets");
        try (Dialogue client = peers.sClient(served, "-keylogfile", theirs, "-tls" + version.replace('.', '_'))) {
            client.expect("Verify return code: 0 (ok)").type("hello\n");
            client.expect("hello").type("Q\n");
            client.end();
        }
        List<String> logged = Files.readAllLines(Path.of(theirs)).stream()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .toList();
        assertThat(logged).hasSizeGreaterThanOrEqualTo(version.equals("1.2") ? 1 : 4);
        assertThat(ours).anySatisfy(line -> assertThat(logged).contains(line));
        assertThat(logged.stream().filter(line -> !line.startsWith("EXPORTER")).toList())
                .allSatisfy(line -> assertThat(ours).contains(line));
    }

    // Our client

    @ParameterizedTest
    @DisplayName("TLS-1, TLS-6: our client talks with s_server in both versions, and resumes")
    @CsvSource({"jsse, 1.2", "jsse, 1.3", "openssl, 1.2", "openssl, 1.3"})
    void theirServer(String provider, String version) throws Exception {
        try (SServer server = peers.sServer(peers.server, "-rev")) {
            TlsClientOptions options =
                    peers.asks(provider).versions(TlsPeers.only(version)).build();
            Answer first = peers.ask(options, server.port(), "hello\n", "olleh\n");
            assertThat(first.text()).isEqualTo("olleh\n");
            assertThat(first.session().version().standardName()).isEqualTo("TLSv" + version);
            assertThat(first.session().resumed()).isFalse();
            assertThat(first.session().peerCertificates()).startsWith(peers.server.certificate());
            assertThat(peers.ask(options, server.port(), "hello\n", "olleh\n")
                            .session()
                            .resumed())
                    .isTrue();
        }
    }

    @ParameterizedTest
    @DisplayName("TLS-5: our client shows its certificate to an s_server that demands one")
    @CsvSource({"jsse, 1.2", "jsse, 1.3", "openssl, 1.2", "openssl, 1.3"})
    void ourCertificate(String provider, String version) throws Exception {
        try (SServer server =
                peers.sServer(peers.server, "-rev", "-Verify", "2", "-CAfile", peers.roots(), "-verify_return_error")) {
            TlsClientOptions.Builder asks = peers.asks(provider).versions(TlsPeers.only(version));
            assertThat(peers.ask(asks.identity(peers.client).build(), server.port(), "hello\n", "olleh\n")
                            .text())
                    .isEqualTo("olleh\n");
            server.dialogue().expect("CN = alice@example.com");
        }
    }

    @ParameterizedTest
    @DisplayName("TLS-3: our client's error names the alert of an s_server that demands a certificate")
    @CsvSource({"jsse, 1.2", "jsse, 1.3", "openssl, 1.2", "openssl, 1.3"})
    void ourCertificateIsMissing(String provider, String version) throws Exception {
        try (SServer server =
                peers.sServer(peers.server, "-rev", "-Verify", "2", "-CAfile", peers.roots(), "-verify_return_error")) {
            TlsClientOptions.Builder asks = peers.asks(provider).versions(TlsPeers.only(version));
            assertThat(peers.ask(asks.build(), server.port(), "hello\n", "olleh\n")
                            .why())
                    .startsWith("TlsError")
                    .containsPattern("alert (certificate_required|handshake_failure)");
        }
    }

    @ParameterizedTest
    @DisplayName("TLS-7: what s_server chooses of our offers; its refusal of all of them")
    @ValueSource(strings = {"jsse", "openssl"})
    void ourAlpn(String provider) throws Exception {
        try (SServer server = peers.sServer(peers.server, "-rev", "-alpn", "http/1.1,h2")) {
            TlsClientOptions.Builder asks = peers.asks(provider);
            assertThat(peers.ask(asks.applicationProtocols("h2", "http/1.1").build(), server.port(), "a\n", "a\n")
                            .session()
                            .applicationProtocol())
                    .isEqualTo("http/1.1");
            assertThat(peers.ask(asks.applicationProtocols("imap").build(), server.port(), "a\n", "a\n")
                            .why())
                    .contains("alert no_application_protocol");
        }
    }

    @ParameterizedTest
    @DisplayName("TLS-10: s_server changes keys, its own and then both; what follows is read")
    @ValueSource(strings = {"jsse", "openssl"})
    void theirServersKeyUpdate(String provider) throws Exception {
        try (SServer server = peers.sServer(peers.server, "-tls1_3", "-msg")) {
            Asker asker = peers.begin(peers.asks(provider).build(), server.port(), new Asker("hello\n", "three\n"));
            server.dialogue().expect("hello").type("one\n");
            asker.awaitText("one");
            server.dialogue().type("k\n");
            server.dialogue()
                    .expect(">>> TLS 1.3, Handshake [length 0005], KeyUpdate")
                    .type("two\n");
            asker.awaitText("two");
            server.dialogue().type("K\n");
            server.dialogue()
                    .expect(">>> TLS 1.3, Handshake [length 0005], KeyUpdate")
                    .type("three\n");
            assertThat(asker.end().text()).isEqualTo("one\ntwo\nthree\n");
        }
    }

    @ParameterizedTest
    @DisplayName("TLS-6: an s_server that wants to renegotiate is not followed")
    @ValueSource(strings = {"jsse", "openssl"})
    void theirServersRenegotiation(String provider) throws Exception {
        try (SServer server = peers.sServer(peers.server, "-tls1_2")) {
            Asker asker = peers.begin(peers.asks(provider).build(), server.port(), new Asker("hello\n", "two\n"));
            server.dialogue().expect("hello").type("r\n");
            assertThat(asker.end().why()).startsWith("TlsError").contains("renegotiat");
        }
    }

    @ParameterizedTest
    @DisplayName("TLS-3: our server knows from s_client's alert why it was not believed")
    @CsvSource({"jsse, 1.2", "jsse, 1.3", "openssl, 1.2", "openssl, 1.3"})
    void theyRefuseUs(String provider, String version) throws Exception {
        Served served = peers.listen(peers.serves(provider).build());
        String strangers = peers.write(
                "strangers.pem",
                CertificateReader.pem(
                        List.of(TlsPeers.maker().authority("Somebody else").certificate())));
        try (Dialogue client = Dialogue.with(
                "openssl",
                "s_client",
                "-connect",
                served.target(),
                "-CAfile",
                strangers,
                "-verify_return_error",
                "-tls" + version.replace('.', '_'))) {
            client.end();
        }
        assertThat(served.end()).startsWith("TlsError").contains("the alert unknown_ca");
    }

    // Whom our client does not believe

    @ParameterizedTest
    @DisplayName("TLS-4, TLS-14: each bad certificate of an s_server is refused in words of its own")
    @CsvSource({
        "jsse, expired",
        "jsse, wrong name",
        "jsse, unknown authority",
        "jsse, wrong usage",
        "jsse, self-signed",
        "openssl, expired",
        "openssl, wrong name",
        "openssl, unknown authority",
        "openssl, wrong usage",
        "openssl, self-signed"
    })
    void badCertificates(String provider, String what) throws Exception {
        CertificateMaker past = new CertificateMaker(
                new SecureRandom(), () -> InstantSource.system().instant().minus(Duration.ofDays(500)));
        TlsClientOptions.Builder asks = peers.asks(provider);
        switch (what) {
            case "expired" -> {
                PrivateAuthority old = past.authority("Old one");
                refused(
                        asks.trust(old.trust()),
                        old.server("localhost"),
                        "it expired at ",
                        "it must be renewed by whom it belongs to");
            }
            case "wrong name" ->
                refused(
                        asks,
                        peers.authority.server("other.example.com"),
                        "it is for \"other.example.com\", not for localhost",
                        "get one for localhost");
            case "unknown authority" ->
                refused(
                        asks,
                        TlsPeers.maker().authority("Somebody else").server("localhost"),
                        "it was signed by \"CN=Somebody else\"",
                        "not among the trusted");
            case "wrong usage" ->
                refused(
                        asks,
                        peers.authority.client("localhost"),
                        "it is not for a server of TLS",
                        "one is needed with the extended key usage serverAuth");
            case "self-signed" ->
                refused(
                        asks,
                        TlsPeers.maker().selfSigned("localhost"),
                        "nobody vouches for it but itself",
                        "or get one from an authority");
            default -> throw new IllegalArgumentException(what);
        }
    }

    private void refused(TlsClientOptions.Builder asks, TlsIdentity shown, String why, String whatToDo)
            throws Exception {
        try (SServer server = peers.sServer(shown, "-rev")) {
            Answer answer = peers.ask(asks.build(), server.port(), "a secret\n", "terces");
            assertThat(answer.why())
                    .startsWith("TlsError: the server's certificate \"CN=")
                    .contains(why)
                    .contains(whatToDo);
            assertThat(answer.session()).isNull();
            assertThat(server.dialogue().all()).doesNotContain("terces");
        }
    }
}
