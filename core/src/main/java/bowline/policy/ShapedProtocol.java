package bowline.policy;

import bowline.failure.Failure;
import bowline.protocol.Protocol;
import bowline.protocol.Transport;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// A layer that reads and writes no faster than two [Shaper]s allow. This half reads; [ShapedTransport] writes.
///
/// A byte is paid for when it is shown for the first time. What the inner protocol leaves unread of what it was shown
/// is shown again for nothing, with the next bytes behind it.
///
/// @param <P> the inner protocol
public class ShapedProtocol<P extends Protocol> extends ProtocolWrapper<P> {
    private final @Nullable Shaper reads;
    private final @Nullable Shaper writes;
    private final long outboundMaxBytes;
    private final Reader reader = new Reader();
    private @Nullable ShapedTransport shaped;

    /// @param reads what reading costs; null: nothing
    /// @param writes what writing costs; null: nothing
    /// @param outboundMaxBytes most bytes that may wait to be sent
    public ShapedProtocol(P inner, @Nullable Shaper reads, @Nullable Shaper writes, long outboundMaxBytes) {
        super(inner);
        this.reads = reads;
        this.writes = writes;
        this.outboundMaxBytes = outboundMaxBytes;
    }

    @Override
    protected final Transport transportAbove(Transport below) {
        shaped = new ShapedTransport(below, writes, outboundMaxBytes, reader);
        return shaped;
    }

    @Override
    public final void dataReceived(ByteBuffer unread) {
        if (shaped == null || shaped.disconnecting()) {
            unread.position(unread.limit()); // TRA-5: we are still sending, and read no more
        } else if (reads == null) {
            super.dataReceived(unread);
        } else {
            reader.receive(unread, reads);
        }
    }

    @Override
    public final void connectionLost(Failure reason) {
        reader.end();
        Failure told = shaped == null ? reason : shaped.ended(reason);
        super.connectionLost(told);
    }

    /// The way in: pauses the transport below when the rate or the inner protocol wants it to.
    final class Reader implements Shaper.Waiter {
        private int shown;
        private int credit;
        private long fresh;
        private boolean waiting;
        private boolean pausedAbove;
        private boolean ended;
        private @Nullable ByteBuffer lent;

        private void receive(ByteBuffer unread, Shaper shaper) {
            fresh = (long) unread.remaining() - shown;
            if (credit < fresh && !waiting) {
                credit += shaper.take(fresh - credit, transport().clock());
            }
            int paid = (int) Math.min(credit, fresh);
            credit -= paid;
            fresh -= paid;
            show(unread, shown + paid);
            if (fresh > 0 && !waiting && !ended) {
                waiting = true;
                pause();
                shaper.await(this, transport().clock());
            }
        }

        private void show(ByteBuffer unread, int bytes) {
            if (bytes == 0) {
                return;
            }
            ByteBuffer piece = unread.slice(unread.position(), bytes);
            lent = piece;
            above().dataReceived(piece);
            lent = null;
            unread.position(unread.position() + piece.position());
            shown = piece.remaining();
        }

        /// Those that are not paid for are unread as well.
        int unreadBytes() {
            ByteBuffer piece = lent;
            int taken = piece == null ? 0 : piece.position();
            return transport().unreadBytes() - taken;
        }

        @Override
        public long wants() {
            return ended ? 0 : fresh;
        }

        @Override
        public void granted(int bytes) {
            credit += bytes;
            waiting = false;
            resume();
        }

        void pauseAbove() {
            pausedAbove = true;
            pause();
        }

        void resumeAbove() {
            pausedAbove = false;
            resume();
        }

        private void pause() {
            if (!transport().disconnecting()) {
                transport().pauseProducing();
            }
        }

        private void resume() {
            if (!waiting && !pausedAbove && !ended && !transport().disconnecting()) {
                transport().resumeProducing();
            }
        }

        /// Nothing more is shown: the connection is lost or being closed.
        void end() {
            ended = true;
            if (waiting && reads != null) {
                reads.forget(this);
            }
        }
    }
}
