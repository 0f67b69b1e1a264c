package bowline.tls;

import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.log.LogContext;
import bowline.log.Logger;
import bowline.policy.ConnectionsBySource;
import bowline.policy.ProtocolWrapper;
import bowline.protocol.ConnectionDone;
import bowline.protocol.ConnectionLost;
import bowline.protocol.HalfCloseable;
import bowline.protocol.Protocol;
import bowline.protocol.PullProducer;
import bowline.protocol.Transport;
import bowline.reactor.Reactor;
import bowline.time.Clock;
import bowline.time.DelayedCall;
import bowline.tls.HandshakeWork.Withdrawal;
import bowline.tls.Workspaces.Workspace;
import bowline.tls.engine.TlsEngine;
import bowline.tls.engine.TlsEngine.Need;
import bowline.tls.engine.TlsFault;
import bowline.tls.engine.TlsSession;
import bowline.tls.hello.AlertRecord;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// TLS for one connection: a protocol to the transport below, which carries records, and a [TlsTransport] to the
/// protocol above, which knows plain text (section 33). It drives a [TlsEngine], and this half reads; [UpperSide]
/// writes.
///
///     opening ── engine known ──▶ handshake ── through ──▶ open ── peer's close_notify, ours ──▶ finishing ──▶ lost
///
/// What must happen next, the engine is asked ([#step]): send what it has, have its work done elsewhere, decipher the
/// next record. While it works elsewhere nothing else is asked of it: what comes stays unread below, what is
/// written waits. Plain text is put together while there are whole records and shown at once, and what the protocol
/// leaves of it is kept as a reactor keeps it. The buffers for all that are borrowed ([Workspaces]) for the time of one
/// call from below; a quiet connection has none. (This class is longer than others because so many things can happen to
/// a connection, and what each leads to depends on the same few flags.)
///
/// @param <P> the inner protocol
public final class TlsLayer<P extends Protocol> extends ProtocolWrapper<P> {
    private static final Logger log = Logger.of(TlsLayer.class);
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final TlsContext context;
    private final IncomingRecords records = new IncomingRecords();

    /// Null when it is through.
    private @Nullable Handshake handshake;

    private @Nullable TlsEngine engine;
    private @Nullable TlsSession session;
    private @Nullable UpperSide upper;

    /// Borrowed for the present call.
    private @Nullable Workspace space;

    /// Plain text that the protocol has left.
    private @Nullable ByteBuffer kept;

    /// Work that goes on elsewhere.
    private @Nullable Withdrawal work;

    /// What is told when the transport below is lost, whatever that tells.
    private @Nullable Failure end;

    private @Nullable DelayedCall closeTimeout;
    private long datalessSince;
    private int dataless;
    private boolean pausedAbove;
    private boolean pausedBelow;
    private boolean showAgain;
    private boolean delivering;
    private boolean inputEnded;

    /// Nothing is read or written any more; the transport below is being closed.
    private boolean over;

    private boolean gone;

    TlsLayer(P inner, TlsContext context, Opening opening) {
        super(inner);
        this.context = context;
        handshake = new Handshake(opening);
    }

    /// The upper side, for a protocol that has its connection already: the layer is put below it.
    UpperSide above(Transport below) {
        var made = new UpperSide(below, this);
        upper = made;
        return made;
    }

    @Override
    protected Transport transportAbove(Transport below) {
        return above(below);
    }

    private UpperSide upper() {
        return Objects.requireNonNull(upper, "the connection is not made");
    }

    // The beginning

    @Override
    public void connectionMade() {
        Handshake beginning = Objects.requireNonNull(handshake);
        boolean inPlace = upper != null;
        if (!admit(beginning)) {
            return;
        }
        if (inPlace) {
            openInPlace();
            refuseInjected();
        } else {
            open(inner());
        }
        drive(NOTHING);
    }

    /// Counts the handshake, unless its source has too many under way (TLS-4 of the security rules).
    private boolean admit(Handshake beginning) {
        ConnectionsBySource.Source source = null;
        if (beginning.opening.isServer()) {
            source = context.sources().admit(transport().peer());
            if (source == null) {
                context.refused(transport());
                refuse();
                return false;
            }
        }
        beginning.begin(source, clock().callLater(limits().handshakeTimeout(), this::handshakeTooSlow));
        return true;
    }

