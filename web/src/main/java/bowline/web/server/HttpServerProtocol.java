package bowline.web.server;

import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.log.Logger;
import bowline.machine.PeerViolation;
import bowline.policy.ConnectionsBySource;
import bowline.protocol.ConnectionClosed;
import bowline.protocol.Drainable;
import bowline.protocol.HalfCloseable;
import bowline.protocol.Protocol;
import bowline.protocol.PullProducer;
import bowline.protocol.TcpTransport;
import bowline.protocol.Transport;
import bowline.protocol.TransportLimits;
import bowline.web.http1.Http1Machine;
import bowline.web.message.BodyLength;
import bowline.web.message.Headers;
import bowline.web.message.HttpEvent;
import bowline.web.message.Quoted;
import bowline.web.message.RequestHead;
import bowline.web.message.ResponseHead;
import bowline.web.message.Status;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Joins one HTTP/1.1 connection to the site: bytes to the machine, events to exchanges, responses back in the order
/// of their requests (H1-9).
///
/// Requests without side effects and bodies are worked on side by side, up to the machine's `pipelinedMax`; any other
/// waits until all before it are answered, and nothing behind it is read meanwhile. Reading stops whenever nobody
/// wants more: because enough requests wait, because nobody asked for the body, or because the client does not
/// take its responses.
///
/// How a connection ends: at once if the client has been heard out; otherwise our side is closed and what still comes
/// is dropped for a while, for a reset could destroy the response before it is read (H1-8).
///
/// Kept small while idle, for there may be very many: what only a busy connection needs is lent by the site. Longer
/// than other classes, for reading, answering, time and the end all turn on the same few flags, and apart they
/// would be objects that every idle connection pays for.
public final class HttpServerProtocol extends Protocol implements HalfCloseable, Drainable {
    private static final Logger log = Logger.of(HttpServerProtocol.class);
    private static final ResponseHead CONTINUE = new ResponseHead(Status.CONTINUE, Headers.EMPTY, BodyLength.NONE);

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Site site;
    private final ConnectionsBySource.Source source;
    private final ExchangeRow exchanges = new ExchangeRow();
    private @Nullable MachinePool machines;

    /// What reads and writes messages; null between requests.
    private @Nullable Http1Machine machine;

    private @Nullable CountedSink counted;
    private @Nullable ConnectionTimer timer;

    /// The exchange whose request is not read to its end.
    private @Nullable Exchange receiving;
    /// Behind the responses that are still due, this is answered, and then all is over.
    private @Nullable PeerViolation violation;
    private int requests;
    private long bodyStart;
    private boolean reading;
    private boolean pumping;
    private boolean answering;
    private boolean outputFull;
    private boolean paused;
    private boolean draining;
    private boolean lastHeadAwaited;
    private boolean peerEnded;
    private boolean closing;
    private boolean lingering;

    HttpServerProtocol(Site site, ConnectionsBySource.Source source) {
        this.site = site;
        this.source = source;
    }

    // The connection's life

    @Override
    public void connectionMade() {
        Transport transport = transport();
        if (transport instanceof TcpTransport tcp) {
            tcp.tcpNoDelay(true); // WEB-1: what a turn writes leaves in one piece anyway
        }
        machines = site.machines(transport.clock());
        counted = new CountedSink(transport);
        timer = new Watch();
        site.opened(transport.clock());
    }

    @Override
    public void connectionLost(Failure reason) {
        site.closed(source);
        timer().stop();
        closing = true;
        abandonAll(reason);
    }

    /// No request is begun any more; those that are running say `Connection: close` when they end. A head that
    /// is on its way is waited for a little: who has just connected cannot know that we end, and who was
    /// answered before can.
    @Override
    public void drain() {
        draining = true;
        if (!exchanges.isEmpty() || closing) {
            return;
        }
        lastHeadAwaited = !peerEnded && (requests == 0 || insideHead());
        if (lastHeadAwaited) {
            watch();
        } else {
            close();
        }
    }

    @Override
    public void readConnectionLost() {
        peerEnded = true;
        if (lingering) {
            transport().loseConnection();
            return;
        }
        try {
            if (machine != null) {
                machine.endOfInput();
            }
        } catch (PeerViolation incomplete) {
            broken(incomplete);
        }
        if (exchanges.isEmpty() && !closing) {
            close();
        }
    }

    @Override
    public void writeConnectionLost() {}

