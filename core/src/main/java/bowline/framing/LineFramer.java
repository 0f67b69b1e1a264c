package bowline.framing;

import bowline.bytes.Ascii;
import bowline.bytes.ByteSink;
import bowline.machine.Machine;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Cuts bytes into lines at a delimiter (LIN-1). Pure: no transport, clock or thread.
///
/// It looks for the delimiter's last byte and remembers how far it has looked, so every byte is looked
/// at once, however the line was cut on its way (LIN-8, G7).
public final class LineFramer implements Machine<ByteBuffer> {
    private final byte[] delimiter;
    private final int lineMaxBytes;

    /// How many of the unread bytes are known not to end a delimiter.
    private int scanned;

    /// For lines as `options` describe them.
    public LineFramer(LineOptions options) {
        delimiter = options.delimiter().getBytes(StandardCharsets.ISO_8859_1);
        lineMaxBytes = options.lineMaxBytes();
    }

    /// The next line without its delimiter, empty ones too; null when none has ended yet. The line is a
    /// slice of `unread`.
    ///
    /// @throws LineTooLong if the line is longer than the limit, or cannot end within it any more; then
    /// nothing is taken, and the next call begins anew with whatever it is given
    @Override
    public @Nullable ByteBuffer next(ByteBuffer unread) {
        int start = unread.position();
        int end = endOfDelimiter(unread, start + scanned);
        if (end < 0) {
            scanned = unread.remaining();
            if (scanned >= lineMaxBytes + delimiter.length) {
                throw tooLong();
            }
            return null;
        }
        int length = end - delimiter.length - start;
        if (length > lineMaxBytes) {
            throw tooLong();
        }
        scanned = 0;
        ByteBuffer line = unread.slice(start, length);
        unread.position(end);
        return line;
    }

    /// Forgets how far it has looked: for whoever took bytes past this machine.
    public void reset() {
        scanned = 0;
    }

    /// Writes `line` and the delimiter.
    ///
    /// @throws IllegalArgumentException if the reader would see the line end elsewhere than at its end (G3)
    @Override
    public void send(ByteBuffer line, ByteSink sink) {
        byte[] whole = new byte[line.remaining() + delimiter.length];
        System.arraycopy(delimiter, 0, whole, line.remaining(), delimiter.length);
        line.get(whole, 0, line.remaining());
        if (endOfDelimiter(ByteBuffer.wrap(whole), 0) != whole.length) {
            throw new IllegalArgumentException("line " + Ascii.quote(ByteBuffer.wrap(whole), 40)
                    + " holds its own delimiter and would be read as several; send each by itself");
        }
        sink.write(whole);
    }

    private LineTooLong tooLong() {
        scanned = 0;
        return new LineTooLong(lineMaxBytes);
    }

    /// The index behind the first delimiter that ends at `from` or later, or -1.
    private int endOfDelimiter(ByteBuffer bytes, int from) {
        byte last = delimiter[delimiter.length - 1];
        int first = bytes.position() + delimiter.length - 1;
        int at = Ascii.indexOf(bytes, last, Math.max(from, first), bytes.limit());
        while (at >= 0 && !delimiterEndsAt(bytes, at)) {
            at = Ascii.indexOf(bytes, last, at + 1, bytes.limit());
        }
        return at < 0 ? -1 : at + 1;
    }

    private boolean delimiterEndsAt(ByteBuffer bytes, int at) {
        for (int i = 1; i < delimiter.length; i++) {
            if (bytes.get(at - i) != delimiter[delimiter.length - 1 - i]) {
                return false;
            }
        }
        return true;
    }
}