    private void refuse() {
        if (upper != null) {
            openInPlace();
        }
        abort(Failure.of(
                new ConnectionLost("too many TLS handshakes of this peer are under way (handshakesBySourceMax, "
                        + limits().handshakesBySourceMax() + ")")));
    }

    /// M4
    private void refuseInjected() {
        int unread = transport().unreadBytes();
        if (unread > 0) {
            abort(Failure.of(new InjectedClearText(unread)));
        }
    }

    private void handshakeTooSlow() {
        abort(Failure.of(new TlsError(new TlsFault(
                "the TLS handshake was not through within " + limits().handshakeTimeout() + " (handshakeTimeout)",
                null,
                null))));
    }

    // What comes from below

    @Override
    public void dataReceived(ByteBuffer unread) {
        showKept(); // which comes before what is new
        if (work == null && !over && !inputEnded) {
            drive(unread);
        }
        if (over || inputEnded) {
            unread.position(unread.limit());
        } else if (unread.hasRemaining() && !takesMore()) {
            pauseBelow();
        }
    }

    /// Does what the engine needs, with a workspace borrowed.
    private void drive(ByteBuffer unread) {
        enter().plain().empty();
        try {
            do {
                while (!over && step(unread)) {
                    // and the next
                }
            } while (deliver());
            upper().flush();
        } catch (TlsFault fault) {
            failed(fault);
        } finally {
            leave();
        }
    }

    private Workspace enter() {
        Workspace borrowed = context.spaces().take();
        space = borrowed;
        return borrowed;
    }

    private void leave() {
        Workspace borrowed = space;
        space = null;
        if (borrowed != null) {
            context.spaces().give(borrowed);
        }
    }

    private Workspace space() {
        return Objects.requireNonNull(space, "no workspace");
    }

    /// Does one thing that must happen now.
    ///
    /// @return whether there may be another
    private boolean step(ByteBuffer unread) throws TlsFault {
        if (work != null) {
            return false;
        }
        TlsEngine present = engine;
        if (present == null) {
            engine = Objects.requireNonNull(handshake).opening.engine(unread, this);
            return engine != null;
        }
        if (handshake != null && present.handshakeDone()) {
            handshakeDone(handshake, present.session());
            return true;
        }
        if (present.inputEnded() && !inputEnded) {
            return deliver() || (reads() && peerEnded());
        }
        return switch (present.need()) {
            case OUTPUT -> sendPending(present);
            case WORK -> work(present);
            case CLOSED -> engineClosed();
            case NOTHING, INPUT -> reads() && decipher(present, unread);
        };
    }

    /// Whether the next record is to be deciphered.
    private boolean reads() {
        return work == null && !inputEnded && (handshake != null || upper().closing() || !pausedAbove);
    }

    /// Whether more of the peer's bytes are of use now.
    private boolean takesMore() {
        return reads() && (handshake == null || !handshake.opening.isChoosing());
    }

    private boolean decipher(TlsEngine by, ByteBuffer unread) throws TlsFault {
        ByteBuffer plain = space().plain().filling();
        if (plain.remaining() < TlsEngine.PACKET_MAX_BYTES) {
            deliver();
            return true;
        }
        ByteBuffer record = records.next(unread, space().record());
        if (record == null) {
            return false;
        }
        int length = record.remaining();
        int before = plain.position();
        if (!by.decipher(record, plain)) {
            if (by.need() == Need.INPUT || by.need() == Need.NOTHING) {
                throw new IllegalStateException(
                        "the TLS engine has neither taken a whole record nor said what it needs");
            }
            return true;
        }
        records.taken(unread, record);
        if (!by.inputEnded()) {
            count(length, plain.position() > before);
        }
        return true;
    }

    private void count(int length, boolean data) throws TlsFault {
        if (handshake != null) {
            if (handshake.received(length) > limits().handshakeMaxBytes()) {
                throw new TlsFault(
                        "the peer's part of the TLS handshake is longer than the limit handshakeMaxBytes = "
                                + limits().handshakeMaxBytes(),
                        null,
                        null);
            }
        } else if (!data) {
            countDataless();
        }
    }

