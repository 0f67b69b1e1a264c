package bowline.policy;

import bowline.bytes.ByteSink;
import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.protocol.ConnectionLost;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/// A file that is sent piece by piece, as its bytes are paid for.
final class ShapedFile {
    private static final int PIECE_BYTES = Shaper.TURN_MAX_BYTES;

    private final FileChannel channel;
    private final long count;
    private final Deferred<Long> sent = new Deferred<>();
    private final ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
    private long position;
    private long left;
    private @Nullable Failure fault;

    ShapedFile(FileChannel channel, long position, long count) {
        this.channel = channel;
        this.position = position;
        this.count = count;
        left = count;
    }

    Deferred<Long> sent() {
        return sent;
    }

    long left() {
        return left;
    }

    boolean over() {
        return left == 0;
    }

    /// Sends at most `max` bytes, and returns how many.
    int send(int max, ByteSink to) {
        piece.clear().limit((int) Math.min(Math.min(max, PIECE_BYTES), left));
        try {
            int read = channel.read(piece, position);
            if (read < 0) {
                throw new EOFException("the file ends at " + position + ", with " + left + " bytes still to be sent");
            }
            position += read;
            left -= read;
            to.write(piece.flip());
            return read;
        } catch (IOException broken) {
            fault = Failure.of(new ConnectionLost(
                    "a file could not be sent as it was said to be: "
                            + Failure.of(broken).message(),
                    broken));
            left = 0;
            return 0;
        }
    }

    /// Tells how it ended, and returns what went wrong, if anything did.
    @Nullable
    Failure tell() {
        if (!sent.called()) {
            if (fault == null) {
                sent.callback(count);
            } else {
                sent.errback(fault);
            }
        }
        return fault;
    }

    void fail(Failure reason) {
        if (!sent.called()) {
            sent.errback(reason);
        }
    }
}
