package bowline.bytes;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Bytes as the text that protocols are written in: finding, quoting and strict narrowing.
public final class Ascii {
    private static final long LOW_BITS = 0x7F7F7F7F7F7F7F7FL;
    private static final long EACH_BYTE = 0x0101010101010101L;

    private Ascii() {}

    /// The index of the first `wanted` in `bytes` from index `from` up to, not including, `to`; -1 if
    /// there is none. The indices are absolute, and the buffer's position does not matter.
    public static int indexOf(ByteBuffer bytes, byte wanted, int from, int to) {
        int at = from;
        long pattern = (wanted & 0xFF) * EACH_BYTE;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            long found = zeroBytes(bytes.getLong(at) ^ pattern);
            if (found != 0) {
                int bits = bytes.order() == ByteOrder.BIG_ENDIAN
                        ? Long.numberOfLeadingZeros(found)
                        : Long.numberOfTrailingZeros(found);
                return at + bits / Byte.SIZE;
            }
        }
        for (; at < to; at++) {
            if (bytes.get(at) == wanted) {
                return at;
            }
        }
        return -1;
    }

    /// The top bit of each byte of `word` that is zero, eight bytes at once. Exact in every byte: the sum
    /// cannot carry into the next one.
    private static long zeroBytes(long word) {
        return ~(((word & LOW_BITS) + LOW_BITS) | word | LOW_BITS);
    }

    /// What remains in `bytes`, as text of one character a byte (ISO 8859-1); nothing is taken.
    public static String text(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(bytes.position(), copy);
        return new String(copy, StandardCharsets.ISO_8859_1);
    }

    /// `text` as bytes.
    ///
    /// @throws IllegalArgumentException if a character is not ASCII: nothing is narrowed silently (G3)
    public static byte[] bytes(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7F) {
                throw new IllegalArgumentException(
                        quote(text, text.length()) + " has a character that is not ASCII at index " + i);
            }
        }
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /// `text` in quotes, fit for a log line or an error: everything but printable ASCII is escaped, and
    /// what goes beyond `max` characters is cut off and marked (G10).
    public static String quote(CharSequence text, int max) {
        var quoted = new StringBuilder("\"");
        for (int i = 0; i < Math.min(max, text.length()); i++) {
            escape(text.charAt(i), quoted);
        }
        return quoted.append(text.length() > max ? "\"…" : "\"").toString();
    }

    /// As [#quote(CharSequence, int)], for what remains in `bytes`; nothing is taken.
    public static String quote(ByteBuffer bytes, int max) {
        int shown = Math.min(bytes.remaining(), max + 1);
        return quote(text(bytes.slice(bytes.position(), shown)), max);
    }

    private static void escape(char c, StringBuilder to) {
        switch (c) {
            case '"' -> to.append("\\\"");
            case '\\' -> to.append("\\\\");
            case '\r' -> to.append("\\r");
            case '\n' -> to.append("\\n");
            case '\t' -> to.append("\\t");
            default -> {
                if (c >= ' ' && c < 0x7F) {
                    to.append(c);
                } else {
                    to.append(c <= 0xFF ? "\\x%02x".formatted((int) c) : "\\u%04x".formatted((int) c));
                }
            }
        }
    }
}