    /// Tickets and changes of keys are rare; each costs us work (TLS-4 of the security rules).
    private void countDataless() throws TlsFault {
        long now = clock().nanos();
        if (dataless == 0 || now - datalessSince > TlsLimits.DATALESS_TIME.toNanos()) {
            datalessSince = now;
            dataless = 0;
        }
        if (++dataless > limits().datalessRecordsMax()) {
            throw new TlsFault(
                    "the peer sends more records without data than the limit datalessRecordsMax = "
                            + limits().datalessRecordsMax() + " allows in "
                            + TimeUnit.NANOSECONDS.toSeconds(TlsLimits.DATALESS_TIME.toNanos()) + " s",
                    null,
                    null);
        }
    }

    // Work elsewhere

    /// Has the engine's work done: in place where there are no threads to do it, as in tests.
    ///
    /// @return whether it is done
    private boolean work(TlsEngine by) throws TlsFault {
        Runnable task = by.work();
        Instant now = clock().now();
        Runnable timed = () -> PresentTime.at(now, task);
        if (!(clock() instanceof Reactor reactor)) {
            timed.run();
            return true;
        }
        work = context.work().submit(reactor, timed, LogContext.current().carry(this::workDone));
        if (work == null) {
            throw new TlsFault(
                    "too many TLS handshakes wait to be computed (workWaitingMax, " + limits().workWaitingMax() + ")",
                    "internal_error",
                    null);
        }
        return false;
    }

    private void workDone() {
        work = null;
        if (gone) {
            closeEngine();
            return;
        }
        guard(() -> {
            drive(NOTHING);
            goOn();
        });
    }

    /// The certificate source has answered.
    void engineKnown() {
        if (!over) {
            goOn();
        }
    }

    /// Has shown again what was left below while it could not be used.
    private void goOn() {
        if (!over && takesMore()) {
            resumeBelow();
        }
    }

    private void handshakeDone(Handshake through, TlsSession agreed) {
        handshake = null;
        session = agreed;
        through.end();
        if (pausedAbove) {
            pauseBelow();
        }
        HandshakeListener listener = upper().closing() ? null : above().as(HandshakeListener.class);
        if (listener != null) {
            listener.handshakeCompleted();
        }
        through.succeed(agreed);
        goOn();
    }

    // Plain text

    /// Shows the protocol what has been deciphered.
    ///
    /// @return whether there was anything
    private boolean deliver() {
        if (space().plain().isEmpty()) {
            return false;
        }
        showAgain = false;
        if (over || upper().closing()) {
            kept = null; // TRA-5
        } else {
            delivering = true;
            try {
                kept = space().plain().deliver(above(), kept);
            } finally {
                delivering = false;
            }
            judgeKept();
        }
        space().plain().empty();
        return true;
    }

    private void goOnReading() {
        showKept();
        if (!over) {
            drive(NOTHING); // the end of the stream may have come meanwhile
        }
    }

    private void showKept() {
        if (!showAgain) {
            return;
        }
        showAgain = false;
        ByteBuffer unread = kept;
        if (unread == null || pausedAbove || over || upper().closing()) {
            return;
        }
        enter();
        try {
            delivering = true;
            kept = space().plain().show(above(), unread);
            delivering = false;
            judgeKept();
            upper().flush();
        } finally {
            delivering = false;
            leave();
        }
    }

    private void judgeKept() {
        if (kept == null) {
            return;
        }
        if (over || upper().closing()) {
            kept = null;
        } else if (kept.remaining() > limits().unreadMaxBytes()) {
            abort(Failure.of(new ConnectionLost("the protocol left " + kept.remaining()
                    + " bytes unread, more than the limit unreadMaxBytes = " + limits().unreadMaxBytes()
                    + "; take bytes as they come, or pause")));
        }
    }

    int unreadBytes() {
        if (delivering && space != null) {
            return space.plain().lentBytes();
        }
        return kept == null ? 0 : kept.remaining();
    }

    void pauseAbove() {
        pausedAbove = true;
        if (handshake == null && !upper().closing()) {
            pauseBelow();
        }
    }

    void resumeAbove() {
        if (!pausedAbove || over || upper().closing()) {
            return;
        }
        pausedAbove = false;
        goOn();
        boolean endWaits = work == null && engine != null && engine.inputEnded() && !inputEnded;
        if (!showAgain && (kept != null || delivering || endWaits)) {
            showAgain = true;
            clock().callLater(Duration.ZERO, LogContext.current().carry(() -> guard(this::goOnReading)));
        }
    }

    private void pauseBelow() {
        if (!pausedBelow && belowIsOpen()) {
            pausedBelow = true;
            transport().pauseProducing();
        }
    }

