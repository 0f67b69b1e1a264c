package bowline.process;

import bowline.bytes.ByteQueue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.Semaphore;

/// Reads a pipe, be it what a child writes or our own standard input: on a thread of its own, for the JDK's pipes
/// block.
///
/// The thread hands the loop one piece at a time and reads on when the loop has taken it. So whoever pauses
/// stops the writer itself, once the pipe is full. All methods but the thread's own are for the loop's thread.
final class PipeReader {
    /// Most bytes of one piece.
    static final int PIECE_MAX_BYTES = 16_384;

    private final PipeOwner owner;
    private final int descriptor;
    private final InputStream pipe;
    private final byte[] piece = new byte[PIECE_MAX_BYTES];
    private final Semaphore holding = new Semaphore(0);
    private final Semaphore taken = new Semaphore(0);
    private final ByteQueue unread = new ByteQueue();
    private volatile boolean closed;
    private boolean lost;
    private boolean paused;
    private boolean ended;
    private int heldBytes;

    PipeReader(PipeOwner owner, int descriptor, InputStream pipe) {
        this.owner = owner;
        this.descriptor = descriptor;
        this.pipe = pipe;
    }

    /// Starts reading, and returns when the reader holds the pipe: from then on no exit of the child can take it
    /// away. (Before that one can, if the child ends within the moment that this takes; a grandchild's output is
    /// lost then.)
    void start(String threadName) {
        Thread.ofPlatform().daemon().name(threadName).start(this::readToTheEnd);
        holding.acquireUninterruptibly();
    }

    // On the reader's own thread

    /// While it holds the pipe's monitor, the JDK cannot close the pipe when the child exits, as it would
    /// otherwise even though a grandchild still writes (PRC-8). Closing is done by this thread alone, so that the
    /// descriptor's number cannot be somebody else's by the time it is read from.
    private void readToTheEnd() {
        synchronized (pipe) {
            holding.release();
            try (pipe) {
                int length = pipe.read(piece);
                while (length >= 0 && !closed) {
                    handOver(length);
                    length = closed ? -1 : pipe.read(piece);
                }
            } catch (IOException broken) {
                // A pipe that cannot be read any more has ended, whatever the system calls it.
            }
        }
        owner.later(this::ended);
    }

    private void handOver(int length) {
        owner.later(() -> arrived(length));
        taken.acquireUninterruptibly();
    }

    // On the loop's thread

    private void arrived(int length) {
        heldBytes = length;
        if (!paused || closed) {
            deliverHeld();
        }
    }

    private void deliverHeld() {
        int length = heldBytes;
        heldBytes = 0;
        if (!closed) {
            deliver(length);
        }
        taken.release();
    }

    private void deliver(int length) {
        if (unread.isEmpty()) {
            ByteBuffer lent = ByteBuffer.wrap(piece, 0, length);
            show(lent);
            if (lent.hasRemaining()) {
                unread.write(lent);
            }
        } else {
            unread.write(piece, 0, length);
            show(unread.readable());
        }
        checkUnread();
    }

    private void show(ByteBuffer lent) {
        owner.call(() -> owner.dataReceived(descriptor, lent));
    }

    private void checkUnread() {
        int limit = owner.limits().unreadMaxBytes();
        if (unread.size() > limit) {
            owner.limitPassed(
                    descriptor,
                    "the protocol left " + unread.size() + " bytes unread, more than unreadMaxBytes " + limit
                            + "; take bytes as they come, or pause");
            close();
        }
    }

    void pause() {
        paused = true;
    }

    /// What is held back is shown on a later turn, never inside this call.
    void resume() {
        if (paused) {
            paused = false;
            owner.later(this::showHeld);
        }
    }

    private void showHeld() {
        if (paused || lost) {
            return;
        }
        if (heldBytes > 0) {
            deliverHeld();
        } else if (!unread.isEmpty()) {
            show(unread.readable());
        }
        if (ended && !paused) {
            lose();
        }
    }

    private void ended() {
        ended = true;
        if (!paused) {
            lose();
        }
    }

    /// Reads no more; the protocol hears of it on a later turn.
    void close() {
        if (!closed) {
            shut();
            owner.later(this::lose);
        }
    }

    /// Reads no more, and the protocol hears of it now.
    void abort() {
        shut();
        lose();
    }

    /// A thread that waits for the child to write goes on waiting; it closes the pipe when that happens. One that
    /// waits for the loop, now or soon, need not: a loop that has ended would never come.
    private void shut() {
        closed = true;
        unread.clear();
        heldBytes = 0;
        taken.release();
    }

    private void lose() {
        if (!lost) {
            lost = true;
            closed = true;
            owner.pipeLost(descriptor);
        }
    }
}
