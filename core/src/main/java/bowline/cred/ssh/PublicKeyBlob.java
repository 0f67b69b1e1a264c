package bowline.cred.ssh;

import bowline.bytes.Ascii;
import bowline.machine.PeerViolation;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// A public key in SSH's format (RFC 4253 §6.6, RFC 5656, RFC 8709): Ed25519, RSA from 2048 bits, ECDSA on the curves
/// P-256, P-384 and P-521. Signatures of RSA with SHA-1 and keys of DSA are not accepted (rule S12).
public final class PublicKeyBlob {
    /// Largest key or signature that is read.
    public static final int BLOB_MAX_BYTES = 8192;

    private static final int RSA_MIN_BITS = 2048;
    private static final int RSA_MAX_BITS = 16_384;
    private static final int RSA_EXPONENT_MAX_BITS = 64;
    private static final int ED25519_BYTES = 32;
    private static final HexFormat HEX = HexFormat.of();

    private final byte[] blob;
    private final String type;
    private final PublicKey key;

    private PublicKeyBlob(byte[] blob, String type, PublicKey key) {
        this.blob = blob;
        this.type = type;
        this.key = key;
    }

    /// Reads a key.
    ///
    /// @throws PeerViolation if it is none, too weak, or of a kind that is not accepted
    public static PublicKeyBlob parse(byte[] blob) {
        checkLength(blob);
        ByteBuffer bytes = ByteBuffer.wrap(blob);
        String type = text(bytes);
        try {
            PublicKey key = switch (type) {
                case "ssh-ed25519" -> ed25519(bytes);
                case "ssh-rsa" -> rsa(bytes);
                case "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521" -> ecdsa(type, bytes);
                default -> throw violation("keys of type " + Ascii.quote(type, 40) + " are not accepted");
            };
            if (bytes.hasRemaining()) {
                throw violation("a key has bytes behind its end");
            }
            return new PublicKeyBlob(blob.clone(), type, key);
        } catch (GeneralSecurityException refused) {
            throw violation("a key of type " + type + " that is none: " + refused.getMessage());
        }
    }

    private static PublicKey ed25519(ByteBuffer bytes) throws GeneralSecurityException {
        byte[] point = string(bytes);
        if (point.length != ED25519_BYTES) {
            throw violation("a key of Ed25519 has " + point.length + " bytes, not " + ED25519_BYTES);
        }
        boolean xIsOdd = (point[ED25519_BYTES - 1] & 0x80) != 0;
        point[ED25519_BYTES - 1] &= 0x7F;
        for (int i = 0; i < ED25519_BYTES / 2; i++) {
            byte swap = point[i];
            point[i] = point[ED25519_BYTES - 1 - i];
            point[ED25519_BYTES - 1 - i] = swap;
        }
        var spec = new EdECPublicKeySpec(NamedParameterSpec.ED25519, new EdECPoint(xIsOdd, new BigInteger(1, point)));
        return KeyFactory.getInstance("Ed25519").generatePublic(spec);
    }

    private static PublicKey rsa(ByteBuffer bytes) throws GeneralSecurityException {
        BigInteger exponent = number(bytes);
        BigInteger modulus = number(bytes);
        if (modulus.bitLength() < RSA_MIN_BITS
                || modulus.bitLength() > RSA_MAX_BITS
                || exponent.bitLength() > RSA_EXPONENT_MAX_BITS) {
            throw violation("a key of RSA has " + modulus.bitLength() + " bits; from " + RSA_MIN_BITS + " to "
                    + RSA_MAX_BITS + " are accepted, with exponents up to " + RSA_EXPONENT_MAX_BITS + " bits");
        }
        return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
    }

