package bowline.framing;

import bowline.bytes.Ascii;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/// What lines look like and how long they may be (LIN-1).
///
/// @param delimiter what ends a line: one character a byte, each below 256, at least one
/// @param lineMaxBytes the longest line taken, in bytes, its delimiter not counted
/// @param charset how lines become text, where text is wanted (LIN-11)
public record LineOptions(String delimiter, int lineMaxBytes, Charset charset) {

    /// The longest line taken unless another limit is given (LIN-1).
    public static final int LINE_MAX_BYTES = 16_384;

    private static final LineOptions CRLF = new LineOptions("\r\n", LINE_MAX_BYTES, StandardCharsets.UTF_8);
    private static final LineOptions LF = CRLF.delimiter("\n");

    /// Checks the delimiter and the limit.
    public LineOptions {
        if (delimiter.isEmpty()) {
            throw new IllegalArgumentException("the delimiter of lines is empty; lines would never end");
        }
        if (delimiter.chars().anyMatch(c -> c > 0xFF)) {
            throw new IllegalArgumentException("delimiter " + Ascii.quote(delimiter, delimiter.length())
                    + " has a character above \\xff; write it as one character a byte");
        }
        if (lineMaxBytes < 0 || lineMaxBytes > Integer.MAX_VALUE - delimiter.length()) {
            throw new IllegalArgumentException("lineMaxBytes " + lineMaxBytes + " is negative or too large");
        }
    }

    /// Lines of UTF-8 ended by CR LF, at most [#LINE_MAX_BYTES] long: what most Internet protocols use.
    public static LineOptions crlf() {
        return CRLF;
    }

    /// The same, ended by LF alone.
    public static LineOptions lf() {
        return LF;
    }

    /// The same with another delimiter.
    public LineOptions delimiter(String delimiter) {
        return new LineOptions(delimiter, lineMaxBytes, charset);
    }

    /// The same with another limit.
    public LineOptions lineMaxBytes(int lineMaxBytes) {
        return new LineOptions(delimiter, lineMaxBytes, charset);
    }

    /// The same with another charset.
    public LineOptions charset(Charset charset) {
        return new LineOptions(delimiter, lineMaxBytes, charset);
    }
}
