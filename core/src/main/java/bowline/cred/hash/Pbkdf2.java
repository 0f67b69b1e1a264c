package bowline.cred.hash;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;

/// PBKDF2 with HMAC (RFC 8018 §5.2), as Python's passlib writes it (`$pbkdf2-sha256$29000$salt$hash`) and as Django
/// does (`pbkdf2_sha256$600000$salt$hash`).
///
/// The arrays belong to the record; they are not to be changed.
///
/// @param digest `SHA-1`, `SHA-256` or `SHA-512`
/// @param iterations how often the MAC is taken
/// @param salt the salt as bytes
/// @param hash the derived key
/// @param django whether it is written as Django does
@SuppressWarnings("ArrayRecordComponent") // compared only in constant time, never by equals
public record Pbkdf2(String digest, int iterations, byte[] salt, byte[] hash, boolean django) implements PasswordHash {
    private static final int HASH_MIN_BYTES = 16;
    private static final int HASH_MAX_BYTES = 128;

    /// The key of `length` bytes that PBKDF2 derives with `HmacSHA1`, `HmacSHA256` or `HmacSHA512`.
    public static byte[] derive(String mac, byte[] password, byte[] salt, int iterations, int length) {
        Mac prf = Jca.mac(mac, password);
        int size = prf.getMacLength();
        var key = new byte[(length + size - 1) / size * size];
        var turn = new byte[size];
        for (int block = 1, at = 0; at < length; block++, at += size) {
            prf.update(salt);
            prf.update(new byte[] {(byte) (block >>> 24), (byte) (block >>> 16), (byte) (block >>> 8), (byte) block});
            finish(prf, turn);
            System.arraycopy(turn, 0, key, at, size);
            for (int i = 1; i < iterations; i++) {
                prf.update(turn);
                finish(prf, turn);
                for (int j = 0; j < size; j++) {
                    key[at + j] ^= turn[j];
                }
            }
        }
        return Arrays.copyOf(key, length);
    }

    private static void finish(Mac prf, byte[] into) {
        try {
            prf.doFinal(into, 0);
        } catch (ShortBufferException impossible) {
            throw new AssertionError("the buffer is as long as the MAC", impossible);
        }
    }

    /// Makes one.
    public static Pbkdf2 of(String password, byte[] salt, String digest, int iterations) {
        int length = Jca.digest(digest).getDigestLength();
        byte[] hash = derive(macOf(digest), utf8(password), salt, iterations, length);
        return new Pbkdf2(digest, iterations, salt, hash, false);
    }

    static Pbkdf2 parse(List<String> parts, HashLimits limits) {
        String scheme = parts.get(1);
        HashText.expect(parts.size() == 5, scheme, "$" + scheme + "$iterations$salt$hash");
        String digest = switch (scheme) {
            case "pbkdf2-sha256" -> "SHA-256";
            case "pbkdf2-sha512" -> "SHA-512";
            default -> "SHA-1";
        };
        return checked(
                digest,
                HashText.number(parts.get(2), "iterations"),
                HashText.base64(parts.get(3).replace('.', '+'), scheme),
                HashText.base64(parts.get(4).replace('.', '+'), scheme),
                false,
                limits);
    }

    static Pbkdf2 parseDjango(List<String> parts, HashLimits limits) {
        String scheme = parts.getFirst();
        HashText.expect(parts.size() == 4, scheme, scheme + "$iterations$salt$hash");
        String digest = switch (scheme) {
            case "pbkdf2_sha256" -> "SHA-256";
            case "pbkdf2_sha1" -> "SHA-1";
            default -> throw new IllegalArgumentException("PBKDF2 comes as pbkdf2_sha256 or pbkdf2_sha1");
        };
        return checked(
                digest,
                HashText.number(parts.get(1), "iterations"),
                utf8(parts.get(2)),
                HashText.base64(parts.get(3), scheme),
                true,
                limits);
    }

    private static Pbkdf2 checked(
            String digest, int iterations, byte[] salt, byte[] hash, boolean django, HashLimits limits) {
        limits.check("the number of iterations", iterations, "iterationsMax", limits.iterationsMax());
        HashText.expect(iterations > 0, "PBKDF2", "with at least one iteration");
        HashText.expect(
                hash.length >= HASH_MIN_BYTES && hash.length <= HASH_MAX_BYTES,
                "PBKDF2",
                "with " + HASH_MIN_BYTES + " to " + HASH_MAX_BYTES + " bytes");
        return new Pbkdf2(digest, iterations, salt, hash, django);
    }

    static String macOf(String digest) {
        return "Hmac" + digest.replace("-", "");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean isOf(String password) {
        byte[] bytes = utf8(password);
        return MessageDigest.isEqual(hash, derive(macOf(digest), bytes, salt, iterations, hash.length));
    }

    @Override
    public String text() {
        String name = digest.replace("-", "").toLowerCase(java.util.Locale.ROOT);
        if (django) {
            return "pbkdf2_" + name + "$" + iterations + "$" + new String(salt, StandardCharsets.UTF_8) + "$"
                    + Base64.getEncoder().encodeToString(hash);
        }
        return "$pbkdf2" + (name.equals("sha1") ? "" : "-" + name) + "$" + iterations + "$" + adapted(salt) + "$"
                + adapted(hash);
    }

    private static String adapted(byte[] bytes) {
        return HashText.base64(bytes).replace('+', '.');
    }

    @Override
    public String toString() {
        return "Pbkdf2[" + digest + ", iterations=" + iterations + "]";
    }
}
