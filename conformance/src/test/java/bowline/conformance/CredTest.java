package bowline.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.cred.AuthString;
import bowline.cred.AvatarId;
import bowline.cred.Login;
import bowline.cred.PasswordFileChecker;
import bowline.cred.PasswordFileOptions;
import bowline.cred.Portal;
import bowline.cred.Realm;
import bowline.cred.SlowWork;
import bowline.cred.UnauthorizedLogin;
import bowline.cred.UsernamePassword;
import bowline.cred.digest.DigestAlgorithm;
import bowline.cred.digest.DigestChallenger;
import bowline.cred.hash.HashLimits;
import bowline.cred.hash.HashScheme;
import bowline.cred.hash.PasswordHash;
import bowline.cred.hash.ScramMechanism;
import bowline.cred.hash.ScramSecret;
import bowline.cred.sasl.CramMd5;
import bowline.cred.sasl.ScramClient;
import bowline.cred.sasl.ScramServer;
import bowline.cred.ssh.PublicKeyBlob;
import bowline.cred.ssh.PublicKeyCredentials;
import bowline.cred.ssh.ValidPublicKey;
import bowline.defer.Deferred;
import bowline.testing.DeferredAssertions;
import bowline.testing.ManualClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Authentication against the programs that people use: hashes that they write, conversations that they hold.
class CredTest {
    private static final String PASSWORD = "pässword: $1";

    @TempDir
    private Path folder;

    private static PasswordHash parse(String text) {
        return PasswordHash.parse(text.strip(), HashLimits.DEFAULT);
    }

    private static void assertIsOf(String password, String text) {
        assertThat(parse(text).verify(password)).as(text).isTrue();
        assertThat(parse(text).verify(password + "x")).as(text).isFalse();
    }

    private static byte[] line(String text) {
        return (text + "\n").getBytes(StandardCharsets.UTF_8);
    }

    @Test
    @DisplayName("CRD-6: a file of htpasswd -B logs in")
    void htpasswd() throws Exception {
        Foreign.require("htpasswd");
        Path file = folder.resolve("users");
        Foreign.run(line(PASSWORD), "htpasswd", "-i", "-c", "-B", "-C", "5", file.toString(), "alice");
        Foreign.run(line("other"), "htpasswd", "-i", "-B", file.toString(), "bob");
        var checker = new PasswordFileChecker(file, PasswordFileOptions.DEFAULT, SlowWork.atOnce());

        DeferredAssertions.successResultOf(checker.requestAvatarId(new UsernamePassword("alice", PASSWORD)));
        DeferredAssertions.successResultOf(checker.requestAvatarId(new UsernamePassword("bob", "other")));
    }

    @Test
    @DisplayName("CRD-8: htpasswd accepts our bcrypt")
    void ourBcryptTheirCheck() throws Exception {
        Foreign.require("htpasswd");
        Path file = folder.resolve("users");
        Files.writeString(
                file, "alice:" + HashScheme.BCRYPT.hash("secret", new byte[16]).text() + "\n");

        assertThat(Foreign.run(line("secret"), "htpasswd", "-i", "-v", file.toString(), "alice")
                        .exitCode())
                .isZero();
        assertThat(Foreign.run(line("wrong"), "htpasswd", "-i", "-v", file.toString(), "alice")
                        .exitCode())
                .isNotZero();
    }

    @ParameterizedTest
    @DisplayName("CRD-8: openssl passwd")
    @ValueSource(strings = {"-5", "-6"})
    void openssl(String kind) throws Exception {
        Foreign.require("openssl");
        for (int length : new int[] {1, 15, 16, 17, 31, 32, 33, 63, 64, 65, 130}) {
            String password = "p".repeat(length);
            assertIsOf(
                    password,
                    Foreign.run(line(password), "openssl", "passwd", kind, "-stdin")
                            .text());
        }
    }

    @ParameterizedTest
    @DisplayName("CRD-8: mkpasswd")
    @CsvSource({"sha-256, 1000", "sha-512, 7001", "bcrypt, 5", "bcrypt-a, 4"})
    void mkpasswd(String method, String rounds) throws Exception {
        Foreign.require("mkpasswd");
        Foreign.Result made = Foreign.run(line(PASSWORD), "mkpasswd", "-s", "-m", method, "-R", rounds);
        assertIsOf(PASSWORD, made.text());
    }

