package bowline.reactor.buffer;

import bowline.failure.Debug;
import bowline.protocol.Address;
import bowline.protocol.DatagramProtocol;
import bowline.protocol.Protocol;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// The one buffer that a loop, or a layer, reads into and lends to protocols, and the art of keeping what they leave
/// (architecture, decision 2).
///
/// A connection whose protocol takes everything never has a buffer of its own. What is left is copied to
/// a *kept* buffer of the connection, and shown again with the next bytes behind it: either moved in
/// front of those, in the space that this buffer leaves for it, or with those appended to it, whichever
/// moves less. A kept buffer grows by doubling. So however the bytes are cut, the copying is linear (G7).
public final class ReadBuffer {
    /// Most bytes of one read (TRA-3).
    public static final int READ_MAX_BYTES = 65_536;

    /// Most kept bytes that are moved in front of new ones.
    private static final int FRONT_BYTES = 16_384;

    private static final int KEPT_MIN_BYTES = 128;

    /// What lent bytes become when debugging, so that a protocol that kept a reference is found out.
    private static final byte POISON = (byte) 0xDB;

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(FRONT_BYTES + READ_MAX_BYTES);
    private @Nullable ByteBuffer lent;

    /// A buffer of one owner, which lends it to one protocol at a time.
    public ReadBuffer() {}

    /// The buffer, empty, for one read.
    public ByteBuffer empty() {
        return buffer.limit(buffer.capacity()).position(FRONT_BYTES);
    }

    /// The buffer as it is after [#empty], for the next of several reads.
    public ByteBuffer filling() {
        return buffer;
    }

    /// Whether nothing has been read since [#empty].
    public boolean isEmpty() {
        return buffer.position() == FRONT_BYTES && buffer.limit() == buffer.capacity();
    }

    /// The buffer, empty, with room for one datagram of at most so many bytes. A protocol may have changed its byte
    /// order, which the next one does not expect.
    public ByteBuffer empty(int maxBytes) {
        return buffer.order(ByteOrder.BIG_ENDIAN).limit(FRONT_BYTES + maxBytes).position(FRONT_BYTES);
    }

    /// Shows `protocol` a datagram that has been read, to this buffer or another. What it leaves is gone.
    public static void deliver(ByteBuffer datagram, DatagramProtocol protocol, Address from) {
        if (!Debug.enabled()) {
            protocol.datagramReceived(datagram, from);
            return;
        }
        ByteBuffer lent = copy(datagram, ByteBuffer.allocateDirect(datagram.remaining()));
        int size = lent.remaining();
        try {
            protocol.datagramReceived(lent, from);
        } finally {
            poison(lent, size);
        }
    }

    /// Shows `protocol` what was kept and what has just been read.
    ///
    /// @return what the protocol left, to be kept; null if nothing
    public @Nullable ByteBuffer deliver(Protocol protocol, @Nullable ByteBuffer kept) {
        buffer.limit(buffer.position()).position(FRONT_BYTES);
        if (kept == null) {
            return copied(lend(protocol, buffer));
        }
        int count = kept.remaining();
        if (count <= Math.min(buffer.remaining(), FRONT_BYTES)) {
            buffer.put(FRONT_BYTES - count, kept, kept.position(), count).position(FRONT_BYTES - count);
            return copied(lend(protocol, buffer));
        }
        return show(protocol, append(kept, buffer));
    }

    /// Shows `protocol` what was kept, once more.
    ///
    /// @return what the protocol left, to be kept; null if nothing
    public @Nullable ByteBuffer show(Protocol protocol, ByteBuffer kept) {
        ByteBuffer left = lend(protocol, kept);
        if (!left.hasRemaining()) {
            return null;
        }
        boolean mostlyEmpty = left.capacity() > KEPT_MIN_BYTES && left.remaining() < left.capacity() / 4;
        return mostlyEmpty ? copied(left) : left;
    }

    /// How many bytes the protocol that bytes are lent to at this moment has not taken yet; 0 when none are lent.
    public int lentBytes() {
        return lent == null ? 0 : lent.remaining();
    }

    /// Lends `bytes` for one call. What counts as left ends where the bytes ended, whatever the protocol
    /// made of the limit.
    private ByteBuffer lend(Protocol protocol, ByteBuffer bytes) {
        try {
            if (Debug.enabled()) {
                return lendPoisoned(protocol, bytes);
            }
            lent = bytes;
            int end = bytes.limit();
            protocol.dataReceived(bytes.order(ByteOrder.BIG_ENDIAN)); // which the one before may have changed
            return bytes.limit(end);
        } finally {
            lent = null;
        }
    }

    private ByteBuffer lendPoisoned(Protocol protocol, ByteBuffer bytes) {
        int start = bytes.position();
        int end = bytes.limit();
        ByteBuffer doomed = copy(bytes, ByteBuffer.allocateDirect(end - start));
        lent = doomed;
        try {
            protocol.dataReceived(doomed);
            if (doomed.limit() != end - start) {
                throw new IllegalStateException("dataReceived changed the limit of the lent buffer from "
                        + (end - start) + " to " + doomed.limit() + "; take a slice() to look at a part");
            }
            return bytes.position(start + doomed.position());
        } finally {
            poison(doomed, end - start);
        }
    }

    private static ByteBuffer copy(ByteBuffer bytes, ByteBuffer to) {
        return to.put(0, bytes, bytes.position(), bytes.remaining());
    }

    private static void poison(ByteBuffer lent, int size) {
        for (int i = 0; i < size; i++) {
            lent.put(i, POISON);
        }
    }

    private static @Nullable ByteBuffer copied(ByteBuffer left) {
        if (!left.hasRemaining()) {
            return null;
        }
        return ByteBuffer.allocate(Math.max(KEPT_MIN_BYTES, left.remaining()))
                .put(left)
                .flip();
    }

    private static ByteBuffer append(ByteBuffer kept, ByteBuffer more) {
        int count = more.remaining();
        ByteBuffer roomy = kept.capacity() - kept.limit() >= count ? kept : moved(kept, count);
        int end = roomy.limit();
        return roomy.limit(end + count).put(end, more, more.position(), count);
    }

    /// The kept bytes at the front of a buffer with room for `more`: of the same one if moving costs no
    /// more than has been taken since, else of one of twice the size.
    private static ByteBuffer moved(ByteBuffer kept, int more) {
        int count = kept.remaining();
        boolean roomInFront = kept.position() >= count && count + more <= kept.capacity();
        ByteBuffer to = roomInFront ? kept : ByteBuffer.allocate(Math.max(2 * kept.capacity(), count + more));
        return to.put(0, kept, kept.position(), count).position(0).limit(count);
    }
}
