package bowline.bytes;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Takes bytes, all of them, at once: the one way out. What is written is copied (or sent) before the
/// call returns, so the caller may use its array again immediately.
public interface ByteSink {

    /// Takes everything between position and limit; afterwards nothing remains.
    void write(ByteBuffer bytes);

    /// Takes `length` bytes of `bytes` from `offset` on.
    ///
    /// @throws IndexOutOfBoundsException if the range is not inside the array
    void write(byte[] bytes, int offset, int length);

    /// Takes the whole array.
    default void write(byte[] bytes) {
        write(bytes, 0, bytes.length);
    }

    /// Takes `text` encoded as UTF-8.
    default void write(String text) {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Takes the buffers one after another, as if they were one.
    default void writeSequence(Iterable<ByteBuffer> pieces) {
        for (ByteBuffer piece : pieces) {
            write(piece);
        }
    }
}
