package bowline.process;

import bowline.bytes.ByteQueue;
import java.nio.ByteBuffer;

/// Shows the program what comes by a pipe, be it what a child writes or our own standard input.
///
/// The pipe hands over one piece at a time, and the next when that is taken. So whoever pauses stops the writer itself,
/// once the pipe is full. For the loop's thread.
final class PipeReader implements PipeInput.Taker {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final PipeOwner owner;
    private final int descriptor;
    private final PipeInput pipe;
    private final ByteQueue unread = new ByteQueue();
    private ByteBuffer held = NOTHING;
    private ByteBuffer lent = NOTHING;
    private boolean closed;
    private boolean lost;
    private boolean paused;
    private boolean ended;

    PipeReader(PipeOwner owner, int descriptor, PipeInput pipe) {
        this.owner = owner;
        this.descriptor = descriptor;
        this.pipe = pipe;
    }

    void start() {
        pipe.start(this);
    }

    // From any thread

    @Override
    public void arrived(ByteBuffer piece) {
        owner.later(() -> take(piece));
    }

    @Override
    public void ended() {
        owner.later(this::atEnd);
    }

    // On the loop's thread

    private void take(ByteBuffer piece) {
        held = piece;
        if (!paused || closed) {
            deliverHeld();
        }
    }

    private void deliverHeld() {
        ByteBuffer piece = held;
        held = NOTHING;
        if (!closed) {
            deliver(piece);
        }
        pipe.taken();
    }

    private void deliver(ByteBuffer piece) {
        if (unread.isEmpty()) {
            show(piece);
            if (piece.hasRemaining()) {
                unread.write(piece);
            }
        } else {
            unread.write(piece);
            show(unread.readable());
        }
        checkUnread();
    }

    private void show(ByteBuffer bytes) {
        lent = bytes;
        owner.call(() -> owner.dataReceived(descriptor, bytes));
        lent = NOTHING;
    }

    /// How much has come that the program has not taken. What is lent is a new piece, or all that was unread.
    int unreadBytes() {
        int shown = lent.hasRemaining() ? lent.remaining() : unread.size();
        return shown + held.remaining();
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
        if (held.hasRemaining()) {
            deliverHeld();
        } else if (!unread.isEmpty()) {
            show(unread.readable());
        }
        if (ended && !paused) {
            lose();
        }
    }

    private void atEnd() {
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

    private void shut() {
        closed = true;
        unread.clear();
        held = NOTHING;
        pipe.close();
    }

    private void lose() {
        if (!lost) {
            lost = true;
            closed = true;
            owner.pipeLost(descriptor);
        }
    }
}