    private static PublicKey ecdsa(String type, ByteBuffer bytes) throws GeneralSecurityException {
        String curve = text(bytes);
        if (!type.endsWith("-" + curve)) {
            throw violation("a key of type " + type + " is on curve " + Ascii.quote(curve, 20));
        }
        byte[] point = string(bytes);
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec(curve.replace("nistp", "secp") + "r1"));
        ECParameterSpec spec = parameters.getParameterSpec(ECParameterSpec.class);
        int size = (spec.getCurve().getField().getFieldSize() + 7) / 8;
        if (point.length != 1 + 2 * size || point[0] != 4) {
            throw violation("a point on " + curve + " is not " + (1 + 2 * size) + " bytes, uncompressed");
        }
        var x = new BigInteger(1, Arrays.copyOfRange(point, 1, 1 + size));
        var y = new BigInteger(1, Arrays.copyOfRange(point, 1 + size, point.length));
        checkOnCurve(spec, x, y);
        return KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(new ECPoint(x, y), spec));
    }

    private static void checkOnCurve(ECParameterSpec spec, BigInteger x, BigInteger y) {
        BigInteger p = ((ECFieldFp) spec.getCurve().getField()).getP();
        BigInteger right = x.multiply(x)
                .add(spec.getCurve().getA())
                .multiply(x)
                .add(spec.getCurve().getB());
        if (x.compareTo(p) >= 0
                || y.compareTo(p) >= 0
                || y.multiply(y).subtract(right).mod(p).signum() != 0) {
            throw violation("a point that is not on its curve");
        }
    }

    /// The type in the key, as in `ssh-ed25519`.
    public String type() {
        return type;
    }

    /// Whether `signature`, in SSH's format, is this key's by `algorithm` over `data`. False, too, for
    /// algorithms that are not accepted or not of this key.
    public boolean verifies(String algorithm, byte[] data, byte[] signature) {
        String java = javaName(algorithm);
        if (java == null || signature.length > BLOB_MAX_BYTES) {
            return false;
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(signature);
            String named = text(bytes);
            byte[] itself = string(bytes);
            if (!named.equals(algorithm) || bytes.hasRemaining()) {
                return false;
            }
            Signature verifier = Signature.getInstance(java);
            verifier.initVerify(key);
            verifier.update(data);
            return verifier.verify(type.startsWith("ecdsa-") ? der(itself) : itself);
        } catch (PeerViolation | GeneralSecurityException malformed) {
            return false;
        }
    }

    private @Nullable String javaName(String algorithm) {
        return switch (type + " " + algorithm) {
            case "ssh-ed25519 ssh-ed25519" -> "Ed25519";
            case "ssh-rsa rsa-sha2-256" -> "SHA256withRSA";
            case "ssh-rsa rsa-sha2-512" -> "SHA512withRSA";
            case "ecdsa-sha2-nistp256 ecdsa-sha2-nistp256" -> "SHA256withECDSA";
            case "ecdsa-sha2-nistp384 ecdsa-sha2-nistp384" -> "SHA384withECDSA";
            case "ecdsa-sha2-nistp521 ecdsa-sha2-nistp521" -> "SHA512withECDSA";
            default -> null;
        };
    }

    /// The numbers r and s as the JDK wants them: a DER sequence of two integers.
    private static byte[] der(byte[] signature) {
        ByteBuffer bytes = ByteBuffer.wrap(signature);
        byte[] r = number(bytes).toByteArray();
        byte[] s = number(bytes).toByteArray();
        int length = 4 + r.length + s.length;
        if (bytes.hasRemaining() || length > 255) {
            throw violation("a signature of ECDSA is too long");
        }
        ByteBuffer der = ByteBuffer.allocate(length + (length < 128 ? 2 : 3)).put((byte) 0x30);
        if (length >= 128) {
            der.put((byte) 0x81);
        }
        der.put((byte) length).put((byte) 2).put((byte) r.length).put(r);
        return der.put((byte) 2).put((byte) s.length).put(s).array();
    }

    /// Whether both are the same key. In constant time (G12).
    public boolean isSame(PublicKeyBlob other) {
        return MessageDigest.isEqual(blob, other.blob);
    }

    @Override
    public String toString() {
        return "PublicKeyBlob[" + type + ", " + HEX.formatHex(blob, Math.max(0, blob.length - 6), blob.length) + "]";
    }

    private static void checkLength(byte[] bytes) {
        if (bytes.length > BLOB_MAX_BYTES) {
            throw violation("a key of " + bytes.length + " bytes is above the limit BLOB_MAX_BYTES, " + BLOB_MAX_BYTES);
        }
    }

    /// A string of RFC 4251 §5.
    private static byte[] string(ByteBuffer bytes) {
        if (bytes.remaining() < Integer.BYTES) {
            throw violation("a key or signature ends inside a length");
        }
        int length = bytes.getInt();
        if (length < 0 || length > bytes.remaining()) {
            throw violation("a key or signature ends inside a string");
        }
        var value = new byte[length];
        bytes.get(value);
        return value;
    }

    private static String text(ByteBuffer bytes) {
        return new String(string(bytes), StandardCharsets.ISO_8859_1);
    }

    private static BigInteger number(ByteBuffer bytes) {
        byte[] value = string(bytes);
        if (value.length == 0 || value[0] < 0) {
            throw violation("a number in a key or signature is not positive");
        }
        return new BigInteger(value);
    }

    private static PeerViolation violation(String what) {
        return new PeerViolation(what, "SSH keys, RFC 4253 §6.6");
    }
}