    @Test
    @DisplayName("CRD-8: our SHA-crypt and bcrypt are what the C library computes")
    void theCLibrary() throws Exception {
        String python = Foreign.python("crypt");
        for (HashScheme scheme : List.of(HashScheme.SHA512_CRYPT, HashScheme.BCRYPT)) {
            String text = scheme.hash(PASSWORD, "0123456789abcdef".getBytes(StandardCharsets.US_ASCII))
                    .text();
            String theirs = Foreign.run(
                            python,
                            "-W",
                            "ignore",
                            "-c",
                            "import crypt,sys;print(crypt.crypt(sys.argv[1],sys.argv[2]))",
                            PASSWORD,
                            text)
                    .text();
            assertThat(theirs.strip()).isEqualTo(text);
        }
    }

    @Test
    @DisplayName("CRD-8: Python's hashlib computes the same scrypt and PBKDF2")
    void hashlib() throws Exception {
        String python = Foreign.python("hashlib");
        String script = """
                import hashlib, base64, sys
                p = sys.argv[1].encode()
                def b(x): return base64.b64encode(x).decode().rstrip('=')
                s = b'some salt'
                print('$scrypt$ln=10,r=4,p=3$%s$%s' % (b(s), b(hashlib.scrypt(p, salt=s, n=1024, r=4, p=3, dklen=32))))
                for n in ('sha1', 'sha256', 'sha512'):
                    h = hashlib.pbkdf2_hmac(n, p, s, 1234)
                    name = 'pbkdf2' if n == 'sha1' else 'pbkdf2-' + n
                    print('$%s$1234$%s$%s' % (name, b(s).replace('+', '.'), b(h).replace('+', '.')))
                h = hashlib.pbkdf2_hmac('sha256', p, s, 999)
                print('pbkdf2_sha256$999$some salt$' + base64.b64encode(h).decode())
                """;
        List<String> hashes =
                Foreign.run(python, "-c", script, PASSWORD).text().lines().toList();

        assertThat(hashes).hasSize(5);
        hashes.forEach(text -> assertIsOf(PASSWORD, text));
    }

    @ParameterizedTest
    @DisplayName("CRD-8: the argon2 program")
    @CsvSource({"-id, 12, 2, 3", "-i, 10, 3, 1", "-d, 11, 1, 4"})
    void argon2(String type, String log2Memory, String passes, String lanes) throws Exception {
        Foreign.require("argon2");
        Foreign.Result made = Foreign.run(
                "secret".getBytes(StandardCharsets.US_ASCII),
                "argon2",
                "some salt",
                type,
                "-m",
                log2Memory,
                "-t",
                passes,
                "-p",
                lanes,
                "-e");
        assertIsOf("secret", made.text());
    }

    @ParameterizedTest
    @DisplayName("CRD-7: gsasl's client logs in at our SCRAM server")
    @EnumSource(ScramMechanism.class)
    void theirScramClient(ScramMechanism mechanism) throws Exception {
        ScramSecret secret = ScramSecret.of(mechanism, PASSWORD, "some salt".getBytes(StandardCharsets.US_ASCII), 4096);
        ScramServer server = ScramServer.of(mechanism, false);
        try (Gsasl gsasl = new Gsasl("--client", mechanism, PASSWORD)) {
            assertThat(server.begin(gsasl.read())).isEqualTo("älice");
            gsasl.write(server.challenge(secret));
            server.finish(gsasl.read());
            assertThat(server.isProven()).isTrue();
            gsasl.write(server.verification());
            gsasl.write(""); // the end of what the server says
            assertThat(gsasl.exitCode()).isZero();
        }
    }

    @ParameterizedTest
    @DisplayName("CRD-7: our SCRAM client logs in at gsasl's server")
    @EnumSource(ScramMechanism.class)
    void theirScramServer(ScramMechanism mechanism) throws Exception {
        ScramClient client = ScramClient.of(mechanism, "älice", PASSWORD, false);
        try (Gsasl gsasl = new Gsasl("--server", mechanism, PASSWORD)) {
            gsasl.write(client.first());
            gsasl.write(client.answer(gsasl.read()));
            client.verify(gsasl.read());
            assertThat(client.isDone()).isTrue();
        }
    }

