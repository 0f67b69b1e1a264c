package bowline.testing;

import bowline.capture.CaptureEvent;
import bowline.capture.CaptureEvent.Kind;
import bowline.capture.CapturedConnection;
import bowline.protocol.Producer;
import bowline.protocol.PullProducer;
import bowline.protocol.PushProducer;
import bowline.time.Clock;
import java.util.ArrayDeque;
import java.util.Queue;

/// The transport of a protocol that is replayed. What a transport does by itself in the middle of the protocol's own
/// calls, it does where it did so when the connection was captured: it tells a producer to wait once so many bytes are
/// written, and asks a pull producer that is registered. What it did between two calls, [Replay] has it do.
final class ReplayTransport extends MemoryTransport {
    /// How many bytes had been written each time a producer was told to wait, and was not told so yet.
    private final Queue<Long> pauses = new ArrayDeque<>();

    private long written;
    private int asked;
    private int pausedEarly;
    private boolean ending;

    ReplayTransport(Clock clock, CapturedConnection captured) {
        super(clock);
        host(captured.host());
        peer(captured.peer());
        long before = 0;
        for (CaptureEvent event : captured.events()) {
            if (event.kind() == Kind.WRITTEN) {
                before += event.length();
            } else if (event.kind() == Kind.PRODUCER_PAUSED) {
                pauses.add(before);
            }
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        super.write(bytes, offset, length);
        written += length;
        while (!pauses.isEmpty() && pauses.element() <= written && producer() instanceof PushProducer push) {
            pauses.remove();
            pausedEarly++;
            push.pauseProducing();
        }
    }

    @Override
    public void registerProducer(Producer registered) {
        if (registered instanceof PullProducer) {
            asked++;
        }
        super.registerProducer(registered);
    }

    /// The end of this side comes when what was written before is sent.
    @Override
    public void loseWriteConnection() {
        ending = true;
    }

    /// It was told to wait here, in a write unless that has happened differently.
    void pauseProducer() {
        if (pausedEarly > 0) {
            pausedEarly--;
            return;
        }
        pauses.poll();
        if (producer() instanceof PushProducer push) {
            push.pauseProducing();
        }
    }

    /// It was asked here, when it was registered or later.
    void askProducer() {
        if (asked > 0) {
            asked--;
        } else {
            askForMore();
        }
    }

    /// This side was closed here, if the protocol has asked for that.
    ///
    /// @return whether it has
    boolean endWriting() {
        if (ending) {
            super.loseWriteConnection();
        }
        return ending;
    }
}
