package bowline.simulation.child;

import bowline.bytes.ByteQueue;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// A pipe of the simulated system: bytes in order, and only so many at a time. It has one who reads, and any number who
/// write.
final class BytePipe {
    /// As on Linux.
    static final int CAPACITY_BYTES = 65_536;

    private final ByteQueue bytes = new ByteQueue();
    private final List<Writer> writers = new ArrayList<>();
    private Runnable whenReadable = () -> {};
    private boolean unread;

    /// One who writes.
    final class Writer {
        private final Runnable whenWritable;

        private Writer(Runnable whenWritable) {
            this.whenWritable = whenWritable;
        }

        /// Takes what there is room for.
        ///
        /// @return how much that was
        int write(ByteBuffer from, int most) {
            int count = Math.min(Math.min(from.remaining(), most), room());
            if (count > 0) {
                bytes.write(from.slice(from.position(), count));
                from.position(from.position() + count);
                whenReadable.run();
            }
            return count;
        }

        /// How much it would take.
        int room() {
            return CAPACITY_BYTES - bytes.size();
        }

        /// Whether nobody reads any more.
        boolean isBroken() {
            return unread;
        }

        /// Writes no more.
        void close() {
            if (writers.remove(this) && writers.isEmpty()) {
                whenReadable.run();
            }
        }
    }

    /// Somebody more who writes.
    ///
    /// @param whenWritable told when there may be room, or nobody reads any more
    Writer writer(Runnable whenWritable) {
        var writer = new Writer(whenWritable);
        writers.add(writer);
        return writer;
    }

    /// Has `step` told when there may be something to read, or will be nothing more.
    void onReadable(Runnable step) {
        whenReadable = step;
    }

    /// Whether a read would not wait.
    boolean canRead() {
        return !bytes.isEmpty() || writers.isEmpty();
    }

    /// Whether all was read, and nobody writes any more.
    boolean atEnd() {
        return bytes.isEmpty() && writers.isEmpty();
    }

    /// How much waits.
    int size() {
        return bytes.size();
    }

    /// Reads so many bytes, which are there.
    byte[] read(int count) {
        byte[] piece = new byte[count];
        bytes.readable().get(piece);
        tellWriters();
        return piece;
    }

    /// Nobody reads any more.
    void closeReader() {
        unread = true;
        bytes.clear();
        whenReadable = () -> {};
        tellWriters();
    }

    private void tellWriters() {
        List.copyOf(writers).forEach(writer -> writer.whenWritable.run());
    }
}
