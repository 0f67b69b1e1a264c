package bowline.run;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.run.certificate.CertificateCommand;
import bowline.tls.certificate.CertificateMaker;
import bowline.tls.certificate.CertificateReader;
import bowline.tls.certificate.IdentityReader;
import bowline.tls.certificate.PrivateAuthority;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `bowline certificate` (TLS-14).
class CertificateCommandTest {
    private final Console console = new Console();

    @TempDir
    private Path folder;

    @BeforeEach
    void withTheCommand() {
        console.commands.add(new CertificateCommand());
    }

    private void run(int exitCode, String... words) {
        console.forget();
        var all = new ArrayList<>(List.of("certificate"));
        all.addAll(Arrays.asList(words));
        assertThat(console.run(all.toArray(String[]::new)))
                .as(console.out() + console.err())
                .isEqualTo(exitCode);
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private void makeAuthority() {
        run(0, "authority", "Our own", "--out", path("ca"));
    }

    @Test
    void helpListsWhatItCanDo() {
        run(0, "--help");
        assertThat(console.out())
                .startsWith("bowline certificate COMMAND\n\nMake certificates for TLS")
                .contains("  authority [NAME]     Make an authority")
                .contains("  show FILE|HOST:PORT  Show the")
                .contains("bowline certificate COMMAND --help shows the options of one.");
        run(0, "server", "--help");
        assertThat(console.out())
                .startsWith("Usage: bowline certificate server NAME... [options of the command]")
                .contains("--authority=PATH")
                .contains("bowline certificate server www.example.com example.com 192.0.2.1");
    }

    @Test
    void whatIsNoCommand() {
        run(64);
        assertThat(console.err()).contains("bowline certificate needs to know what to do");
        run(64, "sever");
        assertThat(console.err())
                .contains(
                        "bowline certificate has no command \"sever\"\n  did you mean server? bowline certificate --help");
    }

    @Test
    void anAuthorityAndWhatItSigns() throws Exception {
        makeAuthority();
        assertThat(console.out())
                .contains(path("ca.pem") + "  certificate of \"CN=Our own\", an authority, good until ")
                .contains(path("ca.key") + "  its private key; keep it to yourself");
        run(0, "server", "www.example.com", "127.0.0.1", "--authority", path("ca"), "--out", path("web"));
        run(0, "client", "alice@example.com", "--authority", path("ca"), "--out", path("alice"), "--key", "ed25519");

        run(0, "show", path("web.pem"), "--trust", path("ca.pem"));
        assertThat(console.out())
                .contains("1. \"CN=www.example.com\"\n   for         \"www.example.com\", \"127.0.0.1\"\n")
                .contains("   signed by   \"CN=Our own\"\n")
                .contains(" (396 days left)\n")
                .contains("   key         EC 256 bits\n   pin         sha256/")
                .endsWith("Believed, as a server for www.example.com, by those who trust " + path("ca.pem") + ".\n");
        run(0, "show", path("alice.pem"), "--for", "client", "--trust", folder.toString());
        assertThat(console.out()).contains("Believed, as a client, by those who trust");
        run(0, "show", path("ca.pem"));
        assertThat(console.out()).contains("1. \"CN=Our own\", an authority\n   signed by   itself");
    }

    @Test
    void keysAreForTheirOwnerAlone() throws Exception {
        run(0, "self-signed", "localhost", "--out", path("self"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("self.key"))))
                .isEqualTo("rw-------");
        assertThat(Files.readString(folder.resolve("self.key"))).startsWith("-----BEGIN PRIVATE KEY-----\n");
        assertThat(Files.readString(folder.resolve("self.pem"))).startsWith("-----BEGIN CERTIFICATE-----\n");
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(2); // nothing is left beside them
        }
    }

    @ParameterizedTest
    @CsvSource({"self.pem", "self.key"})
    void nothingIsWrittenOverUnlessForced(String there) throws Exception {
        Files.writeString(folder.resolve(there), "mine");
        run(74, "self-signed", "localhost", "--out", path("self"));
        assertThat(console.err())
                .isEqualTo("bowline: " + path(there)
                        + " is there already; write elsewhere by --out, or over it by --force\n");
        assertThat(Files.readString(folder.resolve(there))).isEqualTo("mine");

        run(0, "self-signed", "localhost", "--out", path("self"), "--force");
        assertThat(Files.readString(folder.resolve(there))).startsWith("-----BEGIN");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("self.key"))))
                .isEqualTo("rw-------");
    }

    @Test
    void anAuthorityForOneDomainOnly() {
        run(0, "authority", "Ours", "--only", "example.com", "--out", path("ca"));
        run(0, "server", "www.example.org", "--authority", path("ca"), "--out", path("org"));
        run(1, "show", path("org.pem"), "--trust", path("ca.pem"));
        assertThat(console.out()).contains("NOT BELIEVED:").contains("may not vouch for such names");
    }

    @Test
    void whatIsWrongWithWords() {
        run(64, "server");
        assertThat(console.err()).contains("for which server?\n  bowline certificate server www.example.com");
        run(64, "client", "a", "b");
        run(64, "authority", "a", "b");
        run(64, "self-signed", "a b", "--out", path("x"));
        assertThat(console.err()).contains("neither the name of a host nor an address");
        run(64, "self-signed", "a", "--key", "dsa");
        assertThat(console.err()).contains("--key \"dsa\" is no kind of key");
        run(64, "self-signed", "a", "--days", "0");
        run(64, "show");
        run(64, "show", "localhost:x");
        run(64, "show", "localhost:70000");
        run(64, "show", "localhost:443", "--for", "x");
    }

    @Test
    void whatIsWrongWithFiles() throws Exception {
        run(65, "server", "a.example", "--authority", path("nobody"));
        assertThat(console.err())
                .isEqualTo("bowline: " + path("nobody.pem") + ": there is no such file; check the path\n");
        run(65, "show", path("nothing.pem"));
        run(0, "self-signed", "localhost", "--out", path("self"));
        run(65, "server", "a.example", "--authority", path("self"));
        assertThat(console.err()).contains("it is no authority's");
        run(74, "self-signed", "localhost", "--out", path("no/such/folder"));
    }

    @Test
    void whatIsBadIsToldWithAnExitCodeOfItsOwn() throws Exception {
        PrivateAuthority old = new CertificateMaker(
                        new SecureRandom(),
                        () -> InstantSource.system().instant().minus(Duration.ofDays(30)))
                .validity(Duration.ofDays(20))
                .authority("Old");
        Files.writeString(
                folder.resolve("old.pem"),
                CertificateReader.pem(old.server("a.example").chain()));
        Files.writeString(folder.resolve("ca.pem"), CertificateReader.pem(List.of(old.certificate())));
        run(1, "show", path("old.pem"), "--trust", path("ca.pem"));
        assertThat(console.out())
                .contains("(it has expired)")
                .contains("NOT BELIEVED: the server's certificate \"CN=a.example\"")
                .contains("it expired at");
    }

    @Test
    void anAuthorityWhoseKeyHasAPassphraseNeedsItsFile() throws Exception {
        makeAuthority();
        Files.writeString(folder.resolve("secret"), "geheim\n", StandardCharsets.UTF_8);
        run(
                0,
                "server",
                "a.example",
                "--authority",
                path("ca"),
                "--passphrase-file",
                path("secret"),
                "--out",
                path("a"));
        assertThat(IdentityReader.ofAuthority(InstantSource.system()::instant)
                        .passphraseOf(folder.resolve("secret"))
                        .read(folder.resolve("ca.pem"), folder.resolve("ca.key"))
                        .chain())
                .hasSize(1);
    }

    @Test
    void aServerThatIsNotThere() throws Exception {
        int port;
        try (var held = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = held.getLocalPort();
        }
        run(69, "show", "127.0.0.1:" + port);
        assertThat(console.err()).startsWith("bowline: cannot look at 127.0.0.1:" + port + ": ");
    }

    @Test
    void aServerThatSaysNothing() throws Exception {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            run(69, "show", "127.0.0.1:" + silent.getLocalPort(), "--patience", "200ms");
            assertThat(console.err()).contains("no handshake within");
        }
    }
}
