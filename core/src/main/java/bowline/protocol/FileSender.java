package bowline.protocol;

import bowline.defer.Deferred;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Sends a stream of bytes to a consumer piece by piece, each when the one before has left (PRO-11). For
/// bytes that must be changed on the way, or a consumer that is no socket; whole files to a socket go
/// faster by [Transport#sendFile]. Good for one transfer.
///
/// Reading happens on the reactor's thread: give it what does not block for long.
public final class FileSender implements PullProducer {
    /// Most bytes of a piece.
    public static final int CHUNK_BYTES = 16_384;

    private static final int NOTHING_SENT = -1;

    private final Deferred<Integer> done = new Deferred<>();
    private final byte[] chunk = new byte[CHUNK_BYTES];
    private UnaryOperator<byte[]> transform = UnaryOperator.identity();
    private @Nullable InputStream source;
    private @Nullable Consumer consumer;
    private int lastByte = NOTHING_SENT;

    /// A sender that has nothing to send yet.
    public FileSender() {}

    /// Sends all of `file`. The Deferred fires with the last byte sent, from 0 to 255, or -1 for an empty
    /// file; it fails if the consumer ends first or the file cannot be read. The file is the caller's to close.
    ///
    /// @throws IllegalStateException if this has begun before, or the consumer has another producer
    public Deferred<Integer> beginFileTransfer(InputStream file, Consumer to) {
        return beginFileTransfer(file, to, UnaryOperator.identity());
    }

    /// The same, with `change` applied to each piece.
    public Deferred<Integer> beginFileTransfer(InputStream file, Consumer to, UnaryOperator<byte[]> change) {
        if (source != null) {
            throw new IllegalStateException("this FileSender has begun a transfer before; make another");
        }
        source = Objects.requireNonNull(file);
        consumer = Objects.requireNonNull(to);
        transform = Objects.requireNonNull(change);
        to.registerProducer(this);
        return done;
    }

    @Override
    public void produceMore() {
        InputStream from = source;
        Consumer to = consumer;
        if (from == null || to == null || done.called()) {
            return;
        }
        try {
            byte[] piece = nextPiece(from);
            if (piece == null) {
                to.unregisterProducer();
                done.callback(lastByte);
                return;
            }
            lastByte = piece[piece.length - 1] & 0xff;
            to.write(piece);
        } catch (IOException | RuntimeException broken) {
            to.unregisterProducer();
            fail(broken);
        }
    }

    /// The next piece that has bytes, for after an empty one nobody would ask again; null at the end.
    private byte @Nullable [] nextPiece(InputStream from) throws IOException {
        for (int count = read(from); count > 0; count = read(from)) {
            byte[] piece = transform.apply(Arrays.copyOf(chunk, count));
            if (piece.length > 0) {
                return piece;
            }
        }
        return null;
    }

    private int read(InputStream from) throws IOException {
        return from.readNBytes(chunk, 0, CHUNK_BYTES);
    }

    @Override
    public void stopProducing() {
        fail(new EOFException("the consumer ended before all of the file was sent"));
    }

    private void fail(Exception reason) {
        if (!done.called()) {
            done.errback(reason);
        }
    }
}