    /// `HTTP` in log lines.
    @Override
    public String logPrefix() {
        return "HTTP";
    }

    // Reading

    @Override
    public void dataReceived(ByteBuffer unread) {
        if (lingering || violation != null) {
            unread.position(unread.limit());
            return;
        }
        readWhatIsWanted(unread);
        if (closing) {
            unread.position(unread.limit());
        } else if (unread.hasRemaining() && !wantsMore()) {
            paused = true;
            transport().pauseProducing();
        }
        watch();
    }

    private void readWhatIsWanted(ByteBuffer unread) {
        reading = true;
        machines().lookAtClock();
        try {
            while (wantsMore()) {
                HttpEvent event = machine().next(unread);
                if (event == null) {
                    return; // What is left comes back with more behind it.
                }
                deliver(event);
            }
        } catch (PeerViolation peers) {
            unread.position(unread.limit());
            broken(peers);
        } finally {
            reading = false;
        }
    }

    private boolean wantsMore() {
        if (closing || outputFull || violation != null || machine().awaitsResponse()) {
            return false;
        }
        return receiving == null ? canBegin() : receiving.wantsBody();
    }

    private boolean canBegin() {
        Exchange last = exchanges.last();
        return (!draining || lastHeadAwaited)
                && !machine().full()
                && (last == null || (last.started() && last.isSafe()));
    }

    private void deliver(HttpEvent event) {
        switch (event) {
            case RequestHead head -> begin(head);
            case HttpEvent.Body(ByteBuffer data) -> takeBody(data);
            case HttpEvent.End(Headers trailers) -> endRequest(trailers);
            case ResponseHead _ -> throw new AssertionError("a server's machine reads no responses");
        }
    }

    private void begin(RequestHead head) {
        requests++;
        lastHeadAwaited = false;
        var exchange = new Exchange(this, head);
        boolean mayStart = exchanges.isEmpty() || exchange.isSafe();
        exchanges.add(exchange);
        receiving = exchange;
        if (mayStart) {
            start(exchange);
        }
    }

    private void takeBody(ByteBuffer data) {
        Exchange exchange = Objects.requireNonNull(receiving, "a body belongs to a request");
        timer().bodyReceived(data.remaining());
        if (exchange.bodyReceived(data) > site.options().discardMaxBytes()) {
            close();
        }
    }

    private void endRequest(Headers trailers) {
        Exchange exchange = Objects.requireNonNull(receiving, "an end belongs to a request");
        receiving = null;
        exchange.bodyEnded(trailers);
    }

    /// Somebody asked for the body: the client may send it, if it waits to be told.
    void bodyWanted(Exchange exchange) {
        if (exchange.head().expectsContinue() && exchange == exchanges.first() && !answering && !closing) {
            machine().send(CONTINUE, out());
        }
        readOn();
    }

    /// Reads on if reading had stopped and more is wanted again.
    void readOn() {
        if (reading) {
            return; // It will go on by itself.
        }
        if (receiving != null && wantsMore()) {
            readWhatIsWanted(NOTHING.duplicate()); // The end of a body takes no bytes.
        }
        if (paused && !closing && wantsMore()) {
            paused = false;
            transport().resumeProducing();
        }
        watch();
    }

    // Answering

    private void start(Exchange exchange) {
        exchange.markStarted();
        Deferred<Response> rendering = Deferred.maybeDeferred(() -> site.render(exchange));
        exchange.rendering(rendering);
        rendering.<@Nullable Void>addCallbacks(
                response -> answer(exchange, response), failure -> answerFailure(exchange, failure));
    }

    private @Nullable Void answerFailure(Exchange exchange, Failure failure) {
        if (exchange.abandoned()) {
            return null; // It was cancelled by us.
        }
        if (failure.value() instanceof HttpError error) {
            return answer(exchange, error.response());
        }
        log.failure(
                "rendering {request} failed", failure, Quoted.of(exchange.head().toString()));
        return answer(exchange, internalError());
    }

    private static Response internalError() {
        return Response.errorPage(Status.INTERNAL_SERVER_ERROR, "Something went wrong here. It has been logged.");
    }

    private @Nullable Void answer(Exchange exchange, Response response) {
        if (exchange.abandoned()) {
            response.whenSent().run();
            return null;
        }
        exchange.answer(response);
        pump();
        return null;
    }

