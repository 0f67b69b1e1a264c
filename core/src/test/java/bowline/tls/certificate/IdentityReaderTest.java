package bowline.tls.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import bowline.log.CapturedLogs;
import bowline.testing.generate.Generators;
import bowline.testing.generate.Property;
import bowline.tls.certificate.der.DerReader;
import bowline.tls.certificate.der.DerWriter;
import bowline.tls.certificate.der.Oid;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// TLS-14 and TLS-15: keys and chains in the forms that people have them in.
class IdentityReaderTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    private Path folder;

    private final SecureRandom random = SeededRandom.of(3);
    private final CertificateMaker maker = new CertificateMaker(random, () -> NOW);
    private final PrivateAuthority root = maker.authority("Root");
    private final PrivateAuthority middle = root.intermediate("Middle");
    private final TlsIdentity server = middle.server("www.example.com");
    private final IdentityReader reader = IdentityReader.of(Purpose.SERVER, () -> NOW);

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] pem(X509Certificate... certificates) {
        return bytes(CertificateReader.pem(List.of(certificates)));
    }

    private static byte[] key(TlsIdentity identity) {
        return bytes(IdentityReader.keyPem(identity));
    }

    private void refused(String words, byte[]... contents) {
        refused(reader, words, contents);
    }

    private static void refused(IdentityReader reader, String words, byte[]... contents) {
        UnusableMaterial refusal = catchThrowableOfType(UnusableMaterial.class, () -> reader.read("it", contents));
        assertThat(refusal).as("refusal").isNotNull();
        assertThat(refusal)
                .hasMessageContaining(words)
                .hasMessageStartingWith("it")
                .hasMessageContaining("; ");
    }

    private void assertSame(TlsIdentity read, TlsIdentity made) {
        assertThat(read.key().getEncoded()).isEqualTo(made.key().getEncoded());
        assertThat(read.chain()).isEqualTo(made.chain());
    }

    @ParameterizedTest
    @EnumSource(
            names = {"RSA_3072", "RSA_4096"},
            mode = EnumSource.Mode.EXCLUDE) // they take seconds
    void whatIsWrittenIsReadBack(KeyKind kind) throws Exception {
        TlsIdentity made = maker.keys(kind).authority("Root").server("a.example");
        assertSame(reader.read("it", bytes(IdentityReader.pem(made))), made);
        assertSame(reader.read("it", pem(made.certificate()), key(made)), made);
        assertSame(reader.read("it", made.key().getEncoded(), made.certificate().getEncoded()), made);
    }

    @Test
    void chainsAreSortedAndTheRootIsLeftAway() throws Exception {
        X509Certificate leaf = server.certificate();
        byte[] mixed = pem(root.certificate(), middle.certificate(), leaf);
        assertSame(reader.read("it", mixed, key(server)), server);
        assertSame(reader.read("it", pem(middle.certificate(), leaf), key(server)), server);
    }

    @Test
    void whatDoesNotBelongToTheChainIsLeftOutAndTold() throws Exception {
        X509Certificate other = maker.selfSigned("other.example").certificate();
        try (CapturedLogs logs = CapturedLogs.open()) {
            assertSame(
                    reader.read("it", pem(other), pem(server.chain().toArray(X509Certificate[]::new)), key(server)),
                    server);
            assertThat(logs.texts())
                    .singleElement()
                    .asString()
                    .contains("1 certificates that do not belong to the chain of")
                    .contains("CN=other.example");
        }
    }

    @Test
    void keysOfPkcs1() throws Exception {
        TlsIdentity rsa = maker.keys(KeyKind.RSA_2048).selfSigned("a.example");
        byte[] pkcs1 = inner(rsa);
        assertSame(reader.read("it", pem(rsa.certificate()), pkcs1), rsa);
        assertSame(reader.read("it", pem(rsa.certificate()), bytes(PemBlock.text("RSA PRIVATE KEY", pkcs1))), rsa);
    }

    /// What is in PKCS #8: the key in the form of its own kind.
    private static byte[] inner(TlsIdentity identity) throws Exception {
        DerReader parts = DerReader.of(identity.key().getEncoded()).sequence();
        parts.skip();
        parts.skip();
        return parts.octetString();
    }

    @ParameterizedTest
    @CsvSource({"EC_P256, true", "EC_P256, false", "EC_P384, true", "EC_P384, false"})
    @DisplayName("RFC 5915: keys of SEC 1, with the name of the curve and without")
    void keysOfSec1(KeyKind kind, boolean curveNamed) throws Exception {
        TlsIdentity made = maker.keys(kind).selfSigned("a.example");
        DerReader parts = DerReader.of(inner(made)).sequence();
        byte[] version = parts.element();
        byte[] number = parts.element();
        byte[] name = DerWriter.explicit(0, DerWriter.objectIdentifier(kind == KeyKind.EC_P256 ? Oid.P256 : Oid.P384));
        byte[] sec1 = curveNamed ? DerWriter.sequence(version, number, name) : DerWriter.sequence(version, number);

        for (byte[] form : List.of(sec1, bytes(PemBlock.text("EC PRIVATE KEY", sec1)))) {
            var read = (ECPrivateKey)
                    reader.read("it", pem(made.certificate()), form).key();
            assertThat(read.getS()).isEqualTo(((ECPrivateKey) made.key()).getS());
        }
    }

    private byte[] encrypted(TlsIdentity identity, String password, int iterations) throws Exception {
        byte[] salt = new byte[16];
        byte[] initial = new byte[16];
        random.nextBytes(salt);
        random.nextBytes(initial);
        byte[] secret = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                .generateSecret(new PBEKeySpec(password.toCharArray(), salt, 1_000, 256))
                .getEncoded();
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(secret, "AES"), new IvParameterSpec(initial));
        byte[] derivation = DerWriter.sequence(
                DerWriter.objectIdentifier(Oid.PBKDF2),
                DerWriter.sequence(
                        DerWriter.octetString(salt),
                        DerWriter.integer(iterations),
                        DerWriter.sequence(DerWriter.objectIdentifier(Oid.HMAC_SHA256), DerWriter.nothing())));
        byte[] encryption =
                DerWriter.sequence(DerWriter.objectIdentifier(Oid.AES_256_CBC), DerWriter.octetString(initial));
        return DerWriter.sequence(
                DerWriter.sequence(DerWriter.objectIdentifier(Oid.PBES2), DerWriter.sequence(derivation, encryption)),
                DerWriter.octetString(cipher.doFinal(identity.key().getEncoded())));
    }

    @Test
    @DisplayName("RFC 8018 §6.2: keys under a passphrase")
    void encryptedKeys() throws Exception {
        byte[] chain = pem(server.chain().toArray(X509Certificate[]::new));
        byte[] der = encrypted(server, "pässphrase", 1_000);
        byte[] text = bytes(PemBlock.text("ENCRYPTED PRIVATE KEY", der));
        IdentityReader knowing = reader.passphrase("pässphrase".toCharArray());

        assertSame(knowing.read("it", chain, text), server);
        assertSame(knowing.read("it", der, chain), server);
        refused("line 1: this key is encrypted; say its passphrase", chain, text);
        refused(reader.passphrase("other".toCharArray()), "the passphrase is wrong", chain, text);
        refused(knowing, "a number that is not from 1 to 10000000", chain, encrypted(server, "x", 10_000_001));
    }

    @Test
    void passphrasesInAFile() throws Exception {
        Path file = folder.resolve("secret");
        Files.writeString(file, "geheim\nsecond line\n");
        IdentityReader knowing = reader.passphraseOf(file);
        assertSame(
                knowing.read(
                        "it",
                        encrypted(server, "geheim", 1_000),
                        pem(server.chain().toArray(X509Certificate[]::new))),
                server);
    }

    @Test
    void pkcs12() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        char[] secret = "geheim".toCharArray();
        store.setKeyEntry("mine", server.key(), secret, server.chain().toArray(Certificate[]::new));
        var out = new ByteArrayOutputStream();
        store.store(out, secret);

        assertSame(reader.passphrase(secret).read("it", out.toByteArray()), server);
        refused(reader, "this is PKCS #12 that cannot be read", out.toByteArray());
        refused(reader.passphrase("x".toCharArray()), "is it the right passphrase?", out.toByteArray());
    }

    @Test
    void whatDoesNotBelongTogether() {
        TlsIdentity other = root.server("www.example.com");
        TlsIdentity rsa = maker.keys(KeyKind.RSA_2048).selfSigned("www.example.com");
        byte[] chain = pem(server.chain().toArray(X509Certificate[]::new));
        refused(
                "the private key (EC) is that of no certificate here; the first is \"CN=www.example.com\"",
                chain,
                key(other));
        refused("the private key (RSA) is that of no certificate here", chain, key(rsa));
        refused("there is no private key in it", chain);
        refused("there is no certificate in it", key(server));
        refused("there are 2 private keys in it; leave one", chain, key(server), key(other));
        X509Certificate impostor = root.intermediate("Middle").certificate();
        refused(
                "\"CN=www.example.com\" was not signed by the key of \"CN=Middle\", which it names as its issuer",
                pem(server.certificate(), impostor),
                key(server));
    }

    @Test
    @DisplayName("TLS-3: key usage and expiry are checked at load")
    void whatIsNotGood() throws Exception {
        IdentityReader later = IdentityReader.of(Purpose.SERVER, () -> NOW.plus(Duration.ofDays(398)));
        byte[] whole = bytes(IdentityReader.pem(server));
        refused(later, "the certificate \"CN=www.example.com\" (1 of 2, serial", whole);
        refused(later, "it expired at 2027-04-02T12:00:00Z", whole);
        refused(IdentityReader.of(Purpose.CLIENT, () -> NOW), "it is not for a client of TLS", whole);
        refused("it is not for a server of TLS", bytes(IdentityReader.pem(root.client("alice"))));
        refused(IdentityReader.ofAuthority(() -> NOW), "it is no authority's", whole);

        TlsIdentity authority =
                IdentityReader.ofAuthority(() -> NOW).read("it", bytes(IdentityReader.pem(root.identity())));
        assertSame(authority, root.identity());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DSA PRIVATE KEY | line 1: a key of this kind, \"DSA PRIVATE KEY\", is not for TLS",
                "OPENSSH PRIVATE KEY | ssh-keygen -p -m PKCS8",
                "TRUSTED CERTIFICATE | openssl x509 -in OLD -out NEW",
                "PRIVATE KEY | line 1: this is no private key that can be read: byte 0",
                "EC PRIVATE KEY | line 1: this is no private key that can be read: byte 0",
                "CERTIFICATE | line 1: this is no certificate that can be read: byte 0",
            })
    void whatIsNotTaken(String label, String words) {
        refused(words, bytes(PemBlock.text(label, new byte[] {1, 2, 3})));
    }

    @Test
    void keysThatOpensslEncryptedOfOld() {
        refused(
                "write it anew by openssl pkcs8 -topk8",
                bytes("-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\naGVs\n"
                        + "-----END RSA PRIVATE KEY-----\n"));
    }

    @Test
    void neitherPemNorDer() {
        refused("this is neither PEM nor DER", bytes("hello"));
        refused("this is neither PEM nor DER", new byte[0]);
    }

    @Test
    void filesAreToldByTheirNames() throws Exception {
        Path missing = folder.resolve("missing.pem");
        UnusableMaterial refusal = catchThrowableOfType(UnusableMaterial.class, () -> reader.read(missing));
        assertThat(refusal).hasMessage(missing + ": there is no such file; check the path");
        Path broken = Files.writeString(folder.resolve("broken.pem"), "\n-----BEGIN CERTIFICATE-----\n");
        assertThat(catchThrowableOfType(UnusableMaterial.class, () -> reader.read(broken)))
                .hasMessage(broken + ", line 2: BEGIN CERTIFICATE has no END; is the file cut off?");
        assertThat(catchThrowableOfType(UnusableMaterial.class, () -> reader.read(folder)))
                .hasMessageStartingWith(folder + ": it cannot be read");
    }

    @Test
    void aKeyThatEverybodyMayReadIsWarnedOf() throws Exception {
        Path file = Files.write(folder.resolve("server.pem"), bytes(IdentityReader.pem(server)));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        try (CapturedLogs logs = CapturedLogs.open()) {
            assertSame(reader.read(file), server);
            assertThat(logs.texts()).isEmpty();
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
            assertSame(reader.read(file), server);
            assertThat(logs.texts())
                    .singleElement()
                    .asString()
                    .contains("may be read by everybody on this machine; chmod o-rwx it");
        }
    }

    @Test
    @DisplayName("whatever the bytes are, nothing but UnusableMaterial is thrown")
    void anyBytes() throws Exception {
        IdentityReader knowing = reader.passphrase("x".toCharArray());
        TlsIdentity edwards = maker.keys(KeyKind.ED25519).selfSigned("a.example");
        List<byte[]> good = List.of(
                bytes(IdentityReader.pem(edwards)),
                edwards.certificate().getEncoded(),
                edwards.key().getEncoded(),
                inner(server),
                encrypted(server, "x", 1_000));
        Property.check(1_500, Generators.mutated(good, 3), input -> {
            try {
                knowing.read("it", input, Arrays.copyOf(input, input.length / 2));
            } catch (UnusableMaterial refused) {
                assertThat(refused).hasMessageStartingWith("it");
            }
        });
    }
}
