package bowline.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.Semaphore;

/// Reads a stream on a thread of its own, for the JDK's pipes block. It reads on when a piece was taken; so whoever
/// takes none stops the writer itself, once the pipe is full.
final class ThreadedInput implements PipeInput {
    /// Most bytes of one piece.
    static final int PIECE_MAX_BYTES = 16_384;

    private final InputStream pipe;
    private final String threadName;
    private final byte[] piece = new byte[PIECE_MAX_BYTES];
    private final Semaphore holding = new Semaphore(0);
    private final Semaphore taken = new Semaphore(0);
    private volatile boolean closed;

    ThreadedInput(InputStream pipe, String threadName) {
        this.pipe = pipe;
        this.threadName = threadName;
    }

    /// Starts reading, and returns when the reader holds the pipe: from then on no exit of the child can take it
    /// away. (Before that one can, if the child ends within the moment that this takes; a grandchild's output is
    /// lost then.)
    @Override
    public void start(Taker taker) {
        Thread.ofPlatform().daemon().name(threadName).start(() -> readToTheEnd(taker));
        holding.acquireUninterruptibly();
    }

    @Override
    public void taken() {
        taken.release();
    }

    /// A thread that waits for the child to write goes on waiting; it closes the pipe when that happens. One that
    /// waits for the loop, now or soon, need not: a loop that has ended would never come.
    @Override
    public void close() {
        closed = true;
        taken.release();
    }

    /// While it holds the pipe's monitor, the JDK cannot close the pipe when the child exits, as it would
    /// otherwise even though a grandchild still writes (PRC-8). Closing is done by this thread alone, so that the
    /// descriptor's number cannot be somebody else's by the time it is read from.
    private void readToTheEnd(Taker taker) {
        synchronized (pipe) {
            holding.release();
            try (pipe) {
                int length = pipe.read(piece);
                while (length >= 0 && !closed) {
                    taker.arrived(ByteBuffer.wrap(piece, 0, length));
                    taken.acquireUninterruptibly();
                    length = closed ? -1 : pipe.read(piece);
                }
            } catch (IOException broken) {
                // A pipe that cannot be read any more has ended, whatever the system calls it.
            }
        }
        taker.ended();
    }
}