    /// One conversation with the program `gsasl`, a line of base64 a message.
    private static final class Gsasl implements AutoCloseable {
        private final Process process;
        private final BufferedReader out;

        Gsasl(String side, ScramMechanism mechanism, String password) throws IOException {
            Foreign.require("gsasl");
            var builder = new ProcessBuilder(
                    "gsasl",
                    side,
                    "--no-starttls",
                    "--mechanism=" + mechanism.title(),
                    "--authentication-id=älice",
                    "--password=" + password,
                    "--no-cb",
                    "--quiet");
            builder.environment().put("LC_ALL", "C.UTF-8");
            process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
            out = process.inputReader(StandardCharsets.UTF_8);
        }

        String read() throws IOException {
            String line = out.readLine();
            // Before the conversation it says which mechanism it is about to use.
            while (line != null && (line.isEmpty() || line.startsWith("SCRAM-"))) {
                line = out.readLine();
            }
            if (line == null) {
                throw new IOException("gsasl has ended");
            }
            return new String(Base64.getDecoder().decode(line), StandardCharsets.UTF_8);
        }

        void write(String message) throws IOException {
            process.getOutputStream()
                    .write(line(Base64.getEncoder().encodeToString(message.getBytes(StandardCharsets.UTF_8))));
            process.getOutputStream().flush();
        }

