package bowline.tls;

import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.protocol.ConnectionLost;
import bowline.tls.engine.TlsEngine;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/// A file on its way out: it has to be read to be enciphered, so many full records at a time.
final class OutboundFile {
    private static final int PIECE_BYTES = 4 * TlsEngine.RECORD_MAX_BYTES;

    private final FileChannel channel;
    private final long count;
    private final Deferred<Long> sent = new Deferred<>();
    private final ByteBuffer piece;
    private long position;
    private long left;

    OutboundFile(FileChannel channel, long position, long count) {
        if (position < 0 || count < 0) {
            throw new IllegalArgumentException("a part of a file from " + position + ", " + count + " bytes long");
        }
        this.channel = channel;
        this.position = position;
        this.count = count;
        left = count;
        piece = ByteBuffer.allocate((int) Math.min(PIECE_BYTES, count));
    }

    Deferred<Long> sent() {
        return sent;
    }

    long left() {
        return left;
    }

    /// The next piece, to be used before the next one is asked for.
    ByteBuffer read() throws IOException {
        piece.clear().limit((int) Math.min(piece.capacity(), left));
        int read = channel.read(piece, position);
        if (read < 0) {
            throw new EOFException("the file ends at " + position + ", with " + left + " of the " + count
                    + " bytes still to be sent; was it cut short meanwhile?");
        }
        position += read;
        left -= read;
        return piece.flip();
    }

    static Failure broken(IOException fault) {
        return Failure.of(new ConnectionLost(
                "a file could not be sent as it was said to be: "
                        + Failure.of(fault).message(),
                fault));
    }

    /// Tells how it ended: by `reason`, or well if that is null.
    void end(@Nullable Failure reason) {
        if (sent.called()) {
            return;
        }
        if (reason == null) {
            sent.callback(count);
        } else {
            sent.errback(reason);
        }
    }
}
