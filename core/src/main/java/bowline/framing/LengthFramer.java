package bowline.framing;

import bowline.bytes.ByteSink;
import bowline.machine.Machine;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Cuts bytes into strings that have their length in front: unsigned, big-endian, of 1, 2 or 4 bytes
/// (INT-1). Pure: no transport, clock or thread.
///
/// Nothing is taken until a string is there whole, and nothing is allocated for what was merely
/// announced (G1).
public final class LengthFramer implements Machine<ByteBuffer> {

    /// How wide the length in front is.
    public enum Prefix {
        /// One byte: strings up to 255 bytes.
        INT8(1),
        /// Two bytes: strings up to 65 535 bytes.
        INT16(2),
        /// Four bytes: strings up to 4 294 967 295 bytes, as far as the limit allows.
        INT32(4);

        private final int bytes;

        Prefix(int bytes) {
            this.bytes = bytes;
        }

        /// How many bytes the length takes.
        public int bytes() {
            return bytes;
        }

        /// The longest string it can announce.
        public long longest() {
            return (1L << (bytes * Byte.SIZE)) - 1;
        }
    }

    private final Prefix prefix;
    private final int stringMaxBytes;

    /// For strings behind a length as wide as `prefix`, within `limits`.
    public LengthFramer(Prefix prefix, StringLimits limits) {
        this.prefix = prefix;
        stringMaxBytes = limits.stringMaxBytes();
    }

    /// The next string, a slice of `unread`, or null when none has ended yet.
    ///
    /// @throws LengthLimitExceeded if the announced length is more than the limit; nothing is taken then
    @Override
    public @Nullable ByteBuffer next(ByteBuffer unread) {
        if (unread.remaining() < prefix.bytes) {
            return null;
        }
        long announced = announced(unread);
        if (announced > stringMaxBytes) {
            throw new LengthLimitExceeded(announced, stringMaxBytes);
        }
        if (unread.remaining() - prefix.bytes < announced) {
            return null;
        }
        unread.position(unread.position() + prefix.bytes);
        ByteBuffer string = unread.slice(unread.position(), (int) announced);
        unread.position(unread.position() + string.remaining());
        return string;
    }

    private long announced(ByteBuffer unread) {
        long length = 0;
        for (int i = 0; i < prefix.bytes; i++) {
            length = (length << Byte.SIZE) | (unread.get(unread.position() + i) & 0xFF);
        }
        return length;
    }

    /// Writes the length of `string`, then `string`.
    ///
    /// @throws StringTooLongError if the prefix cannot express its length (INT-2)
    @Override
    public void send(ByteBuffer string, ByteSink sink) {
        int length = string.remaining();
        if (length > prefix.longest()) {
            throw new StringTooLongError(length, prefix);
        }
        byte[] head = new byte[prefix.bytes];
        for (int i = 0; i < head.length; i++) {
            head[i] = (byte) (length >>> ((head.length - 1 - i) * Byte.SIZE));
        }
        sink.write(head);
        sink.write(string);
    }
}
