package bowline.web.http1;

import bowline.bytes.ByteSink;
import bowline.machine.Machine;
import bowline.machine.PeerViolation;
import bowline.web.message.Headers;
import bowline.web.message.HttpEvent;
import bowline.web.message.RequestHead;
import bowline.web.message.ResponseHead;
import java.nio.ByteBuffer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One side of an HTTP/1.1 connection (RFC 9112): for a server requests come in and responses go out, for a client
/// the other way round. Strict in what it takes, for what two readers could read differently is how requests are
/// smuggled (H1-1 to H1-7).
///
/// [MessageReader] and [MessageWriter] each go through the phases of one message after another; what joins them is
/// the row of requests that have no whole response yet, and whether the conversation is over.
///
/// The machine writes the fields that frame a message by itself: `Content-Length`, `Transfer-Encoding` and
/// `Connection: close` follow from the head's `bodyLength`, the request's version and [#endAfterResponse].
public final class Http1Machine implements Machine<HttpEvent> {

    private final Conversation conversation;
    private final MessageReader reader;
    private final MessageWriter writer;

    private Http1Machine(boolean server, Http1Limits limits, Supplier<Headers> standing) {
        conversation = new Conversation(server, limits);
        reader = new MessageReader(conversation);
        writer = new MessageWriter(conversation, standing);
    }

    /// The server's side.
    ///
    /// @param standing fields for every final response that has no `Date` of its own, as `Date` and `Server`
    public static Http1Machine server(Http1Limits limits, Supplier<Headers> standing) {
        return new Http1Machine(true, limits, standing);
    }

    /// The server's side, without standing fields.
    public static Http1Machine server(Http1Limits limits) {
        return server(limits, () -> Headers.EMPTY);
    }

    /// The client's side.
    public static Http1Machine client(Http1Limits limits) {
        return new Http1Machine(false, limits, () -> Headers.EMPTY);
    }

    // How things stand

    /// Requests without a whole response, whether they were received or sent.
    public int outstanding() {
        return conversation.outstanding.count();
    }

    /// Whether as many requests wait as may: then [#next] must not be called on a server, and no request sent by a
    /// client, before a response is through (H1-9).
    public boolean full() {
        return conversation.outstanding.isFull();
    }

    /// Whether the bytes so far end inside a head.
    public boolean insideHead() {
        return reader.insideHead();
    }

    /// Whether the message being read is not over: a head that has begun, or a body that has not ended.
    public boolean insideMessage() {
        return reader.insideMessage();
    }

    /// Whether [#next] gives nothing before the responses that are due are sent: the peer offered to switch to
    /// another protocol.
    public boolean awaitsResponse() {
        return reader.awaitsResponse();
    }

    /// Whether a message is being sent: its head is written, its end is not.
    public boolean sending() {
        return writer.insideMessage();
    }

    /// Whether the head that was last sent lets a body follow. What is sent where none can is dropped, so that
    /// a HEAD may be answered like a GET.
    public boolean sendsBody() {
        return writer.insideBody();
    }

    /// Whether the connection carries no more messages: close it, once what was written is sent.
    public boolean closed() {
        return conversation.over;
    }

    /// Whether the connection belongs to another protocol now, after CONNECT or an upgrade: the machine takes
    /// no more bytes and writes none.
    public boolean tunnel() {
        return conversation.tunnel;
    }

    /// Whether it stands where a new one stands: between messages, and open for more. Then, and if told to
    /// [#forget], it can serve another connection as well.
    public boolean idle() {
        return conversation.idle() && reader.idle() && writer.idle();
    }

    /// Drops what it keeps of messages that are through, only to be quicker if they come again. A machine that is
    /// [#idle] then knows nothing of its peer.
    public void forget() {
        reader.forget();
        writer.forget();
    }

    /// Makes the next head that is sent the last one: it says `Connection: close`.
    public void endAfterResponse() {
        conversation.endAfterResponse = true;
    }

    // Reading

    @Override
    public @Nullable HttpEvent next(ByteBuffer unread) {
        if (conversation.tunnel) {
            return null;
        }
        if (conversation.over) {
            unread.position(unread.limit());
            return null;
        }
        return reader.next(unread);
    }

    /// The peer sends no more: the end of the message if it could only end so, else null.
    ///
    /// @throws PeerViolation if the connection ended inside a message
    public HttpEvent.@Nullable End endOfInput() {
        return conversation.over || conversation.tunnel ? null : reader.endOfInput();
    }

    // Sending

    @Override
    public void send(HttpEvent event, ByteSink sink) {
        switch (event) {
            case RequestHead head -> writer.request(head, sink);
            case ResponseHead head -> writer.response(head, sink);
            case HttpEvent.Body(ByteBuffer data) -> writer.body(data, sink);
            case HttpEvent.End(Headers trailers) -> writer.end(trailers, sink);
        }
    }

    /// Counts `bytes` of a body of known length that the caller sends by itself, as by `Transport.sendFile`.
    ///
    /// @throws IllegalStateException if they do not belong here
    public void sentAside(long bytes) {
        writer.sentAside(bytes);
    }

    /// Answers a peer's violation with its suggested reply and an empty body, if a response can still begin, and
    /// takes and sends no more. Nothing is written by a client.
    public void refuse(PeerViolation violation, ByteSink sink) {
        writer.refuse(violation, sink);
    }
}