    /// Sends the responses that are due: in order, and each when the one before is through.
    private void pump() {
        if (pumping) {
            return;
        }
        pumping = true;
        if (!reading) {
            machines().lookAtClock();
        }
        try {
            while (!answering && !outputFull && !closing) {
                Exchange first = exchanges.first();
                if (first != null && !first.started()) {
                    start(first);
                }
                Response response = first == null ? null : first.response();
                if (first == null || response == null) {
                    break;
                }
                send(first, response);
            }
        } finally {
            pumping = false;
        }
        answerViolation();
        readOn();
    }

    private void send(Exchange exchange, Response response) {
        answering = true;
        if (isLast(exchange)) {
            machine().endAfterResponse();
        }
        Response sendable = sendHead(exchange, response);
        bodyStart = out().bytes();
        if (!machine().sendsBody()) {
            finish(exchange);
            return;
        }
        try {
            if (sendable.content() instanceof Content.Bytes(ByteBuffer data)) {
                machine().send(new HttpEvent.Body(data.duplicate()), out());
                finish(exchange);
                return;
            }
            new ContentSender(machine(), out(), transport(), new Outcome(exchange)).send(sendable.content());
        } catch (IllegalStateException wrongLength) {
            cut(Failure.of(wrongLength));
        }
    }

    private Response sendHead(Exchange exchange, Response response) {
        try {
            machine().send(response.head(), out());
            return response;
        } catch (IllegalArgumentException | IllegalStateException unsendable) {
            log.failure(
                    "the response to {request} cannot be sent",
                    Failure.of(unsendable),
                    Quoted.of(exchange.head().toString()));
            Response instead = internalError();
            exchange.answer(instead);
            machine().send(instead.head(), out());
            return instead;
        }
    }

    /// Whether the connection ends behind the response to `exchange`, for our own reasons.
    private boolean isLast(Exchange exchange) {
        if (receiving == exchange && !canDiscard(exchange.head())) {
            return true;
        }
        return (draining || peerEnded) && exchanges.isSingle();
    }

    /// Whether the rest of a body that nobody wants can be read away (H1-8). Not when the client may never send it.
    private boolean canDiscard(RequestHead head) {
        return !head.expectsContinue() && head.bodyLength() <= site.options().discardMaxBytes();
    }

    private void finish(Exchange exchange) {
        try {
            machine().send(HttpEvent.End.PLAIN, out());
        } catch (IllegalStateException tooShort) {
            cut(Failure.of(tooShort));
            return;
        }
        answering = false;
        exchanges.removeFirst();
        if (receiving == exchange) {
            exchange.discardBody();
        }
        exchange.finish();
        note(exchange);
        if (machine().closed() || ((draining || peerEnded) && exchanges.isEmpty())) {
            close();
        } else if (transport().unsentBytes() > TransportLimits.HIGH_WATER_BYTES) {
            outputFull = true;
            transport().registerProducer(new OutputGate());
        }
    }

    private void note(Exchange exchange) {
        Response response = exchange.response();
        if (response != null && site.accessLog() != AccessLog.NONE) {
            long bodyBytes = out().bytes() - bodyStart;
            site.accessLog()
                    .note(new AccessEntry(
                            clientHost(),
                            transport().clock().now(),
                            exchange.head(),
                            response.head().status(),
                            bodyBytes));
        }
    }

    /// The source's name where it is that of one host: all its connections share it.
    private String clientHost() {
        String host = source.host();
        return host == null ? transport().peer().host() : host;
    }

    /// The body does not come to what its head promised: all that is left is to let the client see that.
    private void cut(Failure reason) {
        if (!closing) {
            if (reason.check(ConnectionClosed.class) == null) { // a client that goes is no fault of ours
                log.failure("a response breaks off", reason);
            }
            closing = true;
            transport().abortConnection();
        }
    }

    // What goes wrong

    private void broken(PeerViolation peers) {
        log.info("{peer} broke the protocol: {what}", transport().peer().toString(), peers.getMessage());
        Exchange incomplete = receiving;
        receiving = null;
        violation = peers;
        if (incomplete != null && incomplete.response() == null) {
            exchanges.removeLast(); // What is being received is always the last.
            incomplete.abandon(Failure.of(peers));
        } else if (incomplete != null) {
            // Its answer is there: it gets no second one.
            incomplete.bodyFailed(Failure.of(peers));
            violation = new PeerViolation(String.valueOf(peers.getMessage()), peers.source());
        }
        answerViolation();
    }

