package bowline.cred.hash;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;

/// bcrypt (Provos and Mazières, 1999), as `htpasswd -B` and OpenBSD write it: `$2b$12$` and 53 characters.
///
/// It looks at the first 72 bytes of a password only: longer ones are equal beyond (a property of the scheme), and
/// none is made for them here. `$2y$` and `$2a$` are read as `$2b$`.
///
/// @param version `2a`, `2b` or `2y`
/// @param cost logarithm to base two of the rounds
/// @param salt 16 bytes
/// @param hash 23 bytes
@SuppressWarnings("ArrayRecordComponent") // compared only in constant time, never by equals
public record Bcrypt(String version, int cost, byte[] salt, byte[] hash) implements PasswordHash {

    /// Bytes of a password that count.
    public static final int PASSWORD_BYTES = 72;

    private static final int COST_MIN = 4;
    private static final int COST_MAX = 31;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 23;
    private static final int SALT_CHARS = 22;
    private static final int HASH_CHARS = 31;
    private static final String FORM = "$2b$12$ and 53 characters";
    private static final String MAGIC = "OrpheanBeholderScryDoubt";
    private static final String ALPHABET = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// Makes one.
    ///
    /// @throws IllegalArgumentException if the password is longer than 72 bytes or has a NUL: bcrypt would not see
    ///     what is behind
    public static Bcrypt of(String password, byte[] salt, int cost) {
        byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > PASSWORD_BYTES || password.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("bcrypt sees no more of a password than its first 72 bytes, and none"
                    + " behind a NUL; take a shorter password or another scheme");
        }
        HashText.expect(cost >= COST_MIN && cost <= COST_MAX && salt.length == SALT_BYTES, "bcrypt", FORM);
        return new Bcrypt("2b", cost, salt, digest(bytes, salt, cost));
    }

    static Bcrypt parse(List<String> parts, HashLimits limits) {
        HashText.expect(parts.size() == 4 && parts.get(2).length() == 2, "bcrypt", FORM);
        int cost = HashText.number(parts.get(2), "bcrypt: cost");
        HashText.expect(cost >= COST_MIN && cost <= COST_MAX, "bcrypt", "with a cost from 04 to 31");
        limits.check("bcrypt: cost", cost, "bcryptCostMax", limits.bcryptCostMax());
        String rest = parts.get(3);
        HashText.expect(rest.length() == SALT_CHARS + HASH_CHARS, "bcrypt", FORM);
        byte[] salt = decode(rest.substring(0, SALT_CHARS), SALT_BYTES);
        byte[] hash = decode(rest.substring(SALT_CHARS), HASH_BYTES);
        return new Bcrypt(parts.get(1), cost, salt, hash);
    }

    private static byte[] digest(byte[] password, byte[] salt, int cost) {
        // The key is the password with its terminating NUL, no longer than 72 bytes.
        byte[] key = Arrays.copyOf(password, Math.min(password.length + 1, PASSWORD_BYTES));
        var cipher = new Blowfish(cost, salt, key);
        var text = new int[MAGIC.length() / Integer.BYTES];
        for (int i = 0; i < MAGIC.length(); i++) {
            text[i / Integer.BYTES] = text[i / Integer.BYTES] << Byte.SIZE | MAGIC.charAt(i);
        }
        for (int at = 0; at < text.length; at += 2) {
            cipher.encipher(text, at, 64);
        }
        var digest = new byte[HASH_BYTES]; // the last byte of the last word is left out
        for (int i = 0; i < HASH_BYTES; i++) {
            digest[i] = (byte) (text[i / Integer.BYTES] >>> (24 - i % Integer.BYTES * Byte.SIZE));
        }
        return digest;
    }

    /// bcrypt's base64: an alphabet of its own, the usual order of bits, no padding.
    private static byte[] decode(String text, int length) {
        var bytes = new byte[length];
        int bits = 0;
        int held = 0;
        int at = 0;
        for (int i = 0; i < text.length(); i++) {
            int value = ALPHABET.indexOf(text.charAt(i));
            HashText.expect(value >= 0, "bcrypt", FORM);
            bits = bits << 6 | value;
            held += 6;
            if (held >= Byte.SIZE && at < length) {
                held -= Byte.SIZE;
                bytes[at++] = (byte) (bits >>> held);
            }
        }
        return bytes;
    }

    private static String encode(byte[] bytes) {
        var text = new StringBuilder();
        int bits = 0;
        int held = 0;
        for (byte each : bytes) {
            bits = bits << Byte.SIZE | (each & 0xFF);
            for (held += Byte.SIZE; held >= 6; held -= 6) {
                text.append(ALPHABET.charAt(bits >>> (held - 6) & 63));
            }
        }
        if (held > 0) {
            text.append(ALPHABET.charAt(bits << (6 - held) & 63));
        }
        return text.toString();
    }

    @Override
    public boolean isOf(String password) {
        byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
        return password.indexOf('\0') < 0 && MessageDigest.isEqual(hash, digest(bytes, salt, cost));
    }

    @Override
    public String text() {
        return "$" + version + "$" + (cost < 10 ? "0" : "") + cost + "$" + encode(salt) + encode(hash);
    }

    @Override
    public String toString() {
        return "Bcrypt[cost=" + cost + "]";
    }
}
