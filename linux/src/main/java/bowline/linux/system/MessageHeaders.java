package bowline.linux.system;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Rows of `struct mmsghdr`, each with room for an address and for control messages, and of `struct iovec` for their
/// pieces: what recvmmsg(2) and sendmmsg(2) work on.
final class MessageHeaders {
    /// How far one row lies behind the one before.
    static final int BYTES = 64;

    private static final int NAME = 0;
    private static final int NAME_LENGTH = 8;
    private static final int VECTORS = 16;
    private static final int VECTOR_COUNT = 24;
    private static final int CONTROL = 32;
    private static final int CONTROL_LENGTH = 40;
    private static final int COUNT = 56;

    private static final int VECTOR_BYTES = 16;
    private static final int VECTOR_LENGTH = 8;

    /// Kept for as long as the addresses in it are used.
    private final MemorySegment memory;

    private final int controlBytes;
    private final long rows;
    private final long names;
    private final long vectors;
    private final long controls;

    /// @param controlBytes room for the control messages of one row
    MessageHeaders(int count, int controlBytes) {
        this.controlBytes = controlBytes;
        long each = (long) BYTES + SocketAddressCodec.MAX_BYTES + VECTOR_BYTES + controlBytes;
        memory = Arena.ofAuto().allocate(count * each, 16);
        rows = memory.address();
        names = rows + (long) count * BYTES;
        vectors = names + (long) count * SocketAddressCodec.MAX_BYTES;
        controls = vectors + (long) count * VECTOR_BYTES;
    }

    /// Where that row lies.
    long row(int i) {
        return rows + (long) i * BYTES;
    }

    /// Where its address lies.
    long name(int i) {
        return names + (long) i * SocketAddressCodec.MAX_BYTES;
    }

    int nameLength(int i) {
        return Memory.getInt(row(i) + NAME_LENGTH);
    }

    /// @param length 0 for none
    void nameLength(int i, int length) {
        Memory.putLong(row(i) + NAME, length == 0 ? 0 : name(i));
        Memory.putInt(row(i) + NAME_LENGTH, length);
    }

    /// Where its control messages lie.
    long control(int i) {
        return controls + (long) i * controlBytes;
    }

    long controlLength(int i) {
        return Memory.getLong(row(i) + CONTROL_LENGTH);
    }

    /// @param length 0 for none
    void controlLength(int i, int length) {
        Memory.putLong(row(i) + CONTROL, length == 0 ? 0 : control(i));
        Memory.putLong(row(i) + CONTROL_LENGTH, length);
    }

    /// Says where a piece lies.
    void piece(int vector, long at, int length) {
        Memory.putLong(vectors + (long) vector * VECTOR_BYTES, at);
        Memory.putLong(vectors + (long) vector * VECTOR_BYTES + VECTOR_LENGTH, length);
    }

    /// Gives a row so many pieces.
    void pieces(int i, int firstVector, int count) {
        Memory.putLong(row(i) + VECTORS, vectors + (long) firstVector * VECTOR_BYTES);
        Memory.putLong(row(i) + VECTOR_COUNT, count);
    }

    /// How many bytes the row has received or sent.
    int count(int i) {
        return Memory.getInt(row(i) + COUNT);
    }
}
