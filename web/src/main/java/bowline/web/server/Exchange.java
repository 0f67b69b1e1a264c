package bowline.web.server;

import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.protocol.Address;
import bowline.time.Clock;
import bowline.tls.TlsTransport;
import bowline.tls.engine.TlsSession;
import bowline.web.message.Authority;
import bowline.web.message.BodyLength;
import bowline.web.message.Headers;
import bowline.web.message.RequestHead;
import bowline.web.message.Status;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// One request on its way to being answered. Used on the reactor's thread only.
///
/// The body is not read before somebody asks for it, once, by [#body] or [#receiveBody]; asking is also what lets
/// a client go on that waits for `100 Continue` (RFC 9110 §10.1.1).
public final class Exchange {
    private final HttpServerProtocol connection;
    private final RequestHead head;

    /// The one behind it in its connection's row.
    @Nullable
    Exchange next;

    private @Nullable BodyReceiver receiver;
    private @Nullable Deferred<Response> rendering;
    private @Nullable Response response;
    private @Nullable Deferred<@Nullable Void> finished;
    private boolean started;
    private boolean paused;
    private boolean discarding;
    private boolean abandoned;
    private boolean released;
    private long discarded;

    Exchange(HttpServerProtocol connection, RequestHead head) {
        this.connection = connection;
        this.head = head;
    }

    // For resources

    /// The request's head.
    public RequestHead head() {
        return head;
    }

    /// The address of the client.
    public Address peer() {
        return connection.transport().peer();
    }

    /// The address that the client reached.
    public Address host() {
        return connection.transport().host();
    }

    /// `https` if the request came over TLS, else `http`.
    public String scheme() {
        return tlsTransport() == null ? "http" : "https";
    }

    /// What TLS knows of the client, its certificate for one; null if the request came in clear.
    public @Nullable TlsSession tls() {
        TlsTransport transport = tlsTransport();
        return transport == null ? null : transport.session();
    }

    private @Nullable TlsTransport tlsTransport() {
        return TlsTransport.of(connection.transport());
    }

    /// Whether the request is for a host that this connection is not for: its client has proved to us, or been
    /// spared to prove, who it is for another one (TLS-2 of the security rules; RFC 9110 §15.5.20).
    boolean isMisdirected() {
        TlsTransport transport = tlsTransport();
        String authority = transport == null ? null : head.authority();
        return transport != null
                && authority != null
                && !authority.isEmpty()
                && !transport.admits(Authority.host(authority));
    }

    /// The clock of the connection's reactor.
    public Clock clock() {
        return connection.transport().clock();
    }

    /// Reads the body into memory. The Deferred fails with [HttpError] 413 if it is larger than `maxBytes`, and
    /// with the connection's failure if it does not come.
    ///
    /// @throws IllegalStateException if the body was asked for before
    public Deferred<byte[]> body(int maxBytes) {
        if (head.bodyLength() > maxBytes) {
            return Deferred.fail(
                    new HttpError(Status.CONTENT_TOO_LARGE, "The body is larger than " + maxBytes + " bytes."));
        }
        var collected = new CollectedBody(maxBytes);
        receiveBody(collected);
        return collected.whole();
    }

    /// Has the body passed to `taker` as it comes.
    ///
    /// @throws IllegalStateException if the body was asked for before
    public void receiveBody(BodyReceiver taker) {
        if (receiver != null || discarding) {
            throw new IllegalStateException("the body was asked for before, or the response is on its way: " + head);
        }
        receiver = taker;
        if (!hasBody()) {
            // Nothing will come: the end is told at once, for the connection's own may already be past.
            taker.bodyEnded(Headers.EMPTY);
            return;
        }
        connection.bodyWanted(this);
    }

    /// Holds the body back until [#resumeBody].
    public void pauseBody() {
        paused = true;
    }

    /// Lets the body go on.
    public void resumeBody() {
        if (paused) {
            paused = false;
            connection.readOn();
        }
    }

    /// Fires when the response has been handed to the connection whole; fails when the connection ends before.
    public Deferred<@Nullable Void> finished() {
        if (finished == null) {
            finished = new Deferred<>();
        }
        return finished;
    }

    // For the connection

    boolean hasBody() {
        return head.bodyLength() != BodyLength.NONE && head.bodyLength() != 0;
    }

    boolean isSafe() {
        return switch (head.method()) {
            case "GET", "HEAD", "OPTIONS", "TRACE" -> !hasBody();
            default -> false;
        };
    }

    boolean started() {
        return started;
    }

    void markStarted() {
        started = true;
    }

    void rendering(Deferred<Response> itsRendering) {
        rendering = itsRendering;
    }

    /// Whether more of the body should be read now.
    boolean wantsBody() {
        return !hasBody() || (started && (discarding || (receiver != null && !paused)));
    }

    /// From now on what comes of the body is dropped.
    void discardBody() {
        discarding = true;
    }

    /// Passes a piece on, or drops it; answers how much was dropped so far.
    long bodyReceived(ByteBuffer piece) {
        if (receiver != null && !discarding) {
            receiver.bodyReceived(piece);
        } else {
            discarded += piece.remaining();
        }
        return discarded;
    }

    void bodyEnded(Headers trailers) {
        if (receiver != null && !discarding && hasBody()) {
            receiver.bodyEnded(trailers);
        }
    }

    void bodyFailed(Failure reason) {
        if (receiver != null && !discarding && hasBody()) {
            receiver.bodyFailed(reason);
        }
        discarding = true;
    }

    @Nullable
    Response response() {
        return response;
    }

    void answer(Response itsResponse) {
        release();
        response = itsResponse;
        released = false;
    }

    /// The response is through.
    void finish() {
        release();
        if (finished != null && !finished.called()) {
            finished.callback(null);
        }
    }

    /// There will be no response: the connection is gone, or will be.
    void abandon(Failure reason) {
        if (abandoned) {
            return;
        }
        abandoned = true;
        bodyFailed(reason);
        release();
        if (rendering != null && !rendering.called()) {
            rendering.cancel();
        }
        if (finished != null && !finished.called()) {
            finished.errback(reason);
        }
    }

    boolean abandoned() {
        return abandoned;
    }

    /// Closes what the response needs, once.
    private void release() {
        if (response != null && !released) {
            released = true;
            response.whenSent().run();
        }
    }
}
