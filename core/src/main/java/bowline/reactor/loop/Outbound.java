package bowline.reactor.loop;

import bowline.defer.Deferred;
import bowline.failure.Failure;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What one connection has still to send, in order: pieces of bytes, and at most one slice of a file
/// between them. A piece is a chunk of the pool, filled by copying, or a buffer that its owner gave up.
///
/// `pieces[first]` to `pieces[end - 1]` are there; each piece's bytes lie between its position and limit,
/// and a chunk is filled further behind its limit.
final class Outbound {
    /// Most bytes that one call hands to the system (TRA-3).
    static final int SEND_MAX_BYTES = 131_072;

    /// Most bytes of a file that one call hands to the system.
    static final int FILE_SLICE_MAX_BYTES = 1 << 20;

    /// Owned buffers below this size are copied all the same: that is cheaper than one more piece.
    private static final int OWNED_MIN_BYTES = 2048;

    private static final ByteBuffer NONE = ByteBuffer.allocate(0);

    private final BufferPool pool;
    private ByteBuffer[] pieces = new ByteBuffer[4];
    private boolean[] pooled = new boolean[4];
    private int first;
    private int end;
    private long bytes;
    private @Nullable FileSlice file;

    /// The part of a file that is still to be sent, and how many pieces go before it.
    private static final class FileSlice {
        final FileChannel channel;
        final long count;
        final Deferred<Long> sent = new Deferred<>();
        long position;
        long left;
        int piecesBefore;

        FileSlice(FileChannel channel, long position, long count, int piecesBefore) {
            this.channel = channel;
            this.position = position;
            this.count = count;
            this.left = count;
            this.piecesBefore = piecesBefore;
        }
    }

    Outbound(BufferPool pool) {
        this.pool = pool;
        Arrays.fill(pieces, NONE);
    }

    boolean isEmpty() {
        return first == end && file == null;
    }

    /// Bytes held in memory.
    long bytes() {
        return bytes;
    }

    /// Bytes still to be sent, the file's included.
    long unsentBytes() {
        return file == null ? bytes : bytes + file.left;
    }

    boolean hasFile() {
        return file != null;
    }

    void append(ByteBuffer source) {
        int from = source.position();
        int left = source.remaining();
        bytes += left;
        while (left > 0) {
            ByteBuffer chunk = chunkWithRoom();
            int filled = chunk.limit();
            int count = Math.min(left, chunk.capacity() - filled);
            chunk.limit(filled + count).put(filled, source, from, count);
            from += count;
            left -= count;
        }
        source.position(from);
    }

    void append(byte[] source, int offset, int length) {
        int from = offset;
        int left = length;
        bytes += left;
        while (left > 0) {
            ByteBuffer chunk = chunkWithRoom();
            int filled = chunk.limit();
            int count = Math.min(left, chunk.capacity() - filled);
            chunk.limit(filled + count).put(filled, source, from, count);
            from += count;
            left -= count;
        }
    }

    /// Takes the buffer itself unless it is small.
    void appendOwned(ByteBuffer source) {
        if (source.remaining() < OWNED_MIN_BYTES) {
            append(source);
            return;
        }
        bytes += source.remaining();
        add(source.duplicate(), false);
        source.position(source.limit());
    }

    Deferred<Long> appendFile(FileChannel channel, long position, long count) {
        var slice = new FileSlice(channel, position, count, end - first);
        file = slice;
        return slice.sent;
    }

    /// Hands one portion to the socket.
    ///
    /// @return whether the socket took all that it was offered
    boolean sendTo(SendingSide socket) throws IOException {
        if (file != null && file.piecesBefore == 0) {
            return sendFile(file, socket);
        }
        int count = 0;
        int offered = 0;
        int most = file == null ? end - first : file.piecesBefore;
        while (count < most && offered + pieces[first + count].remaining() <= SEND_MAX_BYTES) {
            offered += pieces[first + count++].remaining();
        }
        long sent;
        if (count == 0) {
            offered = SEND_MAX_BYTES;
            sent = sendPartOf(pieces[first], socket);
        } else if (count == 1) {
            sent = socket.send(pieces[first]);
        } else {
            sent = socket.send(pieces, first, count);
        }
        bytes -= sent;
        socket.took(sent);
        dropSent();
        return sent == offered;
    }

