package bowline.tls.certificate;

import bowline.failure.Failure;
import bowline.log.Logger;
import bowline.tls.certificate.der.DerReader;
import bowline.tls.certificate.der.NotDer;
import bowline.tls.certificate.der.Tag;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads a private key and the chain that vouches for it, in whatever form they come, and checks that they belong
/// together and are good (TLS-15, TLS-3): the key is the first certificate's, each is signed by the next, none has
/// expired, the first is for the purpose. Immutable.
///
///     var reader = IdentityReader.of(Purpose.SERVER, reactor::now);
///     TlsIdentity one = reader.read(Path.of("server.pem"));                    // key and chain in one file
///     TlsIdentity two = reader.read(Path.of("chain.pem"), Path.of("key.pem")); // in two; in any order
///     TlsIdentity three = reader.passphrase(secret).read(Path.of("server.p12"));
///
/// - Certificates: PEM or DER; in any order, for they are sorted; a root at the end is left away.
/// - Keys: PEM or DER; PKCS #8 in clear or encrypted, PKCS #1, SEC 1.
/// - Both: PKCS #12.
///
/// It reads files and computes, so not on a reactor's thread.
public final class IdentityReader {
    private static final Logger log = Logger.of(IdentityReader.class);

    private final @Nullable Purpose purpose;
    private final Supplier<Instant> now;
    private final char @Nullable [] passphrase;

    private IdentityReader(@Nullable Purpose purpose, Supplier<Instant> now, char @Nullable [] passphrase) {
        this.purpose = purpose;
        this.now = now;
        this.passphrase = passphrase;
    }

    /// Reads what a server or a client proves itself with.
    ///
    /// @param now the time, the reactor's as a rule
    public static IdentityReader of(Purpose purpose, Supplier<Instant> now) {
        return new IdentityReader(purpose, now, null);
    }

    /// Reads what an authority signs with.
    ///
    /// @param now the time
    public static IdentityReader ofAuthority(Supplier<Instant> now) {
        return new IdentityReader(null, now, null);
    }

    /// The same for keys under a passphrase. Those in clear are read as before.
    public IdentityReader passphrase(char[] secret) {
        return new IdentityReader(purpose, now, secret.clone());
    }

    /// The same with a passphrase that is the first line of a file.
    ///
    /// @throws UnusableMaterial if the file cannot be read
    public IdentityReader passphraseOf(Path file) throws UnusableMaterial {
        String text = new String(MaterialFile.read(file), StandardCharsets.UTF_8);
        warnIfOpen(file, "the passphrase");
        return passphrase(text.lines().findFirst().orElse("").toCharArray());
    }

    /// Reads one identity out of one or more files. A file with a key in it that everybody may read is warned of in
    /// the log.
    ///
    /// @throws UnusableMaterial if something cannot be read, is missing, is there twice, or does not belong
    /// together
    public TlsIdentity read(Path... files) throws UnusableMaterial {
        var found = new Found();
        for (Path file : files) {
            int keys = found.keys.size();
            take(file.toString(), MaterialFile.read(file), found);
            if (found.keys.size() > keys) {
                warnIfOpen(file, "the private key");
            }
        }
        String source =
                String.join(" and ", List.of(files).stream().map(Path::toString).toList());
        return found.identity(source, new IdentityCheck(source, purpose, now.get()));
    }

    /// Reads one identity out of what was read already.
    ///
    /// @param source where it comes from, for errors
    /// @throws UnusableMaterial if something cannot be read, is missing, is there twice, or does not belong
    /// together
    public TlsIdentity read(String source, byte[]... contents) throws UnusableMaterial {
        var found = new Found();
        for (byte[] content : contents) {
            take(source, content, found);
        }
        return found.identity(source, new IdentityCheck(source, purpose, now.get()));
    }

    private static void warnIfOpen(Path file, String what) {
        if (MaterialFile.isOpenToAll(file)) {
            log.warn("{what} in {file} may be read by everybody on this machine; chmod o-rwx it", what, file);
        }
    }

