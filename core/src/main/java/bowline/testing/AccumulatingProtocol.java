package bowline.testing;

import bowline.bytes.ByteQueue;
import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.protocol.Protocol;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Takes everything, keeps it, and says when something happened (TST-4).
public final class AccumulatingProtocol extends Protocol {
    private final Deferred<AccumulatingProtocol> whenMade = new Deferred<>();
    private final Deferred<AccumulatingProtocol> whenClosed = new Deferred<>();
    private final ByteQueue received = new ByteQueue();
    private @Nullable Failure closedReason;
    private @Nullable Deferred<AccumulatingProtocol> whenReceived;
    private int awaitedBytes;

    /// A protocol that waits for its connection.
    public AccumulatingProtocol() {}

    /// Fires with this when the connection is made. One and the same each time.
    public Deferred<AccumulatingProtocol> whenMade() {
        return whenMade;
    }

    /// Fires with this when the connection is lost. One and the same each time.
    public Deferred<AccumulatingProtocol> whenClosed() {
        return whenClosed;
    }

    /// Fires with this when at least `bytes` have come altogether. One at a time.
    public Deferred<AccumulatingProtocol> whenReceived(int bytes) {
        if (whenReceived != null) {
            throw new IllegalStateException("somebody waits for " + awaitedBytes + " bytes already");
        }
        var waiting = new Deferred<AccumulatingProtocol>();
        whenReceived = waiting;
        awaitedBytes = bytes;
        fireWhenEnough();
        return waiting;
    }

    /// Why the connection ended, or null while it has not.
    public @Nullable Failure closedReason() {
        return closedReason;
    }

    /// Everything that has come.
    public byte[] data() {
        byte[] copy = new byte[received.size()];
        received.readable().get(received.readable().position(), copy);
        return copy;
    }

    /// Everything that has come, read as UTF-8.
    public String text() {
        return new String(data(), StandardCharsets.UTF_8);
    }

    @Override
    public void connectionMade() {
        whenMade.callback(this);
    }

    @Override
    public void dataReceived(ByteBuffer unread) {
        received.write(unread);
        fireWhenEnough();
    }

    private void fireWhenEnough() {
        Deferred<AccumulatingProtocol> waiting = whenReceived;
        if (waiting != null && received.size() >= awaitedBytes) {
            whenReceived = null;
            waiting.callback(this);
        }
    }

    @Override
    public void connectionLost(Failure reason) {
        closedReason = reason;
        whenClosed.callback(this);
    }
}
