package bowline.web.http1;

import bowline.bytes.ByteSink;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// Collects a head, which then goes to a sink in one piece, and once more if it is the same again.
final class HeadBuffer implements ByteSink {
    private static final int USUAL_BYTES = 512;

    private byte[] bytes = new byte[USUAL_BYTES];
    private int length;

    /// Begins another head.
    void clear() {
        length = 0;
        if (bytes.length > USUAL_BYTES) {
            bytes = new byte[USUAL_BYTES]; // One that was unusually long does not keep its place.
        }
    }

    void writeTo(ByteSink sink) {
        if (length > 0) {
            sink.write(bytes, 0, length);
        }
    }

    @Override
    public void write(byte[] more, int offset, int count) {
        makeRoom(count);
        System.arraycopy(more, offset, bytes, length, count);
        length += count;
    }

    @Override
    public void write(ByteBuffer more) {
        int count = more.remaining();
        makeRoom(count);
        more.get(bytes, length, count);
        length += count;
    }

    private void makeRoom(int count) {
        if (bytes.length - length < count) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + count));
        }
    }
}