    private void resumeBelow() {
        if (pausedBelow && belowIsOpen()) {
            pausedBelow = false;
            transport().resumeProducing();
        }
    }

    private boolean belowIsOpen() {
        return transport().connected() && !transport().disconnecting();
    }

    // What goes below

    /// Enciphers what `plain` has, while that are so many bytes at least.
    void encipher(ByteBuffer plain, int least) {
        try {
            while (!over && plain.remaining() >= least && plain.hasRemaining()) {
                int before = plain.remaining();
                if (!sendRecord(plain) && plain.remaining() == before) {
                    plain.position(plain.limit()); // the engine takes nothing more: it was closed
                }
            }
        } catch (TlsFault fault) {
            failed(fault);
        }
    }

    private boolean sendPending(TlsEngine by) throws TlsFault {
        if (!sendRecord(NOTHING) && by.need() == Need.OUTPUT) {
            throw new IllegalStateException("the TLS engine wants to send something, and sends nothing");
        }
        return true;
    }

    /// Sends one record.
    ///
    /// @return whether there was one
    private boolean sendRecord(ByteBuffer plain) throws TlsFault {
        boolean lent = space == null;
        Workspace borrowed = space == null ? context.spaces().take() : space;
        try {
            ByteBuffer record = borrowed.record().clear();
            Objects.requireNonNull(engine).encipher(plain, record);
            record.flip();
            boolean any = record.hasRemaining();
            if (any) {
                transport().write(record);
            }
            return any;
        } finally {
            if (lent) {
                context.spaces().give(borrowed);
            }
        }
    }

    // Its ends

    /// The peer's `close_notify` has come (TLS-10). Told when what came before it was taken or is not wanted,
    /// as the end of every stream is (PRO-9).
    private boolean peerEnded() throws TlsFault {
        inputEnded = true;
        records.clear();
        upper().flush();
        HalfCloseable half = over || upper().closing() ? null : above().halfCloseable();
        if (half != null) {
            half.readConnectionLost();
        } else if (!over && !upper().closing()) {
            endEngine();
        }
        if (upper().ended()) {
            finish();
        }
        return true;
    }

    /// Our side has no more to send (TLS-9).
    void endOutput() {
        try {
            endEngine();
        } catch (TlsFault fault) {
            failed(fault);
            return;
        }
        if (!upper().closing()) {
            tellWriteEnd();
        } else if (inputEnded) {
            finish();
        } else {
            awaitPeersEnd();
            resumeBelow();
        }
    }

    /// The time begins when everything is sent: how slowly the peer may read is not our business (TRA-7).
    private void awaitPeersEnd() {
        closeTimeout = clock().callLater(limits().closeTimeout(), () -> {
            if (transport().unsentBytes() > 0) {
                awaitPeersEnd();
            } else {
                finish();
            }
        });
    }

    private void endEngine() throws TlsFault {
        upper().end();
        TlsEngine ending = Objects.requireNonNull(engine);
        ending.endOutput();
        while (!over && ending.need() == Need.OUTPUT) {
            sendPending(ending);
        }
    }

    /// Tells a protocol that wants to know when all that it wrote is sent.
    private void tellWriteEnd() {
        if (above().halfCloseable() == null) {
            return;
        }
        transport().registerProducer(new PullProducer() {
            @Override
            public void produceMore() {
                if (transport().unsentBytes() == 0) {
                    transport().unregisterProducer();
                    guard(TlsLayer.this::writeEnded);
                }
            }

            @Override
            public void stopProducing() {
                // The end of the connection is told in its own way.
            }
        });
    }

    private void writeEnded() {
        HalfCloseable half = above().halfCloseable();
        if (half != null) {
            half.writeConnectionLost();
        }
        if (inputEnded) {
            finish();
        }
    }

    /// The protocol wants no more of what comes.
    void closing() {
        kept = null;
    }

    /// Both directions of the engine are at their end.
    private boolean engineClosed() throws TlsFault {
        if (handshake != null) {
            throw new TlsFault("the peer ended TLS before the handshake was through", null, null);
        }
        upper().end();
        finish();
        return false;
    }

    /// Everything was said: closes the connection below. If that takes too long it is aborted, unless the protocol has
    /// closed it, which waits for what it wrote to be sent (TRA-7).
    private void finish() {
        if (over) {
            return;
        }
        over = true;
        if (closeTimeout != null) {
            closeTimeout.cancelIfActive();
        }
        upper().die();
        if (!transport().connected()) {
            return;
        }
        if (end != null || !upper().closing()) {
            closeTimeout = clock().callLater(
                    limits().closeTimeout(), () -> transport().abortConnection());
        }
        transport().loseConnection();
    }

