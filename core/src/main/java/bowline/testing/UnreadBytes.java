package bowline.testing;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// What has come and was not taken yet, kept the way a reactor keeps it: in one direct buffer, grown by
/// doubling, moved to the front only when there is no room behind.
final class UnreadBytes {
    /// What taken bytes become, so that a protocol that kept a reference is found out.
    private static final byte POISON = (byte) 0xDB;

    private ByteBuffer buffer = ByteBuffer.allocateDirect(64);
    private int start;
    private int end;
    private @Nullable ByteBuffer lent;

    /// Those that are lent and were read count as taken.
    int count() {
        return end - (lent == null ? start : lent.position());
    }

    void add(byte[] bytes, int offset, int length) {
        makeRoom(length);
        buffer.put(end, bytes, offset, length);
        end += length;
    }

    /// The bytes, to lend; give it back to [#takeBack].
    ByteBuffer lend() {
        ByteBuffer bytes = buffer.duplicate().position(start).limit(end);
        lent = bytes;
        return bytes;
    }

    /// Keeps what `lent` has left and poisons what was taken.
    void takeBack(ByteBuffer bytes) {
        lent = null;
        if (bytes.limit() != end) {
            throw new IllegalStateException("dataReceived changed the limit of the lent buffer from " + end + " to "
                    + bytes.limit() + "; take a slice() to look at a part");
        }
        while (start < bytes.position()) {
            buffer.put(start++, POISON);
        }
        if (start == end) {
            start = 0;
            end = 0;
        }
    }

    private void makeRoom(int length) {
        if (length <= buffer.capacity() - end) {
            return;
        }
        int kept = count();
        // Moving costs what is kept, so there must be as much to gain: this keeps one byte at a time linear.
        boolean roomInFront = start >= kept && kept + length <= buffer.capacity();
        ByteBuffer to =
                roomInFront ? buffer : ByteBuffer.allocateDirect(Math.max(2 * buffer.capacity(), kept + length));
        to.put(0, buffer, start, kept);
        buffer = to;
        start = 0;
        end = kept;
    }
}