    private void answerViolation() {
        if (violation != null && exchanges.isEmpty() && !closing) {
            machines().lookAtClock();
            machine().refuse(violation, out());
            close();
        }
    }

    private void close() {
        if (closing) {
            return;
        }
        closing = true;
        boolean heardOut = (receiving == null || !receiving.hasBody()) && violation == null && !paused;
        abandonAll(Failure.of(new HttpError(Status.SERVICE_UNAVAILABLE)));
        if (heardOut || peerEnded) {
            transport().loseConnection();
        } else {
            linger();
        }
        watch();
    }

    private void linger() {
        lingering = true;
        transport().loseWriteConnection();
        if (paused) {
            paused = false;
            transport().resumeProducing();
        }
    }

    private void abandonAll(Failure reason) {
        if (receiving != null) {
            receiving.bodyFailed(reason);
            receiving = null;
        }
        exchanges.removeAll(exchange -> exchange.abandon(reason));
    }

    // Time

    /// Takes note of where things stand, at the end of whatever was done.
    private void watch() {
        if (transport().connected()) {
            timer().enter(phase(), requests);
        }
        letMachineGo();
    }

    private ConnectionTimer.Phase phase() {
        if (lingering) {
            return ConnectionTimer.Phase.LINGER;
        }
        if (receiving != null && receiving.wantsBody() && !closing) {
            return ConnectionTimer.Phase.BODY;
        }
        if (!exchanges.isEmpty() || closing || outputFull) {
            return ConnectionTimer.Phase.WORKING;
        }
        if (lastHeadAwaited) {
            return ConnectionTimer.Phase.LAST_HEAD;
        }
        return requests == 0 || insideHead() ? ConnectionTimer.Phase.HEAD : ConnectionTimer.Phase.IDLE;
    }

    private void tooLong(ConnectionTimer.Phase phase) {
        switch (phase) {
            case HEAD, LAST_HEAD -> {
                if (insideHead()) {
                    broken(timedOut("the head was not whole in time"));
                } else {
                    close();
                }
            }
            case IDLE -> close();
            case BODY -> broken(timedOut("the body came too slowly"));
            case WORKING -> {}
            case LINGER -> transport().abortConnection();
        }
    }

    private static PeerViolation timedOut(String what) {
        return new PeerViolation(what, "RFC 9110 §15.5.9", "408 Request Timeout");
    }

    // The machine

    private Http1Machine machine() {
        if (machine == null) {
            machine = machines().take();
        }
        return machine;
    }

    private MachinePool machines() {
        return Objects.requireNonNull(machines, "connected");
    }

    private void letMachineGo() {
        if (machine != null && machine.idle() && exchanges.isEmpty() && !reading && !pumping) {
            machines().give(machine);
            machine = null;
        }
    }

    private boolean insideHead() {
        return machine != null && machine.insideHead();
    }

    private CountedSink out() {
        return Objects.requireNonNull(counted, "connected");
    }

    private ConnectionTimer timer() {
        return Objects.requireNonNull(timer, "connected");
    }

    /// Sees the connection's time.
    private final class Watch extends ConnectionTimer {
        Watch() {
            super(transport().clock(), site.options().timeouts());
        }

        @Override
        long writtenBytes() {
            return out().bytes();
        }

        @Override
        long unsentBytes() {
            return transport().unsentBytes();
        }

        @Override
        void tooLong(Phase phase) {
            HttpServerProtocol.this.tooLong(phase);
        }

        @Override
        void readsTooSlowly() {
            log.info(
                    "{peer} reads too slowly: connection aborted",
                    transport().peer().toString());
            closing = true;
            transport().abortConnection();
        }
    }

    /// What becomes of one response's content.
    private final class Outcome implements ContentSender.Outcome {
        private final Exchange exchange;

        Outcome(Exchange exchange) {
            this.exchange = exchange;
        }

        @Override
        public void contentSent() {
            if (!exchange.abandoned()) {
                finish(exchange);
                pump();
            }
        }

        @Override
        public void contentFailed(Failure failure) {
            if (!exchange.abandoned()) {
                cut(failure);
            }
        }
    }

    /// Asked when everything is sent: then there is room for more responses.
    private final class OutputGate implements PullProducer {

        @Override
        public void produceMore() {
            if (transport().unsentBytes() > 0) {
                return;
            }
            transport().unregisterProducer();
            outputFull = false;
            pump();
        }

        @Override
        public void stopProducing() {}
    }
}