    /// TLS cannot go on: says so to the peer, and closes (TLS-3).
    private void failed(TlsFault fault) {
        if (over) {
            return;
        }
        end = Failure.of(new TlsError(fault));
        if (handshake != null && handshake.opening.isServer()) {
            context.faults().failed(transport(), String.valueOf(fault.getMessage()));
        }
        try {
            if (engine == null) {
                sendAlert(fault.alert());
            } else {
                while (engine.need() == Need.OUTPUT && sendRecord(NOTHING)) {
                    // an alert, and what was to go before it
                }
            }
        } catch (TlsFault another) {
            fault.addSuppressed(another);
        }
        finish();
    }

    /// In clear, for there is no engine that could.
    private void sendAlert(@Nullable String alert) {
        if (alert != null && AlertRecord.code(alert) >= 0) {
            AlertRecord.writeFatal(alert, transport());
        }
    }

    /// Resets the connection below (TLS-12).
    ///
    /// @param reason what the protocol is told; null: what the transport below says
    void abort(@Nullable Failure reason) {
        if (reason != null && end == null) {
            end = reason;
        }
        over = true;
        kept = null;
        if (upper != null) {
            upper.die();
        }
        transport().abortConnection();
    }

    /// Calls into the protocol where no transport does: what escapes ends the connection (TRA-20).
    void guard(Runnable call) {
        try {
            call.run();
        } catch (Throwable thrown) {
            Failure reason = Failure.of(thrown);
            log.failure("Unhandled Error", reason);
            abort(reason);
        }
    }

    /// Nobody, when the stream ends without a word: then it was cut off, and there is no half of it left.
    @Override
    public @Nullable HalfCloseable halfCloseable() {
        if (!inputEnded || over || upper().closing() || super.halfCloseable() == null) {
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

    @Override
    public void connectionLost(Failure reason) {
        Failure told = told(reason);
        Handshake broken = handshake;
        gone = true;
        over = true;
        end = told;
        kept = null;
        records.clear();
        if (closeTimeout != null) {
            closeTimeout.cancelIfActive();
        }
        if (broken != null) {
            broken.end();
        }
        if (work == null || work.withdraw()) {
            closeEngine();
        }
        try {
            if (upper != null) {
                upper.lost(told);
            }
        } finally {
            try {
                super.connectionLost(told);
            } finally {
                if (broken != null) {
                    broken.fail(told);
                }
            }
        }
    }

    private Failure told(Failure reason) {
        if (end != null) {
            return end;
        }
        if (!(reason.value() instanceof ConnectionDone)) {
            return reason;
        }
        if (handshake != null) {
            return TlsTruncated.IN_HANDSHAKE;
        }
        boolean orderly = inputEnded || (upper().closing() && upper().ended());
        return orderly ? reason : TlsTruncated.FAILURE;
    }

    private void closeEngine() {
        if (engine != null) {
            engine.close();
        }
    }

    // Looking

    TlsLimits limits() {
        return context.limits();
    }

    private Clock clock() {
        return transport().clock();
    }

    /// Whether the engine takes no plain text now.
    boolean busy() {
        return handshake != null || work != null;
    }

    /// Whether this is inside a call from below, at whose end everything is flushed.
    boolean atWork() {
        return space != null;
    }

    boolean handshakeDone() {
        return session != null;
    }

    TlsSession session() {
        if (session == null) {
            throw new IllegalStateException("the TLS handshake is not through: nobody knows with whom it is;"
                    + " a HandshakeListener is told when it is");
        }
        return session;
    }

    Deferred<TlsSession> whenHandshakeDone() {
        if (session != null) {
            return Deferred.succeed(session);
        }
        if (gone || handshake == null) {
            return Deferred.fail(end == null ? ConnectionLost.FAILURE : end);
        }
        return handshake.whenDone();
    }

    /// What stands below this one has another handshake.
    @Override
    public <T> @Nullable T as(Class<T> type) {
        return type == HandshakeListener.class ? null : super.as(type);
    }

    /// `<inner> (TLS)` (TLS-1).
    @Override
    public String logPrefix() {
        return above().logPrefix() + " (TLS)";
    }
}
