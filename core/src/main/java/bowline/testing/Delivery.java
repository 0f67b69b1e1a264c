package bowline.testing;

import bowline.testing.MemoryTransport.ProducerState;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// The way in of a [MemoryTransport]: bytes that have come are shown until taken, as a reactor shows
/// them. Once for each arrival and each resumption, and never inside another showing.
final class Delivery {
    private final BooleanSupplier open;
    private final Consumer<ByteBuffer> receiver;
    private final UnreadBytes unread = new UnreadBytes();
    private ProducerState state = ProducerState.PRODUCING;
    private boolean showing;
    private boolean due;

    /// @param open whether there is somebody to show bytes to
    /// @param receiver who is shown them
    Delivery(BooleanSupplier open, Consumer<ByteBuffer> receiver) {
        this.open = open;
        this.receiver = receiver;
    }

    ProducerState state() {
        return state;
    }

    int unread() {
        return unread.count();
    }

    void arrive(byte[] bytes, int offset, int length) {
        if (showing) {
            throw new IllegalStateException("deliver() inside dataReceived; a peer's bytes never come re-entrantly");
        }
        unread.add(bytes, offset, length);
        due = true;
        turn();
    }

    void pause() {
        state = ProducerState.PAUSED;
    }

    /// Answers whether a turn has to come for what is unread to be shown.
    boolean resume() {
        state = ProducerState.PRODUCING;
        due = true;
        return !showing && unread.count() > 0;
    }

    void stop() {
        state = ProducerState.STOPPED;
    }

    /// Shows what is due, and answers whether there was anything.
    boolean turn() {
        boolean shown = false;
        while (due && !showing && state == ProducerState.PRODUCING && unread.count() > 0 && open.getAsBoolean()) {
            due = false;
            show();
            shown = true;
        }
        return shown;
    }

    private void show() {
        ByteBuffer lent = unread.lend();
        showing = true;
        try {
            receiver.accept(lent);
        } finally {
            showing = false;
            unread.takeBack(lent);
        }
    }
}
