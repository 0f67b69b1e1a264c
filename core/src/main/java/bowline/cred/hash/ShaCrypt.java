package bowline.cred.hash;

import bowline.bytes.Ascii;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/// SHA-crypt (Drepper, 2007) of the C library: `$5$salt$hash` with SHA-256, `$6$salt$hash` with SHA-512, as
/// `openssl passwd -5`, `-6` and `mkpasswd` write it.
///
/// @param sha512 whether it is `$6$`
/// @param rounds how many, 1000 to 999 999 999
/// @param roundsGiven whether the text says so, as in `$6$rounds=10000$salt$hash`
/// @param salt up to 16 characters
/// @param hash as text, 43 or 86 characters
public record ShaCrypt(boolean sha512, int rounds, boolean roundsGiven, String salt, String hash)
        implements PasswordHash {
    private static final String ALPHABET = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int ROUNDS_DEFAULT = 5000;
    private static final int ROUNDS_MIN = 1000;
    private static final int ROUNDS_MAX = 999_999_999;
    private static final int SALT_MAX_CHARS = 16;
    private static final String FORM = "$6$salt$hash or $6$rounds=10000$salt$hash";
    private static final String ROUNDS = "rounds=";

    /// Makes one of `$6$`.
    public static ShaCrypt of(String password, String salt, int rounds) {
        HashText.expect(rounds >= ROUNDS_MIN && rounds <= ROUNDS_MAX && isSalt(salt), "SHA-crypt", FORM);
        var empty = new ShaCrypt(true, rounds, rounds != ROUNDS_DEFAULT, salt, "");
        String hash = empty.compute(password.getBytes(StandardCharsets.UTF_8));
        return new ShaCrypt(true, rounds, empty.roundsGiven, salt, hash);
    }

    /// Six bits a character, for a salt of 16 characters from 12 random bytes.
    static String saltOf(byte[] random) {
        var salt = new StringBuilder();
        for (int at = 0; at + 2 < random.length; at += 3) {
            append(salt, random[at], random[at + 1], random[at + 2], 4);
        }
        return salt.toString();
    }

    static ShaCrypt parse(List<String> parts, HashLimits limits) {
        boolean sha512 = parts.get(1).equals("6");
        boolean roundsGiven = parts.get(2).startsWith(ROUNDS);
        HashText.expect(parts.size() == (roundsGiven ? 5 : 4), "SHA-crypt", FORM);
        int rounds = ROUNDS_DEFAULT;
        if (roundsGiven) {
            // The C library raises or lowers numbers out of its range, and writes what it used.
            int given = HashText.number(parts.get(2).substring(ROUNDS.length()), "SHA-crypt: rounds");
            rounds = Math.max(ROUNDS_MIN, given);
        }
        limits.check("SHA-crypt: rounds", rounds, "roundsMax", limits.roundsMax());
        String salt = parts.get(parts.size() - 2);
        String hash = parts.getLast();
        HashText.expect(isSalt(salt) && hash.length() == (sha512 ? 86 : 43), "SHA-crypt", FORM);
        return new ShaCrypt(sha512, rounds, roundsGiven, salt, hash);
    }

    private static boolean isSalt(String salt) {
        return salt.length() <= SALT_MAX_CHARS
                && salt.chars().allMatch(c -> c > ' ' && c < 0x7F && c != ':' && c != '$');
    }

    /// The steps of the specification, by their numbers there.
    private String compute(byte[] password) {
        MessageDigest digest = Jca.digest(sha512 ? "SHA-512" : "SHA-256");
        int size = digest.getDigestLength();
        byte[] saltBytes = Ascii.bytes(salt);
        digest.update(password); // 4 to 8
        digest.update(saltBytes);
        digest.update(password);
        byte[] b = digest.digest();
        digest.update(password); // 1 to 3
        digest.update(saltBytes);
        digest.update(cycled(b, password.length)); // 9 and 10
        for (int bits = password.length; bits > 0; bits >>>= 1) { // 11
            digest.update((bits & 1) != 0 ? b : password);
        }
        final byte[] a = digest.digest(); // 12
        for (int i = 0; i < password.length; i++) { // 13 to 15
            digest.update(password);
        }
        final byte[] p = cycled(digest.digest(), password.length); // 16
        for (int i = 0; i < 16 + (a[0] & 0xFF); i++) { // 17 to 19
            digest.update(saltBytes);
        }
        final byte[] s = cycled(digest.digest(), saltBytes.length); // 20
        byte[] c = a;
        for (int i = 0; i < rounds; i++) { // 21
            digest.update((i & 1) != 0 ? p : c);
            if (i % 3 != 0) {
                digest.update(s);
            }
            if (i % 7 != 0) {
                digest.update(p);
            }
            digest.update((i & 1) != 0 ? c : p);
            c = digest.digest();
        }
        return sha512 ? text512(c) : text256(c, size);
    }

    private static byte[] cycled(byte[] bytes, int length) {
        var all = new byte[length];
        for (int i = 0; i < length; i++) {
            all[i] = bytes[i % bytes.length];
        }
        return all;
    }

    /// Step 22e: three bytes that lie a third apart, turning with each group.
    private static String text256(byte[] c, int size) {
        var text = new StringBuilder();
        int third = size / 3;
        for (int i = 0; i < third; i++) {
            int[] from = turned(i, third, i % 3, false);
            append(text, c[from[0]], c[from[1]], c[from[2]], 4);
        }
        append(text, (byte) 0, c[31], c[30], 3);
        return text.toString();
    }

    private static String text512(byte[] c) {
        var text = new StringBuilder();
        int third = 21;
        for (int i = 0; i < third; i++) {
            int[] from = turned(i, third, i % 3, true);
            append(text, c[from[0]], c[from[1]], c[from[2]], 4);
        }
        append(text, (byte) 0, (byte) 0, c[63], 2);
        return text.toString();
    }

    /// SHA-256 turns the three to the right with each group, SHA-512 to the left.
    private static int[] turned(int i, int third, int turn, boolean left) {
        int shift = left ? turn : (3 - turn) % 3;
        return new int[] {i + shift % 3 * third, i + (shift + 1) % 3 * third, i + (shift + 2) % 3 * third};
    }

    /// The lowest six bits first.
    private static void append(StringBuilder text, byte high, byte middle, byte low, int chars) {
        int bits = (high & 0xFF) << 16 | (middle & 0xFF) << 8 | (low & 0xFF);
        for (int i = 0; i < chars; i++, bits >>>= 6) {
            text.append(ALPHABET.charAt(bits & 63));
        }
    }

    @Override
    public boolean isOf(String password) {
        byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(Ascii.bytes(compute(bytes)), hash.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String text() {
        return (sha512 ? "$6$" : "$5$") + (roundsGiven ? ROUNDS + rounds + "$" : "") + salt + "$" + hash;
    }

    @Override
    public String toString() {
        return "ShaCrypt[" + (sha512 ? "SHA-512" : "SHA-256") + ", rounds=" + rounds + "]";
    }
}
