package bowline.linux.uring;

import bowline.linux.system.Errno;
import bowline.linux.system.Memory;
import bowline.linux.system.SystemCalls;
import java.io.IOException;
import java.lang.foreign.Arena;

/// Buffers that the kernel receives into: it takes one when there is something to receive, and we give it back when
/// it was read. So an idle connection has none.
final class ReceiveBuffers {
    /// The group that receives name.
    static final int GROUP = 0;

    /// Most bytes of one piece received.
    static final int BUFFER_BYTES = 16_384;

    private static final int ENTRY_BYTES = 16;
    private static final int ENTRY_LENGTH = 8;
    private static final int ENTRY_ID = 12;
    private static final int TAIL = 14;
    private static final int REGISTER_PBUF_RING = 22;
    private static final int REGISTRATION_BYTES = 40;

    private final SystemCalls system;
    private final int count;
    private final long entries;
    private final long buffers;
    private int tail;
    private int taken;

    /// Lends all of them to the kernel.
    ///
    /// @param count how many, a power of two
    ReceiveBuffers(SystemCalls system, int ring, int count) throws IOException {
        this.system = system;
        this.count = count;
        entries = Errno.check(system.map((long) count * ENTRY_BYTES, -1, 0));
        long mapped = system.map((long) count * BUFFER_BYTES, -1, 0);
        if (mapped < 0) {
            system.unmap(entries, (long) count * ENTRY_BYTES);
        }
        buffers = Errno.check(mapped);
        try {
            register(ring);
        } catch (IOException refused) {
            close();
            throw refused;
        }
        taken = count;
        for (int id = 0; id < count; id++) {
            give(id);
        }
        publish();
    }

    /// `struct io_uring_buf_reg`
    private void register(int ring) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            long registration = Memory.allocate(arena, REGISTRATION_BYTES);
            Memory.putLong(registration, entries);
            Memory.putInt(registration + 8, count);
            Memory.putShort(registration + 12, GROUP);
            Errno.check(system.uringRegister(ring, REGISTER_PBUF_RING, registration, 1));
        }
    }

    /// Where the bytes of a buffer lie.
    long address(int id) {
        return buffers + (long) id * BUFFER_BYTES;
    }

    /// The kernel has filled one.
    void took() {
        taken++;
    }

    /// How many the kernel has filled and not got back.
    int taken() {
        return taken;
    }

    /// Whether the kernel has one to fill.
    boolean available() {
        return taken < count;
    }

    /// Gives one back; the kernel sees it after [#publish]. The tail lies inside the first entry, so the fields are
    /// written one by one.
    void give(int id) {
        taken--;
        long entry = entries + (long) (tail++ & count - 1) * ENTRY_BYTES;
        Memory.putLong(entry, address(id));
        Memory.putInt(entry + ENTRY_LENGTH, BUFFER_BYTES);
        Memory.putShort(entry + ENTRY_ID, id);
    }

    void publish() {
        Memory.putShortRelease(entries + TAIL, tail);
    }

    /// After the ring is closed.
    void close() {
        system.unmap(entries, (long) count * ENTRY_BYTES);
        system.unmap(buffers, (long) count * BUFFER_BYTES);
    }
}
