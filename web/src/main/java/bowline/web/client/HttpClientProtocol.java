package bowline.web.client;

import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.machine.PeerViolation;
import bowline.protocol.HalfCloseable;
import bowline.protocol.Protocol;
import bowline.time.DelayedCall;
import bowline.tls.TlsTransport;
import bowline.web.http1.Http1Machine;
import bowline.web.message.HttpEvent;
import bowline.web.message.RequestHead;
import bowline.web.message.ResponseHead;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One connection of an [Agent]: asks one thing at a time and hands out what comes back.
///
///     IDLE ── request ──▶ WAITING ── head ──▶ HOLDING ── deliverBody ──▶ BODY ── end ──▶ IDLE or closed
///
/// HOLDING leaves the body unread on the wire, so a body that nobody takes costs no memory.
final class HttpClientProtocol extends Protocol implements HalfCloseable {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final AgentOptions options;
    private final Listener listener;
    private final Http1Machine machine;

    private State state = State.IDLE;
    private @Nullable Deferred<ClientResponse> response;
    private @Nullable BodyReceiver receiver;
    private @Nullable DelayedCall timer;
    private boolean begun;

    private enum State {
        IDLE,
        WAITING,
        HOLDING,
        BODY,
        GONE
    }

    /// Hears when the connection can be used for something else, or no more.
    interface Listener {
        /// The last response is through and the connection can carry another request.
        void idle(HttpClientProtocol connection);

        /// The connection is gone.
        void gone(HttpClientProtocol connection);
    }

    HttpClientProtocol(AgentOptions options, Listener listener) {
        this.options = options;
        this.listener = listener;
        this.machine = Http1Machine.client(options.http1());
    }

    @Override
    public String logPrefix() {
        return "HttpClient";
    }

    /// Whether it can be asked.
    boolean isIdle() {
        return state == State.IDLE;
    }

    /// Fires when TLS has made sure whom this leads to; fails, and the connection ends, if it is not who was meant.
    Deferred<HttpClientProtocol> secured() {
        if (!(transport() instanceof TlsTransport tls)) {
            throw new AssertionError("asked for TLS on " + transport());
        }
        return tls.handshake().addCallback(_ -> this).onFailure(_ -> giveUp());
    }

    /// Sends `request`. Cancelling the Deferred ends the connection.
    Deferred<ClientResponse> request(ClientRequest request) {
        if (state != State.IDLE) {
            throw new AssertionError("a request on a connection that is " + state);
        }
        var answered = new Deferred<ClientResponse>(_ -> giveUp());
        RequestHead head = request.head();
        machine.send(head, transport());
        ByteBuffer body = request.body();
        if (body != null) {
            machine.send(new HttpEvent.Body(body.duplicate()), transport());
        }
        machine.send(HttpEvent.End.PLAIN, transport());
        state = State.WAITING;
        begun = false;
        response = answered;
        startTimer(options.responseTimeout(), "no response head");
        return answered;
    }

    @Override
    public void dataReceived(ByteBuffer unread) {
        begun |= unread.hasRemaining();
        try {
            while (state == State.WAITING || state == State.BODY || (state == State.IDLE && unread.hasRemaining())) {
                HttpEvent event = machine.next(unread);
                if (event == null) {
                    return;
                }
                handle(event);
            }
        } catch (PeerViolation violation) {
            fail("the server broke the protocol: " + violation.getMessage(), violation);
        }
    }

    private void handle(HttpEvent event) {
        switch (event) {
            case ResponseHead head -> headReceived(head);
            case HttpEvent.Body(ByteBuffer data) -> bodyReceived(data);
            case HttpEvent.End _ -> ended();
            case RequestHead request -> throw new AssertionError("a client's machine read " + request);
        }
    }

    private void headReceived(ResponseHead head) {
        if (head.isInformational()) {
            return;
        }
        stopTimer();
        state = State.HOLDING;
        transport().pauseProducing();
        Deferred<ClientResponse> answered = response;
        response = null;
        if (answered != null) {
            answered.callback(new ClientResponse(head, this));
        }
    }

    void deliverBody(BodyReceiver wanting) {
        if (state == State.GONE) {
            wanting.bodyFailed(
                    Failure.of(new ResponseFailed("the connection ended before the body was taken", null, true)));
            return;
        }
        receiver = wanting;
        state = State.BODY;
        startTimer(options.bodyIdleTimeout(), "nothing more of the body");
        dataReceived(NOTHING.duplicate()); // a body without bytes is over already
        if (state == State.BODY) {
            transport().resumeProducing();
        }
    }

    private void bodyReceived(ByteBuffer data) {
        startTimer(options.bodyIdleTimeout(), "nothing more of the body");
        if (receiver != null) {
            receiver.bodyReceived(data);
        }
    }

    private void ended() {
        stopTimer();
        BodyReceiver finished = receiver;
        receiver = null;
        if (machine.closed() || machine.sending()) {
            state = State.GONE;
            transport().loseConnection();
        } else {
            state = State.IDLE;
            transport().resumeProducing();
            listener.idle(this);
        }
        if (finished != null) {
            finished.bodyEnded();
        }
    }

    /// The server sends no more: the end of a body that could only end so, else a failure (H1-11).
    @Override
    public void readConnectionLost() {
        if (state == State.IDLE) {
            close();
            return;
        }
        try {
            HttpEvent.End end = state == State.BODY ? machine.endOfInput() : null;
            if (end != null) {
                ended();
            }
        } catch (PeerViolation cut) {
            fail("the connection ended inside the response", cut);
        }
        transport().loseConnection();
    }

    @Override
    public void writeConnectionLost() {}

    @Override
    public void connectionLost(Failure reason) {
        failPending("the connection ended before the response did: " + reason.message(), reason.value());
        state = State.GONE;
        listener.gone(this);
    }

    /// Ends the connection, whatever it is doing.
    void giveUp() {
        stopTimer();
        state = State.GONE;
        transport().abortConnection();
    }

    /// Closes an idle connection.
    void close() {
        stopTimer();
        state = State.GONE;
        transport().loseConnection();
    }

    /// Has the connection closed when it has been idle for long.
    void closeWhenIdle(Duration idleTimeout) {
        stopTimer();
        timer = transport().clock().callLater(idleTimeout, this::close);
    }

    private void startTimer(Duration timeout, String what) {
        if (timer != null && timer.active()) {
            timer.reset(timeout);
            return;
        }
        timer = transport()
                .clock()
                .callLater(timeout, () -> fail(what + " within " + timeout.toSeconds() + " s", null));
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancelIfActive();
            timer = null;
        }
    }

    private void fail(String what, @Nullable Throwable cause) {
        failPending(what, cause);
        giveUp();
    }

    private void failPending(String what, @Nullable Throwable cause) {
        stopTimer();
        Failure failure = Failure.of(new ResponseFailed(what, cause, begun));
        Deferred<ClientResponse> waiting = response;
        BodyReceiver wanting = receiver;
        response = null;
        receiver = null;
        if (waiting != null && !waiting.called()) {
            waiting.errback(failure);
        }
        if (wanting != null) {
            wanting.bodyFailed(failure);
        }
    }
}
