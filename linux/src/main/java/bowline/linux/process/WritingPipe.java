package bowline.linux.process;

import bowline.failure.Failure;
import bowline.linux.socket.DescriptorHandler;
import bowline.linux.socket.DescriptorReactor;
import bowline.linux.socket.Poller;
import bowline.linux.system.Errno;
import bowline.linux.system.Memory;
import bowline.process.PipeOutput;
import bowline.process.WindowSize;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// Our end of a pipe, or of a terminal, that a child reads.
final class WritingPipe implements PipeOutput, DescriptorHandler {
    /// Most bytes written at once: what a pipe holds.
    private static final int WRITE_MAX_BYTES = 65_536;

    private final DescriptorReactor reactor;
    private final int descriptor;
    private final ByteBuffer buffer;
    private final ArrayDeque<Piece> pieces = new ArrayDeque<>();
    private @Nullable Teller teller;
    private int watched;
    private boolean completing;
    private boolean closed;

    /// What waits to be written.
    private sealed interface Piece {
        /// Bytes of our own.
        record Bytes(ByteBuffer left) implements Piece {}

        /// The rest of a part of a file.
        record Slice(FileChannel file, long position, long left) implements Piece {}
    }

    /// @param buffer a direct one of [ReadingPipe#READ_MAX_BYTES], for the time of a write
    WritingPipe(DescriptorReactor reactor, int descriptor, ByteBuffer buffer) {
        this.reactor = reactor;
        this.descriptor = descriptor;
        this.buffer = buffer;
        reactor.poller().own(descriptor, this);
    }

    @Override
    public void start(Teller itsTeller) {
        teller = itsTeller;
    }

    @Override
    public void write(ByteBuffer bytes) {
        var copy = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
        add(new Piece.Bytes(copy));
    }

    @Override
    public void write(FileChannel file, long position, long count) {
        add(new Piece.Slice(file, position, count));
    }

    /// What is written leaves on a later turn, with what else is written meanwhile.
    private void add(Piece piece) {
        if (!closed) {
            pieces.add(piece);
            watch(Poller.OUT);
        }
    }

    private void watch(int wanted) {
        if (closed || wanted == watched) {
            return;
        }
        try {
            reactor.poller().watch(descriptor, watched, wanted);
            watched = wanted;
        } catch (IOException refused) {
            end(refused);
        }
    }

    @Override
    public void ready(int events) {
        try {
            boolean room = true;
            while (room && !pieces.isEmpty()) {
                room = switch (pieces.element()) {
                    case Piece.Bytes(ByteBuffer left) -> writeSome(left);
                    case Piece.Slice slice -> writeSome(slice);
                };
            }
            if (pieces.isEmpty()) {
                watch(0);
                if (completing) {
                    end(null);
                }
            }
        } catch (IOException broken) {
            end(broken);
        }
    }

    /// @return whether there may be room for more
    private boolean writeSome(ByteBuffer left) throws IOException {
        int offered = Math.min(left.remaining(), WRITE_MAX_BYTES);
        buffer.clear().put(0, left, left.position(), offered);
        int written = writeBuffer(offered);
        left.position(left.position() + written);
        if (written > 0 && teller != null) {
            teller.sent(written);
        }
        if (!left.hasRemaining()) {
            pieces.remove();
        }
        return written == offered;
    }

    private boolean writeSome(Piece.Slice slice) throws IOException {
        int offered = (int) Math.min(slice.left, WRITE_MAX_BYTES);
        int read = offered == 0 ? 0 : slice.file.read(buffer.clear().limit(offered), slice.position);
        if (read < 0) {
            throw new EOFException("the file ends at " + slice.position + ", " + slice.left
                    + " bytes to send are missing; was it cut short meanwhile?");
        }
        int written = writeBuffer(read);
        pieces.remove();
        if (written > 0 && teller != null) {
            teller.fileSent(written);
        }
        if (slice.left == written) {
            if (teller != null) {
                teller.fileDone();
            }
            return true;
        }
        pieces.addFirst(new Piece.Slice(slice.file, slice.position + written, slice.left - written));
        return written == read;
    }

    private int writeBuffer(int count) throws IOException {
        if (count == 0) {
            return 0;
        }
        long written = reactor.system().write(descriptor, Memory.addressOf(buffer.clear()), count);
        return Errno.EAGAIN.is(written) ? 0 : (int) Errno.check(written);
    }

    /// It leads to a terminal, which gets a window of another size; does nothing when it is closed.
    ///
    /// @throws UnsupportedOperationException if the system refuses
    void resize(WindowSize size) {
        long result = closed ? 0 : WindowSizes.set(reactor.system(), descriptor, size);
        if (result < 0) {
            throw new UnsupportedOperationException(
                    "a window of " + size.columns() + " columns and " + size.rows() + " rows: " + Errno.text(result));
        }
    }

    @Override
    public void complete() {
        completing = true;
        if (pieces.isEmpty()) {
            end(null);
        }
    }

    @Override
    public void drop() {
        pieces.clear();
        if (!closed) {
            closed = true;
            reactor.close(descriptor);
        }
    }

    private void end(@Nullable IOException fault) {
        if (!closed) {
            drop();
            if (teller != null) {
                teller.ended(fault);
            }
        }
    }

    @Override
    public void disconnected(Failure reason) {
        drop();
    }
}
