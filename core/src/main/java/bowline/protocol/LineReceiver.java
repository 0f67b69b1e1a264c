package bowline.protocol;

import bowline.bytes.ByteQueue;
import bowline.framing.LineOptions;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// A protocol of lines that can change to raw bytes and back (LIN-1 to LIN-8).
///
///     class Shout extends LineReceiver {
///         @Override public void lineReceived(String line) {
///             sendLine(line.toUpperCase(Locale.ROOT));
///         }
///     }
///
/// What was not delivered stays unread in the transport. Only what is given to [#setLineMode(byte[])],
/// and what comes while a handler is at work, is held here, in front of it.
public abstract class LineReceiver extends LineOnlyReceiver {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final ByteQueue held = new ByteQueue();
    private @Nullable ByteBuffer lent;
    private boolean rawMode;

    /// For lines ended by CR LF.
    protected LineReceiver() {}

    /// For lines as `options` describe them.
    protected LineReceiver(LineOptions options) {
        super(options);
    }

    /// Raw bytes have come (LIN-3). `unread` is lent as in [#dataReceived]: what is left comes back, or,
    /// after [#setLineMode], is read as lines. By default they are discarded.
    public void rawDataReceived(ByteBuffer unread) {
        unread.position(unread.limit());
    }

    /// From now on, with the rest of what has come, bytes go to [#rawDataReceived] (LIN-3).
    public final void setRawMode() {
        rawMode = true;
    }

    /// From now on, with what [#rawDataReceived] left unread, bytes are lines again (LIN-3).
    public final void setLineMode() {
        setLineMode(new byte[0]);
    }

    /// Back to lines; `extra` is read first, then what was left unread (LIN-3).
    public final void setLineMode(byte[] extra) {
        rawMode = false;
        scanAnew();
        if (extra.length > 0) {
            byte[] behind = held.takeAll();
            held.write(extra);
            held.write(behind);
        }
        if (lent == null && wantsMore()) {
            deliverHeld();
            showUnreadAgain();
        }
    }

    private void showUnreadAgain() {
        if (wantsMore()) {
            transport().resumeProducing();
        }
    }

    /// Takes what has come behind the present line, and returns it (LIN-7): for a protocol that hands the
    /// connection over to another.
    ///
    /// @throws IllegalStateException outside of a delivery, when the transport has what is unread
    public final byte[] clearLineBuffer() {
        if (lent == null) {
            throw new IllegalStateException("clearLineBuffer() outside of a delivery: what is unread is with the"
                    + " transport now; call it while a line or raw data is being received");
        }
        ByteBuffer bytes = undelivered(lent);
        byte[] cleared = new byte[bytes.remaining()];
        bytes.get(cleared);
        scanAnew();
        return cleared;
    }

    @Override
    public void resumeProducing() {
        super.resumeProducing();
        if (lent == null) {
            deliverHeld();
        }
    }

    /// Called again by a handler of its own, it only appends, and the outer call goes on (LIN-4).
    @Override
    public void dataReceived(ByteBuffer unread) {
        if (lent != null) {
            held.write(lent);
            held.write(unread);
            return;
        }
        lent = unread;
        try {
            while (wantsMore() && deliver(undelivered(unread))) {
                // Each turn delivers one line, or raw bytes.
            }
        } finally {
            lent = null;
        }
        if (current() != this && !held.isEmpty()) {
            throw new IllegalStateException("the connection was handed to "
                    + current().logPrefix() + ", but not " + held.size() + " bytes that were given back by setLineMode"
                    + " before; take them by clearLineBuffer() first");
        }
    }

    private void deliverHeld() {
        if (!held.isEmpty()) {
            dataReceived(NOTHING.duplicate());
        }
    }

    /// What is to be delivered next: the lent bytes themselves, unless some are held in front of them.
    private ByteBuffer undelivered(ByteBuffer unread) {
        if (held.isEmpty()) {
            return unread;
        }
        held.write(unread);
        return held.readable();
    }

    private boolean deliver(ByteBuffer bytes) {
        if (!rawMode) {
            return deliverLine(bytes);
        }
        int before = bytes.remaining();
        if (before == 0) {
            return false;
        }
        rawDataReceived(bytes);
        return !rawMode || bytes.remaining() < before;
    }
}
