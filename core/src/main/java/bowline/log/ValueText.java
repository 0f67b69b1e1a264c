package bowline.log;

import bowline.failure.Failure;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// The text of any value whatever, in a log line. Nothing here throws, whatever the value's own methods do (LGR-4).
final class ValueText {

    /// Longest text of one field that is printed, in characters; of the rest only the length is told.
    static final int FIELD_MAX_CHARS = 16_384;

    private ValueText() {}

    /// The value as a field of a line: foreign text, escaped and shortened, except for a [Failure],
    /// whose frames are our own text of several lines.
    static String field(@Nullable Object value) {
        if (value instanceof Failure) {
            return plain(value);
        }
        return isBytes(value) ? LogText.escape(plain(value)) : foreign(plain(value));
    }

    /// The value's debug text as a field of a line (`!r`).
    static String debugField(@Nullable Object value) {
        return isBytes(value) ? LogText.escape(debug(value)) : foreign(debug(value));
    }

    /// Bytes are shortened before they become text.
    private static boolean isBytes(@Nullable Object value) {
        return value instanceof byte[] || value instanceof ByteBuffer;
    }

    /// An event's values, each by its debug text: for those who must find out what is wrong with a format.
    static String values(LogEvent event) {
        var text = new StringJoiner(", ", "{", "}");
        event.values().forEach((key, value) -> text.add(foreign(key) + "=" + debugField(value)));
        return text.toString();
    }

    /// `text` shortened and escaped.
    static String foreign(String text) {
        if (text.length() <= FIELD_MAX_CHARS) {
            return LogText.escape(text);
        }
        return LogText.escape(text.substring(0, FIELD_MAX_CHARS)) + "… (" + (text.length() - FIELD_MAX_CHARS)
                + " characters more)";
    }

    /// What the value says of itself; bytes as the characters they would be in ASCII.
    static String plain(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case String text -> text;
            case byte[] bytes -> latin1(ByteBuffer.wrap(bytes));
            case ByteBuffer bytes -> latin1(bytes.duplicate());
            default -> described(value);
        };
    }

    /// The value's text for programmers: what is text or bytes stands in quotes.
    static String debug(@Nullable Object value) {
        return switch (value) {
            case String text -> '"' + text + '"';
            case Character c -> "'" + c + "'";
            case null, default -> isBytes(value) ? "bytes\"" + plain(value) + '"' : plain(value);
        };
    }

    private static String latin1(ByteBuffer bytes) {
        var first = new byte[Math.min(bytes.remaining(), FIELD_MAX_CHARS)];
        int more = bytes.remaining() - first.length;
        bytes.get(first);
        String text = new String(first, StandardCharsets.ISO_8859_1);
        return more == 0 ? text : text + "… (" + more + " bytes more)";
    }

    private static String described(Object value) {
        try {
            return value instanceof Object[] array ? Arrays.deepToString(array) : String.valueOf(value);
        } catch (Throwable broken) { // even a StackOverflowError: a value that contains itself must not end the log
            return "(this " + value.getClass().getName() + " has no text: its toString threw "
                    + broken.getClass().getName() + ")";
        }
    }
}