    private void take(String source, byte[] content, Found found) throws UnusableMaterial {
        if (PemReader.looksLikePem(content)) {
            takePem(source, content, found);
            return;
        }
        switch (kindOf(source, content)) {
            case PKCS12 -> takePkcs12(source, content, found);
            case CERTIFICATE -> found.certificates.add(CertificateReader.der(source, content));
            case KEY -> found.keys.add(PrivateKeyReader.der(source, content, passphrase));
        }
    }

    private void takePem(String source, byte[] content, Found found) throws UnusableMaterial {
        for (PemBlock block : PemReader.read(source, content)) {
            if (CertificateReader.isCertificate(block)) {
                found.certificates.add(CertificateReader.block(source, block));
            } else if (PrivateKeyReader.isKey(block)) {
                found.keys.add(PrivateKeyReader.block(source, block, passphrase));
            } else if (block.label().equals("TRUSTED CERTIFICATE")) {
                throw UnusableMaterial.of(
                        source + ", line " + block.line(),
                        "this is a certificate in a form of OpenSSL's own",
                        "write it anew by openssl x509 -in OLD -out NEW",
                        null);
            }
        }
    }

    private enum Der {
        PKCS12,
        CERTIFICATE,
        KEY
    }

    /// All are a SEQUENCE; what it begins with differs.
    private static Der kindOf(String source, byte[] content) throws UnusableMaterial {
        try {
            DerReader parts = DerReader.of(content).sequence();
            if (parts.nextIs(Tag.INTEGER)) {
                boolean version3 = parts.integer().intValue() == 3;
                return version3 && parts.nextIs(Tag.SEQUENCE) ? Der.PKCS12 : Der.KEY;
            }
            // A certificate has more sequences in the first; an encrypted key has a name there.
            return parts.nextIs(Tag.SEQUENCE) && parts.sequence().nextIs(Tag.OBJECT_IDENTIFIER)
                    ? Der.KEY
                    : Der.CERTIFICATE;
        } catch (NotDer strange) {
            throw UnusableMaterial.of(
                    source,
                    "this is neither PEM nor DER: " + strange.getMessage(),
                    "give a file with -----BEGIN in it, or in DER, or PKCS #12",
                    strange);
        }
    }

    private void takePkcs12(String source, byte[] content, Found found) throws UnusableMaterial {
        char[] secret = passphrase == null ? new char[0] : passphrase;
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(content), secret);
            for (String alias : Collections.list(store.aliases())) {
                Key key = store.isKeyEntry(alias) ? store.getKey(alias, secret) : null;
                Certificate[] chain = store.getCertificateChain(alias);
                if (key instanceof PrivateKey mine && chain != null) {
                    found.keys.add(mine);
                    for (Certificate each : chain) {
                        found.certificates.add((X509Certificate) each);
                    }
                }
            }
        } catch (IOException | GeneralSecurityException | RuntimeException refused) {
            throw UnusableMaterial.of(
                    source,
                    "this is PKCS #12 that cannot be read: "
                            + Failure.of(refused).message(),
                    passphrase == null ? "has it a passphrase?" : "is it the right passphrase?",
                    refused);
        }
    }

    /// What was in the files.
    private static final class Found {
        private final List<PrivateKey> keys = new ArrayList<>();
        private final List<X509Certificate> certificates = new ArrayList<>();

        TlsIdentity identity(String source, IdentityCheck check) throws UnusableMaterial {
            if (certificates.isEmpty()) {
                throw UnusableMaterial.of(source, "there is no certificate in it", "add the file that has it", null);
            }
            if (keys.isEmpty()) {
                throw UnusableMaterial.of(source, "there is no private key in it", "add the file that has it", null);
            }
            if (keys.size() > 1) {
                throw UnusableMaterial.of(
                        source, "there are " + keys.size() + " private keys in it", "leave one of them", null);
            }
            return check.identity(keys.getFirst(), certificates);
        }
    }

    /// An identity as PEM: the key in clear, behind it the chain.
    public static String pem(TlsIdentity identity) {
        return keyPem(identity) + CertificateReader.pem(identity.chain());
    }

    /// The key of an identity as PEM, in clear.
    ///
    /// @throws IllegalArgumentException if the key cannot be had, as those in hardware
    public static String keyPem(TlsIdentity identity) {
        return PrivateKeyReader.pem(identity.key());
    }
}
