package bowline.bytes;

import java.nio.ByteBuffer;

/// Bytes in order: written at one end, taken at the other. For one thread.
///
/// It grows by doubling and never moves bytes inside an array, so what was lent from it stays as it
/// was while more is written.
public final class ByteQueue implements ByteSink {
    private static final int SMALLEST = 256;

    /// What can be taken lies between position and limit; the room to write, behind the limit.
    private ByteBuffer readable = ByteBuffer.allocate(0);

    /// An empty queue, which holds no memory yet.
    public ByteQueue() {}

    /// How many bytes are in it.
    public int size() {
        return readable.remaining();
    }

    /// Whether there are none.
    public boolean isEmpty() {
        return !readable.hasRemaining();
    }

    /// What is in it. Moving the buffer's position takes bytes from the queue. Ask anew after a write.
    public ByteBuffer readable() {
        return readable;
    }

    /// Takes everything.
    public byte[] takeAll() {
        byte[] all = new byte[size()];
        readable.get(all);
        return all;
    }

    /// Forgets everything and lets go of its memory.
    public void clear() {
        readable = ByteBuffer.allocate(0);
    }

    @Override
    public void write(ByteBuffer bytes) {
        int length = bytes.remaining();
        makeRoom(length);
        int end = readable.limit();
        readable.limit(end + length);
        readable.put(end, bytes, bytes.position(), length);
        bytes.position(bytes.limit());
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        makeRoom(length);
        int end = readable.limit();
        readable.limit(end + length);
        readable.put(end, bytes, offset, length);
    }

    private void makeRoom(int length) {
        if (length <= readable.capacity() - readable.limit()) {
            return;
        }
        int kept = readable.remaining();
        int capacity = Math.max(SMALLEST, Math.max(Math.addExact(kept, length), doubled(kept)));
        readable = ByteBuffer.allocate(capacity).put(readable).flip();
    }

    private static int doubled(int size) {
        return (int) Math.min(2L * size, Integer.MAX_VALUE - Long.BYTES);
    }
}
