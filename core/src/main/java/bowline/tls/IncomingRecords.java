package bowline.tls;

import bowline.bytes.Ascii;
import bowline.tls.engine.TlsEngine;
import bowline.tls.engine.TlsFault;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Cuts what comes into records (RFC 8446 §5.1). A whole one is copied once, to where an engine takes it from; one that
/// is cut off is put together in an array of its own length.
final class IncomingRecords {
    /// Type, version and length.
    private static final int HEADER_BYTES = 5;

    private static final int TYPE_LOWEST = 20; // change_cipher_spec
    private static final int TYPE_HIGHEST = 23; // application_data
    private static final int VERSION_MAJOR = 3;
    private static final int SHOWN_BYTES = 24;

    private byte @Nullable [] partial;
    private int filled;

    /// The next record; null, and everything is taken, if it is not whole. It is the next one until it is [#taken].
    ///
    /// @param room for a record
    /// @throws TlsFault if this cannot be one
    @Nullable
    ByteBuffer next(ByteBuffer unread, ByteBuffer room) throws TlsFault {
        if (partial == null) {
            int length = length(unread, unread.position(), unread.remaining());
            if (length > 0 && length <= unread.remaining()) {
                return room.clear().put(0, unread, unread.position(), length).limit(length);
            }
            if (!unread.hasRemaining()) {
                return null;
            }
            partial = new byte[Math.max(length, HEADER_BYTES)];
        }
        return complete(unread, partial);
    }

    private @Nullable ByteBuffer complete(ByteBuffer unread, byte[] begun) throws TlsFault {
        fill(unread, begun);
        if (filled < HEADER_BYTES) {
            return null;
        }
        byte[] whole = begun;
        int length = length(ByteBuffer.wrap(begun), 0, filled);
        if (begun.length < length) {
            whole = new byte[length];
            System.arraycopy(begun, 0, whole, 0, filled);
            partial = whole;
            fill(unread, whole);
        }
        return filled == length ? ByteBuffer.wrap(whole) : null;
    }

    private void fill(ByteBuffer unread, byte[] to) {
        int count = Math.min(unread.remaining(), to.length - filled);
        unread.get(to, filled, count);
        filled += count;
    }

    /// The record that [#next] gave is done with.
    void taken(ByteBuffer unread, ByteBuffer record) {
        if (partial == null) {
            unread.position(unread.position() + record.limit());
        } else {
            clear();
        }
    }

    void clear() {
        partial = null;
        filled = 0;
    }

    /// How long the record is that begins there, with its header; 0 if that is not known yet.
    private static int length(ByteBuffer bytes, int at, int count) throws TlsFault {
        if (count > 0) {
            int type = bytes.get(at);
            if (type < TYPE_LOWEST || type > TYPE_HIGHEST || (count > 1 && bytes.get(at + 1) != VERSION_MAJOR)) {
                throw new TlsFault(
                        "the peer does not speak TLS: where a record should begin it sends " + shown(bytes, at, count),
                        null,
                        null);
            }
        }
        if (count < HEADER_BYTES) {
            return 0;
        }
        int length = HEADER_BYTES + ((bytes.get(at + 3) & 0xff) << 8 | (bytes.get(at + 4) & 0xff));
        if (length > TlsEngine.PACKET_MAX_BYTES) {
            throw new TlsFault(
                    "the peer sends a record of " + length + " bytes, more than any may have (RFC 8446 §5.2)",
                    "record_overflow",
                    null);
        }
        return length;
    }

    private static String shown(ByteBuffer bytes, int at, int count) {
        return Ascii.quote(bytes.slice(at, count), SHOWN_BYTES);
    }
}
