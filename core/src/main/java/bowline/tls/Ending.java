package bowline.tls;

import bowline.failure.Failure;
import bowline.protocol.ConnectionDone;
import bowline.protocol.HalfCloseable;
import bowline.protocol.PullProducer;
import bowline.protocol.Transport;
import bowline.time.DelayedCall;
import bowline.tls.engine.TlsEngine;
import bowline.tls.engine.TlsFault;
import bowline.tls.hello.AlertRecord;
import org.jspecify.annotations.Nullable;

/// How the connection of a [TlsLayer] ends, and what its protocol is told then.
///
///     open ── our close_notify, and the peer's ──▶ over: the transport below is being closed ──▶ lost
///       └───── a fault, an abort, too much, too slow ──▶ over
final class Ending {
    private final TlsLayer<?> layer;

    /// What is told when the transport below is lost, whatever that tells.
    private @Nullable Failure reason;

    private @Nullable DelayedCall timeout;
    private boolean over;

    Ending(TlsLayer<?> layer) {
        this.layer = layer;
    }

    /// Whether nothing is read or written any more.
    boolean isOver() {
        return over;
    }

    /// Why; null if the transport below is to say it.
    @Nullable
    Failure reason() {
        return reason;
    }

    private Transport below() {
        return layer.transport();
    }

    // One direction

    /// The peer's `close_notify` has come (TLS-10), and all before it was shown, as the end of every stream is
    /// (PRO-9).
    void peerEnded() throws TlsFault {
        layer.reading().end();
        layer.upper().flush();
        boolean heeded = !over && !layer.upper().closing();
        HalfCloseable half = heeded ? layer.protocol().halfCloseable() : null;
        if (half != null) {
            half.readConnectionLost();
        } else if (heeded) {
            endEngine();
        }
        if (layer.upper().ended()) {
            finish();
        }
    }

    /// Our side has no more to send (TLS-9).
    void endOutput() {
        try {
            endEngine();
        } catch (TlsFault fault) {
            failed(fault);
            return;
        }
        if (!layer.upper().closing()) {
            tellWriteEnd();
        } else if (layer.reading().hasEnded()) {
            finish();
        } else {
            awaitPeersEnd();
            layer.reading().resumeBelow();
        }
    }

    private void endEngine() throws TlsFault {
        layer.upper().end();
        TlsEngine engine = layer.engine();
        engine.endOutput();
        layer.sendAll(engine);
    }

    /// The time begins when everything is sent: how slowly the peer may read is not our business (TRA-7).
    private void awaitPeersEnd() {
        timeout = layer.clock().callLater(layer.limits().closeTimeout(), () -> {
            if (below().unsentBytes() > 0) {
                awaitPeersEnd();
            } else {
                finish();
            }
        });
    }

    /// Tells a protocol that wants to know when all that it wrote is sent.
    private void tellWriteEnd() {
        if (layer.protocol().halfCloseable() == null) {
            return;
        }
        below().registerProducer(new PullProducer() {
            @Override
            public void produceMore() {
                if (below().unsentBytes() == 0) {
                    below().unregisterProducer();
                    layer.guard(Ending.this::writeEnded);
                }
            }

            @Override
            public void stopProducing() {
                // The end of the connection is told in its own way.
            }
        });
    }

    private void writeEnded() {
        HalfCloseable half = layer.protocol().halfCloseable();
        if (half != null) {
            half.writeConnectionLost();
        }
        if (layer.reading().hasEnded()) {
            finish();
        }
    }

    /// Who is told when the transport below ends one direction: nobody, if it does so without the peer's
    /// `close_notify`. Then the stream was cut off, and there is no half of it left.
    @Nullable
    HalfCloseable halfCloseable() {
        boolean half = layer.reading().hasEnded() && !over && !layer.upper().closing();
        if (!half || layer.protocol().halfCloseable() == null) {
            return null;
        }
        return new HalfCloseable() {
            @Override
            public void readConnectionLost() {
                // It was told when the peer's close_notify came.
            }

            @Override
            public void writeConnectionLost() {
                // Only the whole transport below is closed.
            }
        };
    }

    // All of it

    /// Everything was said: closes the transport below. If that takes too long it is aborted, unless the
    /// protocol has closed it, which waits for what it wrote to be sent (TRA-7).
    void finish() {
        if (over) {
            return;
        }
        over = true;
        cancelTimeout();
        layer.upper().die();
        if (!below().connected()) {
            return;
        }
        if (reason != null || !layer.upper().closing()) {
            timeout = layer.clock().callLater(layer.limits().closeTimeout(), () -> below().abortConnection());
        }
        below().loseConnection();
    }

    /// TLS cannot go on: says so to the peer, and closes (TLS-3).
    void failed(TlsFault fault) {
        if (over) {
            return;
        }
        reason = Failure.of(new TlsError(fault));
        layer.noteFault(fault);
        TlsEngine engine = layer.engineIfAny();
        try {
            if (engine == null) {
                sendAlert(fault.alert());
            } else {
                layer.sendAll(engine);
            }
        } catch (TlsFault another) {
            fault.addSuppressed(another);
        }
        finish();
    }

    /// In clear, for there is no engine that could.
    private void sendAlert(@Nullable String alert) {
        if (alert != null && AlertRecord.code(alert) >= 0) {
            AlertRecord.writeFatal(alert, below());
        }
    }

    /// Resets the transport below (TLS-12).
    ///
    /// @param why what the protocol is told; null: what the transport below says
    void abort(@Nullable Failure why) {
        if (why != null && reason == null) {
            reason = why;
        }
        over = true;
        layer.reading().forget();
        layer.upper().die();
        below().abortConnection();
    }

    /// The transport below is lost.
    ///
    /// @return what the protocol is told
    Failure lost(Failure how) {
        Failure told = told(how);
        over = true;
        reason = told;
        cancelTimeout();
        return told;
    }

    private Failure told(Failure how) {
        if (reason != null) {
            return reason;
        }
        if (!(how.value() instanceof ConnectionDone)) {
            return how;
        }
        if (layer.shakesHands()) {
            return TlsTruncated.IN_HANDSHAKE;
        }
        boolean closed = layer.upper().closing() && layer.upper().ended();
        return closed || layer.reading().hasEnded() ? how : TlsTruncated.FAILURE;
    }

    private void cancelTimeout() {
        if (timeout != null) {
            timeout.cancelIfActive();
        }
    }
}
