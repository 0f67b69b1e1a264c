package bowline.testing.generate;

import java.util.Arrays;

/// Bytes that can be cut and changed anywhere.
final class ByteList {
    private byte[] bytes;
    private int size;

    ByteList() {
        this(new byte[0]);
    }

    ByteList(byte[] bytes) {
        this.bytes = bytes.clone();
        size = bytes.length;
    }

    int size() {
        return size;
    }

    byte get(int at) {
        return bytes[at];
    }

    void set(int at, byte value) {
        bytes[at] = value;
    }

    void add(byte value) {
        replace(size, size, value);
    }

    byte[] copy(int from, int to) {
        return Arrays.copyOfRange(bytes, from, to);
    }

    /// Puts `with` in the place of what is between `from` and `to`.
    void replace(int from, int to, byte... with) {
        int longer = size - (to - from) + with.length;
        byte[] target = longer <= bytes.length ? bytes : Arrays.copyOf(bytes, Math.max(16, longer * 2));
        System.arraycopy(bytes, to, target, from + with.length, size - to);
        System.arraycopy(with, 0, target, from, with.length);
        bytes = target;
        size = longer;
    }

    byte[] toArray() {
        return copy(0, size);
    }
}
