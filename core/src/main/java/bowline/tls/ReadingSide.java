package bowline.tls;

import bowline.failure.Failure;
import bowline.log.LogContext;
import bowline.protocol.ConnectionLost;
import bowline.protocol.Transport;
import bowline.reactor.buffer.ReadBuffer;
import bowline.tls.engine.TlsEngine;
import bowline.tls.engine.TlsEngine.Need;
import bowline.tls.engine.TlsFault;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The reading half of a [TlsLayer]: records that come, on their way to plain text for the protocol.
///
/// Plain text is put together in a borrowed buffer while there are whole records, and shown at once; what the
/// protocol leaves of it is kept, and shown again in front of the next, or on a later turn when it resumes: as
/// reactors do it (architecture, decision 2). What cannot be deciphered now stays unread below, which is paused.
final class ReadingSide {
    private final TlsLayer<?> layer;
    private final IncomingRecords records = new IncomingRecords();

    /// Plain text that the protocol has left.
    private @Nullable ByteBuffer kept;

    private long datalessSince;
    private int dataless;

    /// The protocol has paused us, and we the transport below.
    private boolean pausedAbove;

    private boolean pausedBelow;
    private boolean showAgain;
    private boolean delivering;
    private boolean ended;

    ReadingSide(TlsLayer<?> layer) {
        this.layer = layer;
    }

    /// Whether the next record is to be deciphered.
    boolean wantsRecords() {
        return !layer.working()
                && !ended
                && (layer.shakesHands() || layer.upper().closing() || !pausedAbove);
    }

    /// Deciphers the next record, if a whole one is there.
    boolean decipher(TlsEngine engine, ByteBuffer unread) throws TlsFault {
        ByteBuffer plain = buffer().filling();
        if (plain.remaining() < TlsEngine.PACKET_MAX_BYTES) {
            return deliver();
        }
        ByteBuffer record = records.next(unread, layer.space().record());
        if (record == null) {
            return false;
        }
        int length = record.remaining();
        int before = plain.position();
        if (!engine.decipher(record, plain)) {
            if (engine.need() == Need.INPUT || engine.need() == Need.NOTHING) {
                throw new IllegalStateException(
                        "the TLS engine has neither taken a whole record nor said what it needs");
            }
            return true;
        }
        records.taken(unread, record);
        if (layer.shakesHands()) {
            layer.handshakeReceived(length);
        } else if (plain.position() == before && !engine.inputEnded()) {
            countDataless();
        }
        return true;
    }

    /// Tickets and changes of keys are rare; each costs us work (TLS-4 of the security rules).
    private void countDataless() throws TlsFault {
        long now = layer.clock().nanos();
        if (dataless == 0 || now - datalessSince > TlsLimits.DATALESS_TIME.toNanos()) {
            datalessSince = now;
            dataless = 0;
        }
        if (++dataless > layer.limits().datalessRecordsMax()) {
            throw new TlsFault(
                    "the peer sends more records without data than the limit datalessRecordsMax = "
                            + layer.limits().datalessRecordsMax() + " allows in "
                            + TlsLimits.DATALESS_TIME.toSeconds() + " s",
                    null,
                    null);
        }
    }

    private ReadBuffer buffer() {
        return layer.space().plain();
    }

    // Showing

    /// Shows the protocol what has been deciphered.
    ///
    /// @return whether there was anything
    boolean deliver() {
        if (buffer().isEmpty()) {
            return false;
        }
        showAgain = false;
        if (wantedAbove()) {
            delivering = true;
            try {
                kept = buffer().deliver(layer.protocol(), kept);
            } finally {
                delivering = false;
            }
        }
        judgeKept();
        buffer().empty();
        return true;
    }

    /// Shows what was left, if a turn has passed since reading was resumed.
    void showKept() {
        if (!showAgain) {
            return;
        }
        showAgain = false;
        ByteBuffer left = kept;
        if (left == null || pausedAbove || !wantedAbove()) {
            return;
        }
        layer.enter();
        delivering = true;
        try {
            kept = buffer().show(layer.protocol(), left);
            delivering = false;
            judgeKept();
            layer.upper().flush();
        } finally {
            delivering = false;
            layer.leave();
        }
    }

    /// Whether what was left is shown again soon, which comes before the end of the stream (PRO-9).
    boolean showsAgain() {
        return showAgain && kept != null;
    }

    /// TRA-5
    private boolean wantedAbove() {
        return !layer.ending().isOver() && !layer.upper().closing();
    }

    private void judgeKept() {
        if (kept == null) {
            return;
        }
        if (!wantedAbove()) {
            kept = null;
        } else if (kept.remaining() > layer.limits().unreadMaxBytes()) {
            layer.ending()
                    .abort(Failure.of(new ConnectionLost("the protocol left " + kept.remaining()
                            + " bytes unread, more than the limit unreadMaxBytes = "
                            + layer.limits().unreadMaxBytes() + "; take bytes as they come, or pause")));
        }
    }

    int unreadBytes() {
        if (delivering) {
            return buffer().lentBytes();
        }
        return kept == null ? 0 : kept.remaining();
    }

    // Pausing

    /// The protocol wants no more for now.
    void pause() {
        pausedAbove = true;
        if (!layer.shakesHands() && !layer.upper().closing()) {
            pauseBelow();
        }
    }

    /// The protocol wants more. What it has left comes first, on a later turn, and only then what is below, where
    /// the end of the connection may wait (PRO-9).
    void resume() {
        if (!pausedAbove || !wantedAbove()) {
            return;
        }
        pausedAbove = false;
        if (showAgain) {
            return;
        }
        if (kept != null || delivering || layer.peersEndWaits()) {
            showAgain = true;
            layer.clock().callLater(Duration.ZERO, LogContext.current().carry(() -> layer.guard(layer::goOnReading)));
        } else {
            layer.goOn();
        }
    }

    /// The handshake is through, which has gone on though the protocol had paused.
    void handshakeDone() {
        if (pausedAbove) {
            pauseBelow();
        }
    }

    void pauseBelow() {
        if (!pausedBelow && belowIsOpen()) {
            pausedBelow = true;
            layer.transport().pauseProducing();
        }
    }

    void resumeBelow() {
        if (pausedBelow && belowIsOpen()) {
            pausedBelow = false;
            layer.transport().resumeProducing();
        }
    }

    private boolean belowIsOpen() {
        Transport below = layer.transport();
        return below.connected() && !below.disconnecting();
    }

    // Ending

    /// Whether the peer's `close_notify` has come, and everything before it was shown.
    boolean hasEnded() {
        return ended;
    }

    void end() {
        ended = true;
        records.clear();
    }

    /// Nobody wants what is there.
    void forget() {
        kept = null;
    }
}
