package bowline.cred.hash;

import bowline.bytes.Ascii;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// Reads the text of hashes: which scheme it is, and the parts between the dollar signs.
final class HashText {
    private static final int SHOWN_MAX_CHARS = 12;

    private HashText() {}

    static PasswordHash parse(String text, HashLimits limits) {
        limits.check("a hash's length", text.length(), "textMaxChars", limits.textMaxChars());
        if (text.startsWith("{PLAIN}")) {
            return new PlainPassword(text.substring("{PLAIN}".length()));
        }
        List<String> parts = split(text, '$');
        if (text.startsWith("SCRAM-")) {
            return ScramSecret.parse(parts, limits);
        }
        if (parts.getFirst().startsWith("pbkdf2_")) {
            return Pbkdf2.parseDjango(parts, limits);
        }
        if (parts.size() < 3 || !parts.getFirst().isEmpty()) {
            throw new IllegalArgumentException("it is no password hash that is known here; these are bcrypt ($2b$),"
                    + " $argon2id$, $scrypt$, $pbkdf2-sha256$, $5$, $6$, SCRAM-SHA-256$ and {PLAIN}");
        }
        String scheme = parts.get(1);
        return switch (scheme) {
            case "2a", "2b", "2y" -> Bcrypt.parse(parts, limits);
            case "5", "6" -> ShaCrypt.parse(parts, limits);
            case "scrypt" -> Scrypt.parse(parts, limits);
            case "argon2d", "argon2i", "argon2id" -> Argon2.parse(parts, limits);
            case "pbkdf2", "pbkdf2-sha1", "pbkdf2-sha256", "pbkdf2-sha512" -> Pbkdf2.parse(parts, limits);
            default ->
                throw new IllegalArgumentException("hashes of scheme " + Ascii.quote(scheme, SHOWN_MAX_CHARS)
                        + " cannot be checked; make the hash anew as bcrypt, argon2id, scrypt, PBKDF2 or SHA-crypt");
        };
    }

    static List<String> split(String text, char at) {
        var parts = new ArrayList<String>();
        int from = 0;
        for (int to = text.indexOf(at); to >= 0; to = text.indexOf(at, from)) {
            parts.add(text.substring(from, to));
            from = to + 1;
        }
        parts.add(text.substring(from));
        return parts;
    }

    /// The parts of a hash, whose number is known.
    static void expect(boolean shape, String scheme, String form) {
        if (!shape) {
            throw new IllegalArgumentException("a hash of " + scheme + " is written " + form + ", this one is not");
        }
    }

    /// The values of `names` in `m=1,t=2,p=3`: each once, in this order, and nothing else.
    static int[] parameters(String text, String scheme, String... names) {
        List<String> given = split(text, ',');
        expect(given.size() == names.length, scheme, "with " + String.join("=, ", names) + "=");
        var values = new int[names.length];
        for (int i = 0; i < names.length; i++) {
            String prefix = names[i] + "=";
            expect(given.get(i).startsWith(prefix), scheme, "with " + prefix);
            values[i] = number(given.get(i).substring(prefix.length()), scheme + ": " + names[i]);
        }
        return values;
    }

    /// A whole number without sign and leading zeros, at least 1 unless it is 0.
    static int number(String text, String what) {
        boolean digits = !text.isEmpty() && text.length() <= 9;
        for (int i = 0; i < text.length() && digits; i++) {
            digits = text.charAt(i) >= '0' && text.charAt(i) <= '9';
        }
        if (!digits) {
            throw new IllegalArgumentException(
                    what + " " + Ascii.quote(text, SHOWN_MAX_CHARS) + " is not a number of at most nine digits");
        }
        return Integer.parseInt(text);
    }

    static byte[] base64(String text, String scheme) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException("a hash of " + scheme + " has a part that is not base64", malformed);
        }
    }

    /// As argon2 and scrypt write it: without padding.
    static String base64(byte[] bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }
}
