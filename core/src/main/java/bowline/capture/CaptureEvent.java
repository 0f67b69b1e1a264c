package bowline.capture;

import bowline.failure.Failure;
import java.util.BitSet;
import java.util.Locale;

/// One thing that went over the boundary between a protocol and its transport.
public final class CaptureEvent {
    private static final byte[] NONE = {};

    private final Kind kind;
    private final long nanos;
    private final long number;
    private final byte[] bytes;
    private final BitSet masked;
    private final String text;

    /// What happened. "It" is the protocol.
    public enum Kind {
        /// It got its connection.
        OPENED(Has.NOTHING),
        /// It was given bytes; the number is how many it left unread.
        RECEIVED(Has.NUMBER_AND_BYTES),
        /// It was shown again what it had left; the number is how much it left now.
        SHOWN(Has.NUMBER),
        /// It wrote bytes.
        WRITTEN(Has.BYTES),
        /// It had a part of a file sent; the number is how many bytes.
        FILE(Has.NUMBER),
        /// It wants no more for now.
        PAUSED(Has.NOTHING),
        /// It wants more.
        RESUMED(Has.NOTHING),
        /// Its producer was told to wait.
        PRODUCER_PAUSED(Has.NOTHING),
        /// Its producer was told to go on.
        PRODUCER_RESUMED(Has.NOTHING),
        /// Its pull producer was asked for more.
        PRODUCER_ASKED(Has.NOTHING),
        /// It was told that the peer sends no more.
        READ_ENDED(Has.NOTHING),
        /// It was told that its own side is closed.
        WRITE_ENDED(Has.NOTHING),
        /// It closed its own side.
        ENDING(Has.NOTHING),
        /// It lost the connection.
        CLOSING(Has.NOTHING),
        /// It aborted the connection.
        ABORTING(Has.NOTHING),
        /// It threw; the text is the name of the class, a space and the message.
        ERROR(Has.TEXT),
        /// An error was logged for it.
        LOGGED(Has.TEXT),
        /// It was told that the connection is gone; the text is the reason, as of [#ERROR].
        CLOSED(Has.TEXT);

        private final Has has;

        Kind(Has has) {
            this.has = has;
        }

        boolean hasNumber() {
            return has == Has.NUMBER || has == Has.NUMBER_AND_BYTES;
        }

        boolean hasBytes() {
            return has == Has.BYTES || has == Has.NUMBER_AND_BYTES;
        }

        boolean hasText() {
            return has == Has.TEXT;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private enum Has {
        NOTHING,
        NUMBER,
        BYTES,
        NUMBER_AND_BYTES,
        TEXT
    }

    CaptureEvent(Kind kind, long nanos, long number, byte[] bytes, BitSet masked, String text) {
        this.kind = kind;
        this.nanos = nanos;
        this.number = number;
        this.bytes = bytes;
        this.masked = masked;
        this.text = text;
    }

    static CaptureEvent of(Kind kind, long nanos, long number) {
        return new CaptureEvent(kind, nanos, number, NONE, new BitSet(), "");
    }

    static CaptureEvent of(Kind kind, long nanos, String text) {
        return new CaptureEvent(kind, nanos, 0, NONE, new BitSet(), text);
    }

    static String textOf(Failure failure) {
        return failure.typeName() + " " + failure.message();
    }

    CaptureEvent withNumber(long other) {
        return new CaptureEvent(kind, nanos, other, bytes, masked, text);
    }

    /// What happened.
    public Kind kind() {
        return kind;
    }

    /// When, in nanoseconds since the opening.
    public long nanos() {
        return nanos;
    }

    /// The number of [Kind#RECEIVED], [Kind#SHOWN] and [Kind#FILE]; of others 0.
    public long number() {
        return number;
    }

    /// How many bytes were received or written.
    public int length() {
        return bytes.length;
    }

    /// The bytes received or written, [Masking#COVER] where they were masked.
    public byte[] bytes() {
        return bytes.clone();
    }

    /// The byte at `index`.
    public byte byteAt(int index) {
        return bytes[index];
    }

    /// Whether the byte at `index` was masked.
    public boolean isMasked(int index) {
        return masked.get(index);
    }

    /// The text of [Kind#ERROR], [Kind#LOGGED] and [Kind#CLOSED]; of others empty.
    public String text() {
        return text;
    }

    /// The line of a file for it.
    @Override
    public String toString() {
        return CaptureText.line(this);
    }
}