    /// Posts everything, if that is one piece.
    ///
    /// @return whether it did
    boolean postTo(SendingSide socket) throws IOException {
        if (file != null || end - first != 1 || bytes > SEND_MAX_BYTES || !socket.post(pieces[first])) {
            return false;
        }
        socket.posted = (int) bytes;
        return true;
    }

    /// Of what was posted so many bytes were taken.
    void taken(int count, SendingSide socket) {
        ByteBuffer piece = pieces[first];
        piece.position(piece.position() + count);
        bytes -= count;
        socket.took(count);
        dropSent();
    }

    private static int sendPartOf(ByteBuffer piece, SendingSide socket) throws IOException {
        int limit = piece.limit();
        try {
            return socket.send(piece.limit(piece.position() + SEND_MAX_BYTES));
        } finally {
            piece.limit(limit);
        }
    }

    private boolean sendFile(FileSlice slice, SendingSide socket) throws IOException {
        long offered = Math.min(slice.left, FILE_SLICE_MAX_BYTES);
        long sent = offered == 0 ? 0 : socket.transfer(slice.channel, slice.position, offered);
        slice.position += sent;
        slice.left -= sent;
        socket.took(sent);
        if (slice.left == 0) {
            file = null;
            succeed(slice);
        } else if (sent == 0 && slice.position >= slice.channel.size()) {
            throw new EOFException("the file ends at " + slice.position + ", " + slice.left + " of the " + slice.count
                    + " bytes to send are missing; was it cut short meanwhile?");
        }
        return sent == offered;
    }

    private static void succeed(FileSlice slice) {
        if (!slice.sent.called()) {
            slice.sent.callback(slice.count);
        }
    }

    private void dropSent() {
        while (first < end && !pieces[first].hasRemaining()) {
            drop();
        }
        if (first == end) {
            first = 0;
            end = 0;
        }
    }

    private void drop() {
        if (pooled[first]) {
            pool.giveChunk(pieces[first]);
        }
        pieces[first++] = NONE;
        if (file != null) {
            file.piecesBefore--;
        }
    }

    /// Drops everything; a file that was not sent fails with `reason`.
    void discard(Failure reason) {
        FileSlice unsent = file;
        file = null;
        while (first < end) {
            drop();
        }
        first = 0;
        end = 0;
        bytes = 0;
        if (unsent != null && !unsent.sent.called()) {
            unsent.sent.errback(reason);
        }
    }

    private ByteBuffer chunkWithRoom() {
        if (end > first && pooled[end - 1] && (file == null || file.piecesBefore < end - first)) {
            ByteBuffer last = pieces[end - 1];
            if (last.limit() < last.capacity()) {
                return last;
            }
        }
        ByteBuffer chunk = pool.takeChunk();
        add(chunk, true);
        return chunk;
    }

    private void add(ByteBuffer piece, boolean ours) {
        if (end == pieces.length) {
            makeRoom();
        }
        pieces[end] = piece;
        pooled[end++] = ours;
    }

    /// Moves the pieces to the front, into arrays of twice the size unless half of these is free.
    private void makeRoom() {
        int count = end - first;
        int slots = first >= pieces.length / 2 ? pieces.length : pieces.length * 2;
        var morePieces = new ByteBuffer[slots];
        Arrays.fill(morePieces, NONE);
        System.arraycopy(pieces, first, morePieces, 0, count);
        var morePooled = new boolean[slots];
        System.arraycopy(pooled, first, morePooled, 0, count);
        pieces = morePieces;
        pooled = morePooled;
        first = 0;
        end = count;
    }
}
