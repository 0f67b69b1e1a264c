package bowline.web.message;

import java.nio.charset.StandardCharsets;

/// The grammar of `uri-host [ ":" port ]` (RFC 9110 §7.2, RFC 3986 §3.2), without user information, which has no
/// place in a request (H1-7).
public final class Authority {
    private static final int PORT_MAX_DIGITS = 5;

    private Authority() {}

    /// Whether `text` is a host and perhaps a port. Empty is allowed: for a target that has no authority.
    public static boolean isValid(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return isValid(bytes, 0, bytes.length);
    }

    /// Whether `text` is a host and a port, as CONNECT needs it (RFC 9112 §3.2.3).
    public static boolean hasPort(String text) {
        int colon = text.lastIndexOf(':');
        return colon > 0 && colon < text.length() - 1 && text.charAt(colon + 1) != ']' && isValid(text);
    }

    /// The host of a valid one, an address of IPv6 in its brackets.
    public static String host(String authority) {
        int colon = authority.lastIndexOf(':');
        return colon > authority.lastIndexOf(']') ? authority.substring(0, colon) : authority;
    }

    static boolean isValid(byte[] bytes, int from, int to) {
        int at = from;
        if (at < to && bytes[at] == '[') {
            at = behindLiteral(bytes, from + 1, to);
        } else {
            while (at < to && Alphabet.is(bytes[at], Alphabet.HOST)) {
                at++;
            }
        }
        return at == to || (at > from && bytes[at] == ':' && isPort(bytes, at + 1, to));
    }

    /// Where an address in brackets ends, or `from - 1` if it does not.
    private static int behindLiteral(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && (Alphabet.is(bytes[at], Alphabet.HOST) || bytes[at] == ':')) {
            at++;
        }
        return at < to && at > from && bytes[at] == ']' ? at + 1 : from - 1;
    }

    private static boolean isPort(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            if (!Alphabet.is(bytes[at], Alphabet.DIGIT)) {
                return false;
            }
        }
        return to - from <= PORT_MAX_DIGITS;
    }
}
