package bowline.openssl;

import bowline.openssl.library.Libcrypto;
import bowline.openssl.library.Memory;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// What an engine needs for as long as it has something in hand: a queue of bytes in each direction (a memory BIO), and
/// room for the plain text of a record. They are lent and come back, so that a connection at rest has none: a BIO keeps
/// the room of the longest that was ever in it, 22 KB after a full record.
final class Wires {
    /// A record's plain text.
    static final int ROOM_BYTES = 16_384;

    private static final long NULL = 0;
    private static final int BIO_CTRL_RESET = 1;

    /// As many threads as may work at a time without making new ones. A power of two.
    private static final int SPARE_MAX = 64;

    private static final AtomicReferenceArray<@Nullable Wires> SPARE = new AtomicReferenceArray<>(SPARE_MAX);

    private final long in = memoryBio();
    private final long out = memoryBio();
    private long room;

    private Wires() {}

    private static long memoryBio() {
        long bio = Libcrypto.newBio(Libcrypto.memoryMethod());
        if (bio == NULL) {
            throw new OutOfMemoryError("OpenSSL has no memory for a connection");
        }
        return bio;
    }

    /// Empty ones, whose user is alone with them until he gives them back.
    static Wires borrow() {
        Wires spare = SPARE.getAndSet(place(), null);
        return spare == null ? new Wires() : spare;
    }

    private static int place() {
        return (int) Thread.currentThread().threadId() & (SPARE_MAX - 1);
    }

    /// Gives them back. If anything is left in them they are not used again: it is another connection's.
    void giveBack() {
        if (!isEmpty() || !SPARE.compareAndSet(place(), null, this)) {
            free();
        }
    }

    private void free() {
        Libcrypto.freeBio(in);
        Libcrypto.freeBio(out);
        Libcrypto.free(room, NULL, 0);
    }

    boolean isEmpty() {
        return Libcrypto.pending(in) == 0 && Libcrypto.pending(out) == 0;
    }

    /// The queue of the peer's records.
    long in() {
        return in;
    }

    /// The queue of our records.
    long out() {
        return out;
    }

    /// The address of [#ROOM_BYTES] of memory.
    long room() {
        if (room == NULL) {
            room = Libcrypto.malloc(ROOM_BYTES, NULL, 0);
            if (room == NULL) {
                throw new OutOfMemoryError("OpenSSL has no memory for a record");
            }
        }
        return room;
    }

    /// Shows the library `count` of the peer's bytes, and passes over them.
    void show(ByteBuffer records, int count) {
        write(in, MemorySegment.ofBuffer(records).asSlice(0, count));
        records.position(records.position() + count);
    }

    /// Takes all of our records.
    byte[] takeAll() {
        var all = ByteBuffer.allocate(unsent());
        take(all, all.remaining());
        return all.array();
    }

    /// Queues records of our own making.
    void send(byte[] records) {
        write(out, MemorySegment.ofArray(records));
    }

    /// Shows the library a header of its own making.
    void show(byte[] header) {
        write(in, MemorySegment.ofArray(header));
    }

    private static void write(long bio, MemorySegment bytes) {
        int count = (int) bytes.byteSize();
        if (count > 0 && Libcrypto.write(bio, bytes, count) != count) {
            throw new OutOfMemoryError("OpenSSL has no memory for " + count + " bytes");
        }
    }

    /// Takes up to `count` bytes of our records.
    ///
    /// @return how many
    int take(ByteBuffer records, int count) {
        int taken = Libcrypto.read(out, MemorySegment.ofBuffer(records), Math.min(count, records.remaining()));
        if (taken <= 0) {
            return 0;
        }
        records.position(records.position() + taken);
        return taken;
    }

    /// How many bytes are to be sent.
    int unsent() {
        return (int) Libcrypto.pending(out);
    }

    /// Forgets what was not sent.
    void forgetUnsent() {
        Libcrypto.controlBio(out, BIO_CTRL_RESET, 0, NULL);
    }

    /// Copies plain text to the room.
    void copyToRoom(ByteBuffer plain, int count) {
        Memory.copy(plain, room(), count);
    }
}
