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
import bowline.protocol.Transport;
import bowline.reactor.Reactor;
import bowline.time.Clock;
import bowline.tls.HandshakeWork.Withdrawal;
import bowline.tls.Workspaces.Workspace;
import bowline.tls.engine.TlsEngine;
import bowline.tls.engine.TlsEngine.Need;
import bowline.tls.engine.TlsFault;
import bowline.tls.engine.TlsSession;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// TLS for one connection: a protocol to the transport below, which carries records, and a [TlsTransport] to the
/// protocol above, which knows plain text (section 33). Here is what drives the [TlsEngine]; [ReadingSide] reads,
/// [UpperSide] writes, and [Ending] ends it.
///
///     opening ── engine known ──▶ handshake ── through ──▶ open ── both have ended, or a fault ──▶ over ──▶ lost
///
/// What must happen next, the engine is asked ([#step]): send what it has, have its work done elsewhere, decipher the
/// next record. While it works elsewhere nothing else is asked of it: what comes stays unread below, what is
/// written waits. The buffers for all that are borrowed ([Workspaces]) for the time of one call from below; a quiet
/// connection has none. (This class is longer than others because the halves, and what ends them, meet in it.)
///
/// @param <P> the inner protocol
public final class TlsLayer<P extends Protocol> extends ProtocolWrapper<P> {
    private static final Logger log = Logger.of(TlsLayer.class);
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private TlsContext context;

    @SuppressWarnings("this-escape") // they ask nothing before there is a connection
    private final ReadingSide reading = new ReadingSide(this);

    @SuppressWarnings("this-escape")
    private final Ending ending = new Ending(this);

    /// Null when it is through.
    private @Nullable Handshake handshake;

    private @Nullable TlsEngine engine;
    private @Nullable TlsSession session;
    private @Nullable Predicate<String> admission;
    private @Nullable UpperSide upper;

    /// Borrowed for the present call.
    private @Nullable Workspace space;

    /// Work that goes on elsewhere.
    private @Nullable Withdrawal work;

    private boolean gone;

    TlsLayer(P inner, TlsContext context, Opening opening) {
        super(inner);
        this.context = context;
        handshake = new Handshake(opening);
    }

    /// The upper side, for a protocol that has its connection already: the layer is put below it.
    UpperSide above(Transport below) {
        context = context.in(below.clock());
        var made = new UpperSide(below, this);
        upper = made;
        return made;
    }

    @Override
    protected Transport transportAbove(Transport below) {
        return upper();
    }

    // The beginning

