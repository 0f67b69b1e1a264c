package bowline.linux.system;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Memory by its address, for structures that the kernel reads and writes. Nothing is checked here: who uses it has
/// made sure that the address is one of memory that still lives.
public final class Memory {
    /// All of it as one segment. Constant, so that the compiler folds bounds and liveness away.
    @SuppressWarnings("restricted") // memory that the kernel shares
    private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private static final ValueLayout.OfShort NETWORK_SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();
    private static final VarHandle SHORT = ValueLayout.JAVA_SHORT.varHandle();

    private Memory() {}

    /// The address of `bytes` zeros that live as long as `arena`, aligned for every kind of structure.
    public static long allocate(Arena arena, long bytes) {
        return arena.allocate(bytes, 16).address();
    }

    /// Where a direct buffer's first unread byte lies. The buffer must stay reachable while the address is used.
    public static long addressOf(ByteBuffer direct) {
        return MemorySegment.ofBuffer(direct).address();
    }

    /// Reads a number of 4 bytes that somebody else writes, and then what he wrote before it.
    public static int getIntAcquire(long at) {
        return (int) INT.getAcquire(ALL, at);
    }

    /// Writes a number of 4 bytes that somebody else reads, after all that was written before it.
    public static void putIntRelease(long at, int value) {
        INT.setRelease(ALL, at, value);
    }

    /// The same with 2 bytes.
    public static void putShortRelease(long at, int value) {
        SHORT.setRelease(ALL, at, (short) value);
    }

    /// Copies `count` bytes from there to a direct buffer, whose position moves on.
    public static void copy(long from, ByteBuffer direct, int count) {
        MemorySegment.copy(ALL, from, ALL, addressOf(direct), count);
        direct.position(direct.position() + count);
    }

    static byte getByte(long at) {
        return ALL.get(ValueLayout.JAVA_BYTE, at);
    }

    /// Writes a byte.
    public static void putByte(long at, int value) {
        ALL.set(ValueLayout.JAVA_BYTE, at, (byte) value);
    }

    static short getShort(long at) {
        return ALL.get(ValueLayout.JAVA_SHORT_UNALIGNED, at);
    }

    /// Writes a number of 2 bytes.
    public static void putShort(long at, int value) {
        ALL.set(ValueLayout.JAVA_SHORT_UNALIGNED, at, (short) value);
    }

    /// Unsigned, most significant byte first.
    static int getNetworkShort(long at) {
        return Short.toUnsignedInt(ALL.get(NETWORK_SHORT, at));
    }

    static void putNetworkShort(long at, int value) {
        ALL.set(NETWORK_SHORT, at, (short) value);
    }

    /// Reads a number of 4 bytes.
    public static int getInt(long at) {
        return ALL.get(ValueLayout.JAVA_INT_UNALIGNED, at);
    }

    /// Writes a number of 4 bytes.
    public static void putInt(long at, int value) {
        ALL.set(ValueLayout.JAVA_INT_UNALIGNED, at, value);
    }

    /// Reads a number of 8 bytes.
    public static long getLong(long at) {
        return ALL.get(ValueLayout.JAVA_LONG_UNALIGNED, at);
    }

    /// Writes a number of 8 bytes.
    public static void putLong(long at, long value) {
        ALL.set(ValueLayout.JAVA_LONG_UNALIGNED, at, value);
    }

    /// Copies bytes to the heap.
    public static void get(long at, byte[] into) {
        MemorySegment.copy(ALL, ValueLayout.JAVA_BYTE, at, into, 0, into.length);
    }

    static void put(long at, byte[] bytes) {
        MemorySegment.copy(bytes, 0, ALL, ValueLayout.JAVA_BYTE, at, bytes.length);
    }

    /// Clears `count` bytes.
    public static void zero(long at, long count) {
        ALL.asSlice(at, count).fill((byte) 0);
    }
}
