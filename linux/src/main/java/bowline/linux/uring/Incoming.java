package bowline.linux.uring;

import bowline.linux.system.Errno;
import bowline.linux.system.Memory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;

/// What has come on one connection and was not read yet: pieces in the kernel's receive buffers, in order, and perhaps
/// the end. Pieces that will not be read soon are moved to the heap, for others need the buffers.
final class Incoming {
    /// As results of a receive are: more than 0 is no end.
    private static final int NO_END = 1;

    private final ReceiveBuffers buffers;
    private final Queue<byte[]> older = new ArrayDeque<>(0);
    private int[] ids = new int[4];
    private int[] lengths = new int[4];
    private int first;
    private int count;
    /// How much of the first piece in a buffer was read.
    private int offset;
    /// The same of the first older one.
    private int olderOffset;
    private long olderBytes;
    private int end = NO_END;

    Incoming(ReceiveBuffers buffers) {
        this.buffers = buffers;
    }

    /// A receive has brought so many bytes in a buffer.
    void add(int buffer, int length) {
        if (first + count == ids.length) {
            makeRoom();
        }
        ids[first + count] = buffer;
        lengths[first + count] = length;
        count++;
    }

    private void makeRoom() {
        int size = first > count ? ids.length : 2 * ids.length;
        ids = Arrays.copyOf(Arrays.copyOfRange(ids, first, first + count), size);
        lengths = Arrays.copyOf(Arrays.copyOfRange(lengths, first, first + count), size);
        first = 0;
    }

    /// A receive has told the end, 0, or a failure.
    void end(int result) {
        end = result;
    }

    boolean isEmpty() {
        return count == 0 && end == NO_END && older.isEmpty();
    }

    /// Reads on.
    ///
    /// @return how many bytes; -1 at the end
    int receive(ByteBuffer into) throws IOException {
        int before = into.position();
        while (into.hasRemaining() && !older.isEmpty()) {
            takeOlder(into);
        }
        while (into.hasRemaining() && count > 0) {
            take(into);
        }
        int taken = into.position() - before;
        if (taken > 0 || end == NO_END) {
            return taken;
        }
        int result = end;
        end = NO_END;
        Errno.check(result);
        return -1;
    }

    private void takeOlder(ByteBuffer into) {
        byte[] piece = older.element();
        int size = Math.min(piece.length - olderOffset, into.remaining());
        into.put(piece, olderOffset, size);
        olderOffset += size;
        olderBytes -= size;
        if (olderOffset == piece.length) {
            older.remove();
            olderOffset = 0;
        }
    }

    private void take(ByteBuffer into) {
        int size = Math.min(lengths[first] - offset, into.remaining());
        Memory.copy(buffers.address(ids[first]) + offset, into, size);
        offset += size;
        if (offset == lengths[first]) {
            drop();
        }
    }

    private void drop() {
        buffers.give(ids[first]);
        offset = 0;
        count--;
        first = count == 0 ? 0 : first + 1;
    }

    /// How many bytes of it are in the heap.
    long olderBytes() {
        return olderBytes;
    }

    /// Gives buffers back and keeps what is in them, as long as that is not more than `maxBytes` in all.
    void moveToHeap(long maxBytes) {
        long left = maxBytes;
        while (count > 0 && lengths[first] - offset <= left) {
            var piece = new byte[lengths[first] - offset];
            Memory.get(buffers.address(ids[first]) + offset, piece);
            drop();
            older.add(piece);
            olderBytes += piece.length;
            left -= piece.length;
        }
    }

    /// Gives the buffers back, and forgets everything.
    void discard() {
        older.clear();
        olderOffset = 0;
        olderBytes = 0;
        while (count > 0) {
            drop();
        }
        end = NO_END;
    }
}