    @Override
    public void connectionMade() {
        Handshake beginning = Objects.requireNonNull(handshake);
        boolean inPlace = upper != null;
        if (!inPlace) {
            above(transport());
        }
        if (!admit(beginning)) {
            if (inPlace) {
                openInPlace();
            }
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
                ending.abort(Failure.of(
                        new ConnectionLost("too many TLS handshakes of this peer are under way (handshakesBySourceMax, "
                                + limits().handshakesBySourceMax() + ")")));
                return false;
            }
        }
        beginning.begin(source, clock().callLater(limits().handshakeTimeout(), this::handshakeTooSlow));
        return true;
    }

    /// M4
    private void refuseInjected() {
        int unread = transport().unreadBytes();
        if (unread > 0) {
            ending.abort(Failure.of(new InjectedClearText(unread)));
        }
    }

    private void handshakeTooSlow() {
        ending.abort(Failure.of(new TlsError(new TlsFault(
                "the TLS handshake was not through within " + limits().handshakeTimeout() + " (handshakeTimeout)",
                null,
                null))));
    }

    // Driving the engine

    @Override
    public void dataReceived(ByteBuffer unread) {
        reading.showKept(); // which comes before what is new
        if (takesNothing()) {
            unread.position(unread.limit());
            return;
        }
        if (work == null) {
            drive(unread);
        }
        if (takesNothing()) {
            unread.position(unread.limit());
        } else if (unread.hasRemaining() && !takesMore()) {
            reading.pauseBelow();
        }
    }

    private boolean takesNothing() {
        return ending.isOver() || reading.hasEnded();
    }

    /// Whether more of the peer's bytes are of use now.
    private boolean takesMore() {
        return reading.wantsRecords() && (handshake == null || !handshake.opening.isChoosing());
    }

    /// Does what the engine needs, with a workspace borrowed.
    private void drive(ByteBuffer unread) {
        enter().plain().empty();
        try {
            do {
                while (!ending.isOver() && step(unread)) {
                    // and the next
                }
            } while (reading.deliver());
            upper().flush();
        } catch (TlsFault fault) {
            ending.failed(fault);
        } finally {
            leave();
        }
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
        if (peersEndWaits()) {
            return reading.deliver() || endReading();
        }
        return switch (present.need()) {
            case OUTPUT -> sendPending(present);
            case WORK -> work(present);
            case CLOSED -> closed();
            case NOTHING, INPUT -> reading.wantsRecords() && reading.decipher(present, unread);
        };
    }

    /// Whether the peer's `close_notify` has come, and was not told yet.
    boolean peersEndWaits() {
        return work == null && engine != null && engine.inputEnded() && !reading.hasEnded();
    }

    private boolean endReading() throws TlsFault {
        if (!reading.wantsRecords() || reading.showsAgain()) {
            return false;
        }
        ending.peerEnded();
        return true;
    }

    /// Both directions of the engine are at their end.
    private boolean closed() throws TlsFault {
        if (handshake != null) {
            throw new TlsFault("the peer ended TLS before the handshake was through", null, null);
        }
        upper().end();
        ending.finish();
        return false;
    }

    private void handshakeDone(Handshake through, TlsSession agreed) {
        handshake = null;
        session = agreed;
        admission = through.opening.admission();
        through.end();
        reading.handshakeDone();
        HandshakeListener listener = upper().closing() ? null : above().as(HandshakeListener.class);
        if (listener != null) {
            listener.handshakeCompleted();
        }
        through.succeed(agreed);
        goOn();
    }

    /// So many bytes of the peer's were taken, and the handshake is not through.
    void handshakeReceived(int bytes) throws TlsFault {
        if (handshake != null && handshake.received(bytes) > limits().handshakeMaxBytes()) {
            throw new TlsFault(
                    "the peer's part of the TLS handshake is longer than the limit handshakeMaxBytes = "
                            + limits().handshakeMaxBytes(),
                    null,
                    null);
        }
    }

    /// Has shown again what was left below while it could not be used.
    void goOn() {
        if (!ending.isOver() && takesMore()) {
            reading.resumeBelow();
        }
    }

    /// A turn after the protocol has resumed: what it left comes first, and then the end, if that has come
    /// meanwhile.
    void goOnReading() {
        reading.showKept();
        if (!ending.isOver()) {
            drive(NOTHING);
            goOn();
        }
    }

    /// The certificate source has answered.
    void engineKnown() {
        goOn();
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

    // What goes below

    /// Enciphers what `plain` has, while that are so many bytes at least.
    void encipher(ByteBuffer plain, int least) {
        try {
            while (!ending.isOver() && plain.remaining() >= least && plain.hasRemaining()) {
                int before = plain.remaining();
                if (!sendRecord(engine(), plain) && plain.remaining() == before) {
                    plain.position(plain.limit()); // the engine takes nothing more: it was closed
                }
            }
        } catch (TlsFault fault) {
            ending.failed(fault);
        }
    }

    /// Sends what the engine has to send by itself.
    private boolean sendPending(TlsEngine by) throws TlsFault {
        sendAll(by);
        if (by.need() == Need.OUTPUT) {
            throw new IllegalStateException("the TLS engine wants to send something, and sends nothing");
        }
        return true;
    }

    /// The same, of an engine that may have come to its end.
    void sendAll(TlsEngine by) throws TlsFault {
        boolean sent = true;
        while (sent && by.need() == Need.OUTPUT) {
            sent = sendRecord(by, NOTHING);
        }
    }

    /// Sends one record.
    ///
    /// @return whether there was one
    private boolean sendRecord(TlsEngine by, ByteBuffer plain) throws TlsFault {
        boolean lent = space == null;
        Workspace borrowed = space == null ? context.spaces().take() : space;
        try {
            ByteBuffer record = borrowed.record().clear();
            by.encipher(plain, record);
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

    // The end

    /// Tells the log of a client with whom the handshake failed; a server's fault is told by the reason.
    void noteFault(TlsFault fault) {
        if (handshake != null && handshake.opening.isServer()) {
            context.faults().failed(transport(), String.valueOf(fault.getMessage()));
        }
    }

    /// Calls into the protocol where no transport does: what escapes ends the connection (TRA-20).
    void guard(Runnable call) {
        try {
            call.run();
        } catch (Throwable thrown) {
            Failure reason = Failure.of(thrown);
            log.failure("Unhandled Error", reason);
            ending.abort(reason);
        }
    }

    @Override
    public @Nullable HalfCloseable halfCloseable() {
        return ending.halfCloseable();
    }

    @Override
    public void connectionLost(Failure reason) {
        if (reason.value() instanceof ConnectionDone && reading.showsAgain()) {
            guard(this::goOnReading); // what came in good order is shown before the end is told (PRO-9)
        }
        Failure told = ending.lost(reason);
        Handshake broken = handshake;
        gone = true;
        reading.forget();
        if (broken != null) {
            broken.end();
        }
        if (work == null || work.withdraw()) {
            closeEngine();
        }
        try {
            upper().lost(told);
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

    private void closeEngine() {
        if (engine != null) {
            engine.close();
        }
    }

    // What the halves need of each other

    ReadingSide reading() {
        return reading;
    }

    Ending ending() {
        return ending;
    }

    UpperSide upper() {
        return Objects.requireNonNull(upper, "the connection is not made");
    }

    /// Who is told what happens now.
    Protocol protocol() {
        return above();
    }

    TlsEngine engine() {
        return Objects.requireNonNull(engine, "there is no engine yet");
    }

    @Nullable
    TlsEngine engineIfAny() {
        return engine;
    }

    TlsLimits limits() {
        return context.limits();
    }

    Clock clock() {
        return transport().clock();
    }

    /// Borrows buffers until [#leave].
    Workspace enter() {
        Workspace borrowed = context.spaces().take();
        space = borrowed;
        return borrowed;
    }

    void leave() {
        Workspace borrowed = space;
        space = null;
        if (borrowed != null) {
            context.spaces().give(borrowed);
        }
    }

    Workspace space() {
        return Objects.requireNonNull(space, "no workspace");
    }

    /// Whether this is inside a call from below, at whose end everything is flushed.
    boolean atWork() {
        return space != null;
    }

    /// Whether the engine works elsewhere.
    boolean working() {
        return work != null;
    }

    /// Whether the handshake is still to come to its end.
    boolean shakesHands() {
        return handshake != null;
    }

    /// Whether the engine takes no plain text now.
    boolean busy() {
        return handshake != null || work != null;
    }

    // With whom

    boolean handshakeDone() {
        return session != null;
    }

    boolean admits(String host) {
        if (admission == null) {
            throw new IllegalStateException("the TLS handshake is not through; ask when it is");
        }
        return admission.test(host);
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
            Failure reason = ending.reason();
            return Deferred.fail(reason == null ? ConnectionLost.FAILURE : reason);
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
