package bowline.cred.sasl;

import bowline.bytes.Ascii;
import bowline.machine.PeerViolation;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// The grammar of SCRAM messages (RFC 5802 §7): `a=value` with commas between.
final class ScramText {
    /// Longest message that is read. The RFC names none; names, nonces and salts of a real peer are far shorter.
    static final int MESSAGE_MAX_CHARS = 4096;

    private static final int SHOWN_MAX_CHARS = 40;
    private static final String SOURCE = "SCRAM, RFC 5802 §7";

    private ScramText() {}

    static PeerViolation violation(String what) {
        return new PeerViolation(what, SOURCE);
    }

    static void checkLength(String message) {
        if (message.length() > MESSAGE_MAX_CHARS) {
            throw violation("a message of " + message.length() + " characters is above the limit MESSAGE_MAX_CHARS, "
                    + MESSAGE_MAX_CHARS);
        }
    }

    static List<String> split(String message) {
        var parts = new ArrayList<String>();
        int from = 0;
        for (int to = message.indexOf(','); to >= 0; to = message.indexOf(',', from)) {
            parts.add(message.substring(from, to));
            from = to + 1;
        }
        parts.add(message.substring(from));
        return parts;
    }

    /// The value of attribute `name` at place `at`.
    static String value(List<String> parts, int at, char name) {
        String part = at < parts.size() ? parts.get(at) : "";
        if (part.length() < 2 || part.charAt(0) != name || part.charAt(1) != '=') {
            if (part.startsWith("m=")) {
                throw violation("the extension " + Ascii.quote(part, SHOWN_MAX_CHARS) + " is not known here");
            }
            throw violation("attribute " + name + "= is missing where " + Ascii.quote(part, SHOWN_MAX_CHARS) + " is");
        }
        return part.substring(2);
    }

    static byte[] base64(String text, String what) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException malformed) {
            throw violation(what + " " + Ascii.quote(text, SHOWN_MAX_CHARS) + " is not base64");
        }
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /// A nonce is printable ASCII but the comma.
    static String nonce(String text) {
        if (text.isEmpty() || !text.chars().allMatch(c -> c > ' ' && c < 0x7F && c != ',')) {
            throw violation("nonce " + Ascii.quote(text, SHOWN_MAX_CHARS) + " is not printable ASCII");
        }
        return text;
    }

    /// A name with `,` and `=` written as `=2C` and `=3D` (RFC 5802 §5.1).
    static String escaped(String name) {
        if (name.isEmpty() || name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a user name is not empty and has no NUL");
        }
        return name.replace("=", "=3D").replace(",", "=2C");
    }

    static String unescaped(String text) {
        var name = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\0') {
                throw violation("a user name has a NUL");
            }
            if (c != '=') {
                name.append(c);
                continue;
            }
            if (text.startsWith("=2C", i)) {
                name.append(',');
            } else if (text.startsWith("=3D", i)) {
                name.append('=');
            } else {
                throw violation("user name " + Ascii.quote(text, SHOWN_MAX_CHARS) + " has a = that is not =2C or =3D");
            }
            i += 2;
        }
        if (name.isEmpty()) {
            throw violation("the user name is empty");
        }
        return name.toString();
    }

    /// A whole number of at most nine digits.
    static int number(String text) {
        boolean digits = !text.isEmpty() && text.length() <= 9 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits) {
            throw violation("iteration count " + Ascii.quote(text, SHOWN_MAX_CHARS) + " is not a number");
        }
        return Integer.parseInt(text);
    }

    static byte[] xor(byte[] a, byte[] b) {
        var sum = a.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] ^= b[i];
        }
        return sum;
    }
}
