package bowline.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import bowline.run.certificate.CertificateCommand;
import bowline.service.Command;
import bowline.service.ServiceArguments;
import bowline.tls.certificate.CertificateMaker;
import bowline.tls.certificate.CertificateReader;
import bowline.tls.certificate.CertificateRefused;
import bowline.tls.certificate.IdentityReader;
import bowline.tls.certificate.KeyKind;
import bowline.tls.certificate.KeyPin;
import bowline.tls.certificate.PrivateAuthority;
import bowline.tls.certificate.Purpose;
import bowline.tls.certificate.ReferenceIdentity;
import bowline.tls.certificate.ServerVerifier;
import bowline.tls.certificate.TlsIdentity;
import bowline.tls.certificate.TrustRoots;
import bowline.tls.certificate.UnusableMaterial;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// TLS-14: certificates and keys against the program `openssl`, both ways.
class CertificateTest {
    @TempDir
    private Path folder;

    private final InstantSource times = InstantSource.system();
    private final CertificateMaker maker = new CertificateMaker(new SecureRandom(), times::instant);
    private final IdentityReader reader = IdentityReader.of(Purpose.SERVER, times::instant);

    @BeforeEach
    void needsOpenssl() {
        Foreign.require("openssl");
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private String write(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private String write(String name, X509Certificate... certificates) throws Exception {
        return write(name, CertificateReader.pem(List.of(certificates)));
    }

    /// What it prints; it must end well.
    private static String openssl(String... words) throws Exception {
        var command = new ArrayList<>(List.of("openssl"));
        command.addAll(Arrays.asList(words));
        Foreign.Result result = Foreign.run(command.toArray(String[]::new));
        assertThat(result.exitCode())
                .as(String.join(" ", command) + "\n" + result.text() + result.err())
                .isZero();
        return result.text() + result.err();
    }

    @ParameterizedTest
    @DisplayName("openssl believes what we make, strictly")
    @EnumSource(
            names = {"RSA_3072", "RSA_4096"},
            mode = EnumSource.Mode.EXCLUDE)
    void theyBelieveUs(KeyKind kind) throws Exception {
        PrivateAuthority root = maker.keys(kind).authority("Root", List.of("example.com"));
        PrivateAuthority middle = root.intermediate("Middle");
        TlsIdentity server = middle.server("www.example.com", "*.sub.example.com");
        String roots = write("root.pem", root.certificate());
        String between = write("middle.pem", middle.certificate());
        String own = write("server.pem", server.certificate());

        for (String name : List.of("www.example.com", "a.sub.example.com")) {
            assertThat(openssl(
                            "verify",
                            "-x509_strict",
                            "-purpose",
                            "sslserver",
                            "-verify_hostname",
                            name,
                            "-CAfile",
                            roots,
                            "-untrusted",
                            between,
                            own))
                    .contains("server.pem: OK");
        }
        String client = write("client.pem", root.client("alice@example.com").certificate());
        assertThat(openssl("verify", "-x509_strict", "-purpose", "sslclient", "-CAfile", roots, client))
                .contains("client.pem: OK");
        assertThat(openssl("x509", "-in", client, "-noout", "-email")).contains("alice@example.com");
        assertThat(openssl("pkey", "-in", write("key", IdentityReader.keyPem(server)), "-check", "-noout"))
                .contains("Key is valid");
    }

    @Test
    void theyBelieveSelfSignedOnesThatTheyKnow() throws Exception {
        TlsIdentity self = maker.selfSigned("localhost", "127.0.0.1");
        String file = write("self.pem", self.certificate());
        assertThat(openssl("verify", "-purpose", "sslserver", "-verify_ip", "127.0.0.1", "-CAfile", file, file))
                .contains("self.pem: OK");
    }

    @Test
    @DisplayName("RFC 6960: openssl believes our staples")
    void theyBelieveOurStaples() throws Exception {
        PrivateAuthority root = maker.authority("Root");
        X509Certificate server = root.server("www.example.com").certificate();
        String issuer = write("root.pem", root.certificate());
        String own = write("server.pem", server);
        Files.write(folder.resolve("good.der"), root.staple(server));
        Files.write(folder.resolve("revoked.der"), root.revocation(server));

        String good = openssl("ocsp", "-respin", path("good.der"), "-issuer", issuer, "-cert", own, "-CAfile", issuer);
        assertThat(good).contains("Response verify OK").contains("server.pem: good");
        String revoked =
                openssl("ocsp", "-respin", path("revoked.der"), "-issuer", issuer, "-cert", own, "-CAfile", issuer);
        assertThat(revoked).contains("Response verify OK").contains("server.pem: revoked");
    }

    @ParameterizedTest
    @DisplayName("RFC 6960: we believe openssl's staples")
    @ValueSource(strings = {"V", "R"})
    void weBelieveTheirStaples(String status) throws Exception {
        PrivateAuthority root = maker.authority("Root");
        X509Certificate server = root.server("www.example.com").certificate();
        String issuer = write("root.pem", root.certificate());
        String key = write("root.key", IdentityReader.keyPem(root.identity()));
        String own = write("server.pem", server);
        String date = DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'")
                .withZone(ZoneOffset.UTC)
                .format(Instant.now().minusSeconds(600));
        String serial = server.getSerialNumber().toString(16).toUpperCase(java.util.Locale.ROOT);
        String index = write(
                "index.txt",
                status + "\t491231235959Z\t" + (status.equals("R") ? date : "") + "\t" + serial
                        + "\tunknown\t/CN=www.example.com\n");
        openssl(
                "ocsp",
                "-index",
                index,
                "-CA",
                issuer,
                "-rsigner",
                issuer,
                "-rkey",
                key,
                "-issuer",
                issuer,
                "-cert",
                own,
                "-ndays",
                "3",
                "-respout",
                path("response.der"));
        byte[] staple = Files.readAllBytes(folder.resolve("response.der"));
        var verifier = new ServerVerifier(root.trust(), ReferenceIdentity.of("www.example.com"), times::instant);
        if (status.equals("V")) {
            verifier.verify(List.of(server), staple);
        } else {
            assertThatExceptionOfType(CertificateRefused.class)
                    .isThrownBy(() -> verifier.verify(List.of(server), staple))
                    .matches(refused -> refused.kind() == CertificateRefused.Kind.REVOKED);
        }
    }

    /// A server's certificate of openssl's own making, for the key in that file.
    private String theirCertificate(String key) throws Exception {
        openssl(
                "req",
                "-x509",
                "-new",
                "-key",
                path(key),
                "-subj",
                "/CN=their server",
                "-days",
                "30",
                "-out",
                path("cert.pem"),
                "-addext",
                "subjectAltName=DNS:their.example,IP:192.0.2.9",
                "-addext",
                "extendedKeyUsage=serverAuth",
                "-passin",
                "pass:geheim");
        return path("cert.pem");
    }

    private void assertServes(TlsIdentity identity, String key) throws Exception {
        new ServerVerifier(TrustRoots.of(identity.chain()), ReferenceIdentity.of("their.example"), times::instant)
                .verify(identity.chain(), null);
        // The key is the same to them, once we have written it.
        String public1 = openssl("pkey", "-in", path(key), "-pubout", "-passin", "pass:geheim");
        String public2 = openssl("pkey", "-in", write("ours.key", IdentityReader.keyPem(identity)), "-pubout");
        assertThat(public2).isEqualTo(public1);
    }

    @ParameterizedTest
    @DisplayName("we read their keys: PKCS #8, PKCS #1, SEC 1, in PEM and DER")
    @CsvSource({
        "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256, EC",
        "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384, EC",
        "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-521, EC",
        "ecparam -name prime256v1 -genkey, EC",
        "ecparam -name secp384r1 -genkey -noout, EC",
        "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048, RSA",
        "genrsa -traditional 2048, RSA",
        "genpkey -algorithm ED25519, EdDSA",
        "genpkey -algorithm ED448, EdDSA"
    })
    void weReadTheirKeys(String words, String algorithm) throws Exception {
        var command = new ArrayList<>(List.of(words.split(" ", -1)));
        command.addAll(1, List.of("-out", path("key.pem")));
        openssl(command.toArray(String[]::new));
        String certificate = theirCertificate("key.pem");

        TlsIdentity read = reader.read(Path.of(certificate), folder.resolve("key.pem"));
        assertThat(read.key().getAlgorithm()).isEqualTo(algorithm);
        assertServes(read, "key.pem");

        openssl("pkey", "-in", path("key.pem"), "-outform", "DER", "-out", path("key.der"));
        openssl("x509", "-in", certificate, "-outform", "DER", "-out", path("cert.der"));
        assertServes(reader.read(folder.resolve("key.der"), folder.resolve("cert.der")), "key.pem");
        if (!algorithm.equals("EdDSA")) {
            openssl("pkey", "-traditional", "-in", path("key.pem"), "-outform", "DER", "-out", path("old.der"));
            assertServes(reader.read(folder.resolve("old.der"), Path.of(certificate)), "key.pem");
        }
    }

    @ParameterizedTest
    @DisplayName("we read their encrypted keys, in the forms that are not weak")
    @ValueSource(
            strings = {
                "-v2 aes256",
                "-v2 aes-128-cbc -v2prf hmacWithSHA1",
                "-v2 aes-192-cbc -v2prf hmacWithSHA512 -iter 5000",
                "-v2 des3"
            })
    void weReadTheirEncryptedKeys(String form) throws Exception {
        openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", path("clear.pem"));
        encrypt(form);
        String certificate = theirCertificate("key.pem");
        TlsIdentity read =
                reader.passphrase("geheim".toCharArray()).read(Path.of(certificate), folder.resolve("key.pem"));
        assertServes(read, "key.pem");
        assertRefused(reader, certificate, "this key is encrypted; say its passphrase");
        assertRefused(reader.passphrase("x".toCharArray()), certificate, "the passphrase is wrong");
    }

    private void encrypt(String form) throws Exception {
        var command = new ArrayList<>(List.of(
                "pkcs8", "-topk8", "-in", path("clear.pem"), "-out", path("key.pem"), "-passout", "pass:geheim"));
        command.addAll(List.of(form.split(" ", -1)));
        openssl(command.toArray(String[]::new));
    }

    private void assertRefused(IdentityReader strict, String certificate, String words) {
        assertThatExceptionOfType(UnusableMaterial.class)
                .isThrownBy(() -> strict.read(Path.of(certificate), folder.resolve("key.pem")))
                .withMessageContaining(words);
    }

    @Test
    void weRefuseWhatIsWeakWithAdvice() throws Exception {
        openssl("genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", path("clear.pem"));
        String certificate = theirCertificate("clear.pem");
        IdentityReader knowing = reader.passphrase("geheim".toCharArray());
        openssl(
                "rsa",
                "-in",
                path("clear.pem"),
                "-aes128",
                "-traditional",
                "-out",
                path("key.pem"),
                "-passout",
                "pass:geheim");
        assertRefused(knowing, certificate, "write it anew by openssl pkcs8 -topk8");
        encrypt("-v1 PBE-SHA1-3DES");
        assertRefused(knowing, certificate, "encrypted in an old way, which is weak");
        encrypt("-scrypt");
        assertRefused(knowing, certificate, "made by something other than PBKDF2");
    }

    @Test
    void weReadTheirPkcs12() throws Exception {
        openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", path("key.pem"));
        String certificate = theirCertificate("key.pem");
        openssl(
                "pkcs12",
                "-export",
                "-inkey",
                path("key.pem"),
                "-in",
                certificate,
                "-out",
                path("all.p12"),
                "-passout",
                "pass:geheim");
        assertServes(reader.passphrase("geheim".toCharArray()).read(folder.resolve("all.p12")), "key.pem");
    }

    @Test
    @DisplayName("RFC 7469 §2.4: a pin is what people compute by openssl")
    void pins() throws Exception {
        TlsIdentity self = maker.selfSigned("localhost");
        String file = write("self.pem", self.certificate());
        openssl("x509", "-in", file, "-noout", "-pubkey", "-out", path("public.pem"));
        openssl("pkey", "-pubin", "-in", path("public.pem"), "-outform", "DER", "-out", path("public.der"));
        String digest = openssl("dgst", "-sha256", "-r", path("public.der"));
        assertThat(KeyPin.parse(digest.substring(0, 64)))
                .isEqualTo(KeyPin.of(self.certificate().getPublicKey()));
    }

    @Test
    @DisplayName("bowline certificate show, of openssl s_server: the chain, the staple, the verdict")
    void theirServer() throws Exception {
        PrivateAuthority root = maker.authority("Root");
        PrivateAuthority middle = root.intermediate("Middle");
        TlsIdentity server = middle.server("localhost");
        String roots = write("root.pem", root.certificate());
        Files.write(folder.resolve("staple.der"), middle.staple(server.certificate()));
        String[] command = {
            "openssl",
            "s_server",
            "-accept",
            "127.0.0.1:0",
            "-cert",
            write("server.pem", server.certificate()),
            "-key",
            write("server.key", IdentityReader.keyPem(server)),
            "-cert_chain",
            write("chain.pem", middle.certificate()),
            "-status_file",
            path("staple.der"),
            "-naccept",
            "3"
        };
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            String port = port(out);
            assertThat(show(0, "127.0.0.1:" + port, "trust", roots, "expect", "localhost"))
                    .contains("TLSv1.3")
                    .contains("with an OCSP response")
                    .contains("1. \"CN=localhost\"")
                    .contains("2. \"CN=Middle\", an authority")
                    .contains("Believed, as a server for localhost, by those who trust " + roots);
            assertThat(show(1, "127.0.0.1:" + port, "trust", roots))
                    .contains("NOT BELIEVED: the server's certificate \"CN=localhost\" (1 of 2,")
                    .contains("it has no address in it");
            assertThat(show(1, "127.0.0.1:" + port, "expect", "localhost"))
                    .contains("\"CN=Middle\" (2 of 2,")
                    .contains("it was signed by \"CN=Root\", which is not among the trusted");
        } finally {
            process.destroyForcibly();
        }
    }

    private static String port(BufferedReader out) throws Exception {
        String line = out.readLine();
        while (line != null && !line.startsWith("ACCEPT ")) {
            line = out.readLine();
        }
        assertThat(line).as("where openssl s_server listens").isNotNull();
        return line.substring(line.lastIndexOf(':') + 1);
    }

    private static String show(int exitCode, String target, String... namesAndValues) throws Exception {
        Command show = new CertificateCommand()
                .commands().stream()
                        .filter(each -> each.name().equals("show"))
                        .findFirst()
                        .orElseThrow();
        Map<String, List<String>> given = new java.util.LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            given.put(namesAndValues[i], List.of(namesAndValues[i + 1]));
        }
        var out = new ByteArrayOutputStream();
        var print = new PrintStream(out, true, StandardCharsets.UTF_8);
        int code = show.run(ServiceArguments.of(show.options(), given), List.of(target), print, print);
        assertThat(code).as(out.toString(StandardCharsets.UTF_8)).isEqualTo(exitCode);
        return out.toString(StandardCharsets.UTF_8);
    }
}