        int exitCode() throws Exception {
            process.getOutputStream().close();
            return process.waitFor();
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    @Test
    @DisplayName("CRD-7: Twisted's cred checks our CRAM-MD5 answers, and answers our challenges")
    void twistedCramMd5() throws Exception {
        String python = Foreign.python("twisted.cred.credentials");
        String script = """
                import sys
                from twisted.cred.credentials import CramMD5Credentials
                from twisted.mail._cred import CramMD5ClientAuthenticator
                challenge, answer, password = [a.encode() for a in sys.argv[1:]]
                c = CramMD5Credentials(b'host'); c.challenge = challenge; c.setResponse(answer)
                print(c.username.decode(), c.checkPassword(password), c.checkPassword(b'other'))
                print(CramMD5ClientAuthenticator(b'bob').challengeResponse(password, challenge).decode())
                """;
        String challenge = CramMd5.challenge(1, "host.example");
        List<String> said = Foreign.run(
                        python, "-c", script, challenge, CramMd5.answer(challenge, "alice", "secret"), "secret")
                .text()
                .lines()
                .toList();

        assertThat(said.getFirst()).isEqualTo("alice True False");
        assertThat(CramMd5.parse(said.getLast()).isOf(challenge, "secret")).isTrue();
    }

    @Test
    @DisplayName("CRD-7: Twisted computes the same answers of HTTP Digest")
    void twistedDigest() throws Exception {
        String python = Foreign.python("twisted.cred._digest");
        String script = """
                import sys
                from twisted.cred._digest import calcHA1, calcResponse, calcHA2
                nonce, = [a.encode() for a in sys.argv[1:]]
                for algorithm in (b'md5', b'md5-sess'):
                    ha1 = calcHA1(algorithm, b'alice', b'realm', b'secret', nonce, b'cnonce')
                    ha2 = calcHA2(algorithm, b'GET', b'/x', b'auth', None)
                    print(calcResponse(ha1, ha2, algorithm, nonce, b'00000001', b'cnonce', b'auth').decode())
                """;
        var clock = new ManualClock();
        for (DigestAlgorithm algorithm : List.of(DigestAlgorithm.MD5, DigestAlgorithm.MD5_SESS)) {
            var challenger = new DigestChallenger(algorithm, "realm", clock::now);
            String challenge = challenger.challenge("127.0.0.1", false);
            String nonce = value(challenge, "nonce");
            List<String> responses =
                    Foreign.run(python, "-c", script, nonce).text().lines().toList();
            String header =
                    "Digest username=\"alice\", realm=\"realm\", nonce=\"" + nonce + "\", uri=\"/x\", algorithm="
                            + algorithm.title() + ", qop=auth, nc=00000001, cnonce=\"cnonce\", opaque=\""
                            + value(challenge, "opaque") + "\", response=\""
                            + responses.get(algorithm == DigestAlgorithm.MD5 ? 0 : 1) + "\"";

            var credentials = challenger.decode(header, "GET", "/x", "127.0.0.1", null);
            assertThat(DeferredAssertions.successResultOf(credentials.checkPassword("secret")))
                    .isTrue();
        }
    }

    private static String value(String challenge, String name) {
        int from = challenge.indexOf(name + "=\"") + name.length() + 2;
        return challenge.substring(from, challenge.indexOf('"', from));
    }

    @ParameterizedTest
    @DisplayName("CRD-6, CRD-7: keys and signatures of OpenSSH's ssh-keygen, at a portal")
    @CsvSource({"ed25519, 256", "rsa, 2048", "ecdsa, 256", "ecdsa, 384", "ecdsa, 521"})
    void sshKeygen(String type, String bits) throws Exception {
        Foreign.require("ssh-keygen");
        Path key = folder.resolve("key");
        Path message = folder.resolve("message");
        Files.writeString(message, "what is signed");
        Foreign.run("ssh-keygen", "-q", "-t", type, "-b", bits, "-N", "", "-f", key.toString());
        Foreign.run("ssh-keygen", "-q", "-Y", "sign", "-n", "test", "-f", key.toString(), message.toString());
        byte[] blob = Base64.getDecoder()
                .decode(Files.readString(folder.resolve("key.pub")).split(" ", -1)[1]);
        ByteBuffer armored = ByteBuffer.wrap(Base64.getMimeDecoder()
                .decode(Files.readString(folder.resolve("message.sig"))
                        .lines()
                        .filter(each -> !each.startsWith("-----"))
                        .reduce("", String::concat)));
        armored.position("SSHSIG".length() + Integer.BYTES);
        for (int i = 0; i < 4; i++) {
            string(armored); // key, namespace, reserved, hash
        }
        byte[] signature = string(armored);
        byte[] data = signed(MessageDigest.getInstance("SHA-512").digest(Files.readAllBytes(message)));
        String algorithm = new String(string(ByteBuffer.wrap(signature)), StandardCharsets.US_ASCII);

        PublicKeyBlob read = PublicKeyBlob.parse(blob);
        assertThat(read.verifies(algorithm, data, signature)).isTrue();
        assertLogsIn(new PublicKeyCredentials("alice", algorithm, blob, data.clone(), signature));
        data[data.length - 1] ^= 1;
        assertThat(read.verifies(algorithm, data, signature)).isFalse();
    }

    /// At a portal that knows the keys of `key.pub`, as alice and as nobody else.
    private void assertLogsIn(PublicKeyCredentials alice) throws Exception {
        Path keys = Files.createDirectory(folder.resolve("keys"));
        Files.copy(folder.resolve("key.pub"), keys.resolve("alice"));
        Realm realm = (id, _, _) -> Deferred.succeed(new Login<>(AvatarId.class, id, () -> {}));
        var portal = new Portal(realm, AuthString.checker("sshkey:" + keys, SlowWork.atOnce()));

        assertThat(DeferredAssertions.successResultOf(portal.login(alice, null, AvatarId.class))
                        .avatar())
                .isEqualTo(AvatarId.of("alice"));
        var bob =
                new PublicKeyCredentials("bob", alice.algorithm(), alice.blob(), alice.signedData(), alice.signature());
        DeferredAssertions.failureResultOf(portal.login(bob, null, AvatarId.class), UnauthorizedLogin.class);
        var unsigned = new PublicKeyCredentials("alice", alice.algorithm(), alice.blob(), new byte[0], null);
        DeferredAssertions.failureResultOf(portal.login(unsigned, null, AvatarId.class), ValidPublicKey.class);
    }

    private static byte[] string(ByteBuffer bytes) {
        var value = new byte[bytes.getInt()];
        bytes.get(value);
        return value;
    }

    /// What `ssh-keygen -Y sign` signs: a preamble, the namespace, and the digest of the message.
    private static byte[] signed(byte[] digest) {
        ByteBuffer all = ByteBuffer.allocate(256).put("SSHSIG".getBytes(StandardCharsets.US_ASCII));
        for (byte[] part : List.of(
                "test".getBytes(StandardCharsets.US_ASCII),
                new byte[0],
                "sha512".getBytes(StandardCharsets.US_ASCII),
                digest)) {
            all.putInt(part.length).put(part);
        }
        return Arrays.copyOf(all.array(), all.position());
    }
}
