package bowline.web.message;

import java.nio.ByteBuffer;

/// Shows what a peer or a caller gave, escaped and shortened, for an error's text (G10).
public final class Quoted {
    private static final int SHOWN_MAX = 40;

    private Quoted() {}

    /// The text, so shown.
    public static String of(String text) {
        var shown = new StringBuilder();
        for (int i = 0; i < text.length() && i < SHOWN_MAX; i++) {
            append(shown, text.charAt(i));
        }
        return text.length() > SHOWN_MAX ? shown.append('…').toString() : shown.toString();
    }

    /// The bytes from `from` up to `to` of `bytes`, so shown.
    public static String of(ByteBuffer bytes, int from, int to) {
        var shown = new StringBuilder();
        for (int i = from; i < to && i < from + SHOWN_MAX; i++) {
            append(shown, (char) (bytes.get(i) & 0xFF));
        }
        return to - from > SHOWN_MAX ? shown.append('…').toString() : shown.toString();
    }

    private static void append(StringBuilder shown, char c) {
        if (c >= ' ' && c < 0x7F && c != '"' && c != '\\') {
            shown.append(c);
        } else {
            shown.append(c > 0xFF ? "\\u%04x".formatted((int) c) : "\\x%02x".formatted((int) c));
        }
    }
}
