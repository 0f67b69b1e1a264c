package bowline.tls.certificate;

import bowline.failure.Failure;
import bowline.tls.certificate.der.DerReader;
import bowline.tls.certificate.der.DerWriter;
import bowline.tls.certificate.der.NotDer;
import bowline.tls.certificate.der.Oid;
import bowline.tls.certificate.der.Tag;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import org.jspecify.annotations.Nullable;

/// Reads a private key in any of the forms that are about: PKCS #8, in clear or encrypted (RFC 5958), PKCS #1 for RSA
/// (RFC 8017 §A.1.2), SEC 1 for elliptic curves (RFC 5915).
final class PrivateKeyReader {
    private static final String PEM_ENCRYPTED = "ENCRYPTED PRIVATE KEY";
    private static final String PEM_RSA = "RSA PRIVATE KEY";
    private static final String PEM_EC = "EC PRIVATE KEY";
    private static final int SEC1_VERSION = 1;
    private static final int RSA_NUMBERS = 8;

    private final String source;
    private final char @Nullable [] passphrase;

    /// @param source where it comes from, for errors
    /// @param passphrase null: none is known
    PrivateKeyReader(String source, char @Nullable [] passphrase) {
        this.source = source;
        this.passphrase = passphrase;
    }

    static boolean isKey(PemBlock block) {
        return block.label().endsWith(PemBlock.PRIVATE_KEY);
    }

    /// A key in PEM.
    static PrivateKey block(String source, PemBlock block, char @Nullable [] passphrase) throws UnusableMaterial {
        var reader = new PrivateKeyReader(source + ", line " + block.line(), passphrase);
        if (block.encrypted()) {
            throw reader.refusal(
                    "this key is encrypted in OpenSSL's old way, which is weak",
                    "write it anew by openssl pkcs8 -topk8 -v2 aes256 -in OLD -out NEW");
        }
        return switch (block.label()) {
            case PemBlock.PRIVATE_KEY -> reader.read(block.content(), Form.PKCS8);
            case PEM_ENCRYPTED -> reader.read(block.content(), Form.ENCRYPTED);
            case PEM_RSA -> reader.read(block.content(), Form.PKCS1);
            case PEM_EC -> reader.read(block.content(), Form.SEC1);
            case "OPENSSH PRIVATE KEY" ->
                throw reader.refusal(
                        "this key is in the form of OpenSSH", "write it anew by ssh-keygen -p -m PKCS8 -f FILE");
            default ->
                throw reader.refusal(
                        "a key of this kind, \"" + block.label() + "\", is not for TLS", "use EC, RSA or Ed25519");
        };
    }

    private enum Form {
        PKCS8,
        ENCRYPTED,
        PKCS1,
        SEC1
    }

    /// A key in DER, in whatever form.
    static PrivateKey der(String source, byte[] content, char @Nullable [] passphrase) throws UnusableMaterial {
        var reader = new PrivateKeyReader(source, passphrase);
        return reader.read(content, reader.form(content));
    }

    /// What it begins with tells which it is.
    private Form form(byte[] content) throws UnusableMaterial {
        try {
            DerReader parts = DerReader.of(content).sequence();
            if (!parts.nextIs(Tag.INTEGER)) {
                return Form.ENCRYPTED;
            }
            parts.integer();
            if (parts.nextIs(Tag.SEQUENCE)) {
                return Form.PKCS8;
            }
            return parts.nextIs(Tag.OCTET_STRING) ? Form.SEC1 : Form.PKCS1;
        } catch (NotDer strange) {
            throw unreadable(strange);
        }
    }

    private PrivateKey read(byte[] content, Form form) throws UnusableMaterial {
        try {
            return switch (form) {
                case PKCS8 -> pkcs8(content);
                case PKCS1 -> pkcs8(fromPkcs1(content));
                case SEC1 -> pkcs8(fromSec1(content));
                case ENCRYPTED -> decrypted(content);
            };
        } catch (NotDer strange) {
            throw unreadable(strange);
        }
    }

