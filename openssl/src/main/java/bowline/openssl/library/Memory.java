package bowline.openssl.library;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Memory by its address, of which the library has told us. Nothing is checked here: who uses it has made sure that the
/// address is one of memory that still lives.
public final class Memory {
    /// All of it as one segment. Constant, so that the compiler folds bounds and liveness away.
    @SuppressWarnings("restricted") // memory of the library
    private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private Memory() {}

    /// Where a direct buffer's first unread byte lies. The buffer must stay reachable while the address is used.
    public static long addressOf(ByteBuffer direct) {
        return MemorySegment.ofBuffer(direct).address();
    }

    /// Reads a byte, as a number from 0.
    public static int getByte(long at) {
        return Byte.toUnsignedInt(ALL.get(ValueLayout.JAVA_BYTE, at));
    }

    /// Writes a byte.
    public static void putByte(long at, int value) {
        ALL.set(ValueLayout.JAVA_BYTE, at, (byte) value);
    }

    /// Reads a number of 4 bytes.
    public static int getInt(long at) {
        return ALL.get(ValueLayout.JAVA_INT_UNALIGNED, at);
    }

    /// Writes a number of 4 bytes.
    public static void putInt(long at, int value) {
        ALL.set(ValueLayout.JAVA_INT_UNALIGNED, at, value);
    }

    /// Reads an address.
    public static long getAddress(long at) {
        return ALL.get(ValueLayout.JAVA_LONG_UNALIGNED, at);
    }

    /// Writes an address.
    public static void putAddress(long at, long value) {
        ALL.set(ValueLayout.JAVA_LONG_UNALIGNED, at, value);
    }

    /// The `count` bytes that lie there.
    public static byte[] bytes(long at, int count) {
        var bytes = new byte[count];
        MemorySegment.copy(ALL, ValueLayout.JAVA_BYTE, at, bytes, 0, count);
        return bytes;
    }

    /// Writes bytes.
    public static void put(long at, byte[] bytes) {
        MemorySegment.copy(bytes, 0, ALL, ValueLayout.JAVA_BYTE, at, bytes.length);
    }

    /// Copies `count` bytes from there to a buffer, whose position moves on.
    public static void copy(long from, ByteBuffer to, int count) {
        MemorySegment.copy(ALL, from, MemorySegment.ofBuffer(to), 0, count);
        to.position(to.position() + count);
    }

    /// Copies the next `count` bytes of a buffer there. Its position stays.
    public static void copy(ByteBuffer from, long to, int count) {
        MemorySegment.copy(MemorySegment.ofBuffer(from), 0, ALL, to, count);
    }

    /// The text that lies there and ends with a zero.
    public static String text(long at) {
        return ALL.getString(at, StandardCharsets.UTF_8);
    }
}
