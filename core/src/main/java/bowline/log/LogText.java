package bowline.log;

/// Keeps what a peer sends from forging or hiding log lines (G10).
///
/// There are two kinds of text, told apart by where they come from:
///
/// - *Foreign* text is the value of a field: it may be a peer's. Every control character in it is
///   escaped, line ends included, so that it stays within one line ([#escape]).
/// - *Our own* text is what the program wrote: the format around the fields, a traceback, the parts of
///   `Log.msg`. It may have several lines, each after the first indented by a TAB (LOG-9), so that
///   only events begin in column 0. All other control characters are escaped in it too, for programs
///   do paste a peer's words into their own ([#appendIndented]).
final class LogText {
    private static final String HEX = "0123456789abcdef";

    private LogText() {}

    /// `text` with every control character escaped: `\n`, `\x1b`.
    static String escape(String text) {
        int first = firstUnsafe(text);
        if (first < 0) {
            return text;
        }
        var safe = new StringBuilder(text.length() + 16).append(text, 0, first);
        for (int at = first; at < text.length(); at++) {
            at = appendSafe(safe, text, at);
        }
        return safe.toString();
    }

    /// Appends `text` with a TAB after each line end and every other control character escaped.
    static void appendIndented(StringBuilder out, String text) {
        int first = firstUnsafe(text);
        if (first < 0) {
            out.append(text);
            return;
        }
        out.append(text, 0, first);
        for (int at = first; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\n') {
                out.append("\n\t");
            } else if (c == '\t') {
                out.append(c);
            } else if (c != '\r' || !text.startsWith("\n", at + 1)) { // CR LF is one line end
                at = appendSafe(out, text, at);
            }
        }
    }

    /// Appends the character at `at`, escaped if need be, and returns the index of the last char used.
    private static int appendSafe(StringBuilder out, String text, int at) {
        char c = text.charAt(at);
        if (isPair(text, at)) {
            out.append(c).append(text.charAt(at + 1));
            return at + 1;
        }
        if (isUnsafe(c)) {
            appendEscape(out, c);
        } else {
            out.append(c);
        }
        return at;
    }

    private static int firstUnsafe(String text) {
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (isPlain(c)) {
                continue; // nearly always
            }
            if (isPair(text, at)) {
                at++;
            } else if (isUnsafe(c)) {
                return at;
            }
        }
        return -1;
    }

    /// Printable ASCII.
    private static boolean isPlain(char c) {
        return c >= ' ' && c <= '~';
    }

    /// Whether a whole character begins at `at` that takes two chars.
    static boolean isPair(String text, int at) {
        return Character.isHighSurrogate(text.charAt(at))
                && at + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(at + 1));
    }

    /// Whether a char may stand in a line as it is; halves of pairs may not.
    static boolean isSafe(char c) {
        return !isUnsafe(c);
    }

    /// Controls (C0, DEL, C1 with its one-byte CSI), Unicode's line ends, the marks that turn the
    /// direction of writing and so reorder a line on the screen, and halves of characters.
    private static boolean isUnsafe(char c) {
        return c < ' '
                || (c >= 0x7f && c <= 0x9f)
                || c == 0x2028
                || c == 0x2029
                || turnsDirection(c)
                || Character.isSurrogate(c);
    }

    private static boolean turnsDirection(char c) {
        return c == 0x061c
                || c == 0x200e
                || c == 0x200f
                || (c >= 0x202a && c <= 0x202e)
                || (c >= 0x2066 && c <= 0x2069);
    }

    private static void appendEscape(StringBuilder out, char c) {
        switch (c) {
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                if (c <= 0xff) {
                    out.append("\\x").append(hex(c >> 4)).append(hex(c));
                } else {
                    appendUnicodeEscape(out, c);
                }
            }
        }
    }

    /// Appends a backslash, `u` and four hexadecimal digits.
    static void appendUnicodeEscape(StringBuilder out, char c) {
        out.append("\\u")
                .append(hex(c >> 12))
                .append(hex(c >> 8))
                .append(hex(c >> 4))
                .append(hex(c));
    }

    private static char hex(int digit) {
        return HEX.charAt(digit & 0xf);
    }
}