    private PrivateKey decrypted(byte[] content) throws UnusableMaterial, NotDer {
        byte[] clear = EncryptedKey.parse(source, content).decrypt(passphrase);
        try {
            return pkcs8(clear);
        } catch (NotDer padded) {
            // One wrong passphrase in some hundred leaves something that is padded as it should be.
            throw refusal("the passphrase is wrong", "is it that of another key?");
        }
    }

    private PrivateKey pkcs8(byte[] content) throws UnusableMaterial, NotDer {
        DerReader whole = DerReader.of(content);
        DerReader parts = whole.sequence();
        whole.end();
        parts.integer(0, 1);
        String algorithm = parts.sequence().objectIdentifier();
        try {
            return KeyFactory.getInstance(family(algorithm)).generatePrivate(new PKCS8EncodedKeySpec(content));
        } catch (GeneralSecurityException strange) {
            throw unreadable(strange);
        }
    }

    private String family(String algorithm) throws UnusableMaterial {
        return switch (algorithm) {
            case Oid.RSA -> "RSA";
            case Oid.RSA_PSS -> "RSASSA-PSS";
            case Oid.EC -> "EC";
            case Oid.ED25519 -> "Ed25519";
            case Oid.ED448 -> "Ed448";
            case Oid.DSA -> throw refusal("a DSA key is not for TLS any more", "use EC, RSA or Ed25519");
            default -> throw refusal("a key of the kind " + algorithm + " is not known", "use EC, RSA or Ed25519");
        };
    }

    private static byte[] fromPkcs1(byte[] content) throws NotDer {
        DerReader whole = DerReader.of(content);
        DerReader parts = whole.sequence();
        whole.end();
        parts.integer(0, 0); // one with more than two primes has another version, and nobody uses it
        for (int i = 0; i < RSA_NUMBERS; i++) {
            BigInteger _ = parts.integer();
        }
        parts.end();
        return pkcs8(DerWriter.sequence(DerWriter.objectIdentifier(Oid.RSA), DerWriter.nothing()), content);
    }

    /// The curve is in the key as a rule, and to be guessed by the length otherwise.
    private byte[] fromSec1(byte[] content) throws NotDer, UnusableMaterial {
        DerReader whole = DerReader.of(content);
        DerReader parts = whole.sequence();
        whole.end();
        parts.integer(SEC1_VERSION, SEC1_VERSION);
        byte[] number = parts.octetString();
        String curve = parts.nextIs(Tag.constructed(0))
                ? curve(parts.parts(Tag.constructed(0)))
                : curveOfLength(number.length);
        return pkcs8(
                DerWriter.sequence(DerWriter.objectIdentifier(Oid.EC), DerWriter.objectIdentifier(curve)), content);
    }

    private String curve(DerReader parameters) throws NotDer, UnusableMaterial {
        if (!parameters.nextIs(Tag.OBJECT_IDENTIFIER)) {
            throw refusal("the curve of this key has no name", "use P-256, P-384 or P-521, by their names");
        }
        return parameters.objectIdentifier();
    }

    private String curveOfLength(int bytes) throws UnusableMaterial {
        return switch (bytes) {
            case 32 -> Oid.P256;
            case 48 -> Oid.P384;
            case 66 -> Oid.P521;
            default -> throw refusal("this key does not say of which curve it is", "use P-256, P-384 or P-521");
        };
    }

    private static byte[] pkcs8(byte[] algorithm, byte[] key) {
        return DerWriter.sequence(DerWriter.integer(0), algorithm, DerWriter.octetString(key));
    }

    /// A key as PEM, in clear: PKCS #8.
    static String pem(PrivateKey key) {
        byte[] encoded = key.getEncoded();
        if (encoded == null) {
            throw new IllegalArgumentException("this key does not leave where it is kept");
        }
        return PemBlock.text(PemBlock.PRIVATE_KEY, encoded);
    }

    private UnusableMaterial unreadable(Exception cause) {
        return UnusableMaterial.of(
                source,
                "this is no private key that can be read: " + Failure.of(cause).message(),
                "a key is PEM, with -----BEGIN PRIVATE KEY-----, or DER",
                cause);
    }

    private UnusableMaterial refusal(String what, String advice) {
        return UnusableMaterial.of(source, what, advice, null);
    }
}
