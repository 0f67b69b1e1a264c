package bowline.testing;

import bowline.capture.CaptureEvent;
import bowline.capture.CapturedConnection;
import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.protocol.Address;
import bowline.protocol.ConnectionDone;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.time.DelayedCall;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Plays the peer of a captured connection, once: it sends what the captured protocol received, at the times since the
/// opening at which that came, reads nothing while the peer did not, ends its side or the connection where the peer
/// did, and compares what it is sent with
/// what was written then. The network between decides anew how the bytes are cut.
///
///     var peer = Replay.of(file).peer();
///     client.start(reactor -> new TcpClientEndpoint(reactor, "server", 7).connect(peer));
///     ReplayReport report = world.runUntil(peer.report(), ofMinutes(5)).result();
public final class ReplayedPeer extends Factory<Protocol> {
    /// How long it waits with an orderly close for what the other side is to write yet.
    private static final Duration ANSWER_TIME = Duration.ofMinutes(1);

    private final CapturedConnection captured;
    private final Deferred<ReplayReport> report = new Deferred<>();
    private boolean used;

    ReplayedPeer(CapturedConnection captured) {
        this.captured = captured;
    }

    /// What came of it, when the connection is over.
    public Deferred<ReplayReport> report() {
        return report;
    }

    /// The player; null for a second connection.
    @Override
    public @Nullable Protocol buildProtocol(Address peer) {
        if (used) {
            return null;
        }
        used = true;
        return new Player();
    }

    private final class Player extends Protocol {
        private final List<CaptureEvent> events = captured.events();
        private final WrittenComparison written = new WrittenComparison(captured);
        private @Nullable DelayedCall next;
        private long opened;
        private int at;
        private boolean theirs;
        private boolean closing;

        @Override
        public void connectionMade() {
            opened = transport().clock().nanos();
            goOn();
        }

        /// Plays what is due, and waits for what is not.
        private void goOn() {
            next = null;
            while (at < events.size()) {
                long wait = events.get(at).nanos() - (transport().clock().nanos() - opened);
                if (wait > 0) {
                    next = transport().clock().callLater(Duration.ofNanos(wait), this::goOn);
                    return;
                }
                play(events.get(at++));
            }
        }

        private void play(CaptureEvent event) {
            switch (event.kind()) {
                case RECEIVED -> transport().write(event.bytes());
                case READ_ENDED -> transport().loseWriteConnection();
                case PRODUCER_PAUSED -> transport().pauseProducing();
                case PRODUCER_RESUMED -> transport().resumeProducing();
                case CLOSING, ABORTING, ERROR -> theirs = true;
                case CLOSED -> close(event);
                default -> {
                    // the other side does this
                }
            }
        }

        /// Unless the other side is to close it.
        private void close(CaptureEvent event) {
            transport().resumeProducing();
            if (theirs) {
                return;
            }
            if (event.text().startsWith(ConnectionDone.class.getName())) {
                closing = true;
                next = transport().clock().callLater(ANSWER_TIME, transport()::loseConnection);
                closeIfAnswered();
            } else {
                transport().abortConnection();
            }
        }

        @Override
        public void dataReceived(ByteBuffer unread) {
            written.take(unread);
            closeIfAnswered();
        }

        /// What the network still carries may come; it may be slower than it was.
        private void closeIfAnswered() {
            if (closing && written.isOver()) {
                transport().loseConnection();
            }
        }

        @Override
        public void connectionLost(Failure reason) {
            if (next != null && next.active()) {
                next.cancel();
            }
            written.end();
            report.callback(new ReplayReport(written.difference(), Replay.errorOf(captured), null, written.bytes()));
        }
    }
}
