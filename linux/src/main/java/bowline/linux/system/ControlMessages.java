package bowline.linux.system;

/// The control messages beside what a socket receives or sends (cmsg(3)): of each a `struct cmsghdr`, with its length,
/// level and type, then its data, then as much as aligns the next one.
final class ControlMessages {
    /// Where the data of one begin, and how long one is without any.
    static final int HEADER_BYTES = 16;

    private static final int LEVEL = 8;
    private static final int TYPE = 12;
    private static final int ALIGNMENT = 8;

    private ControlMessages() {}

    /// How much room one with so many bytes of data takes (`CMSG_SPACE`).
    static int space(int dataBytes) {
        return HEADER_BYTES + Math.ceilDiv(dataBytes, ALIGNMENT) * ALIGNMENT;
    }

    /// Writes the head of one; its data come at [#HEADER_BYTES].
    ///
    /// @return how much room it takes
    static int write(long at, int level, int type, int dataBytes) {
        Memory.putLong(at, HEADER_BYTES + dataBytes);
        Memory.putInt(at + LEVEL, level);
        Memory.putInt(at + TYPE, type);
        return space(dataBytes);
    }

    /// The data of the first of that level and type.
    ///
    /// @param length how long all of them are
    /// @return their address, or 0 if there is none
    static long find(long first, long length, int level, int type) {
        long end = first + length;
        for (long at = first; at + HEADER_BYTES <= end; ) {
            if (Memory.getInt(at + LEVEL) == level && Memory.getInt(at + TYPE) == type) {
                return at + HEADER_BYTES;
            }
            at += space((int) Math.max(0, Memory.getLong(at) - HEADER_BYTES));
        }
        return 0;
    }

    /// How many bytes of data the message has whose data begin there.
    static int dataBytes(long data) {
        return (int) (Memory.getLong(data - HEADER_BYTES) - HEADER_BYTES);
    }
}
