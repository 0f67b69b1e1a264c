package bowline.web.http1;

import bowline.machine.PeerViolation;
import bowline.web.message.BodyLength;
import bowline.web.message.HeadScanner;
import bowline.web.message.HeaderName;
import bowline.web.message.Headers;
import bowline.web.message.HttpEvent;
import bowline.web.message.HttpVersion;
import bowline.web.message.RequestHead;
import bowline.web.message.ResponseHead;
import bowline.web.message.Status;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// The reading side: finds heads, judges them, and takes bodies as they are framed.
///
///     HEAD → FIXED | CHUNKED | UNTIL_CLOSE → END → HEAD …     or SWITCHING, DISCARD
final class MessageReader {

    private enum State {
        HEAD,
        FIXED,
        CHUNKED,
        UNTIL_CLOSE,
        /// The message is whole, and its [HttpEvent.End] is the next event.
        END,
        /// What the next bytes are depends on a response.
        SWITCHING,
        /// The peer's last message is read: what follows is not for us.
        DISCARD
    }

    private final Conversation conversation;
    private final HeadScanner scanner;
    private @Nullable ChunkedReader chunked;

    private State state = State.HEAD;
    private long remaining;
    private boolean last;
    private boolean switchOffered;
    private int informationals;

    /// The request that was read last, if the same bytes would mean the same again. Clients repeat themselves.
    private @Nullable RequestHead repeatable;

    private int repeatableFlags;

    MessageReader(Conversation conversation) {
        this.conversation = conversation;
        this.scanner = conversation.server
                ? HeadScanner.requests(conversation.limits.head())
                : HeadScanner.responses(conversation.limits.head());
    }

    boolean idle() {
        return state == State.HEAD && scanner.idle() && informationals == 0;
    }

    boolean insideHead() {
        return state == State.HEAD && scanner.inside();
    }

    boolean insideMessage() {
        return switch (state) {
            case HEAD -> scanner.inside();
            case FIXED, CHUNKED, UNTIL_CLOSE, END -> true;
            case SWITCHING, DISCARD -> false;
        };
    }

    boolean awaitsResponse() {
        return state == State.SWITCHING && !conversation.outstanding.isEmpty();
    }

    @Nullable
    HttpEvent next(ByteBuffer unread) {
        return switch (state) {
            case HEAD -> conversation.server ? readRequest(unread) : readResponse(unread);
            case FIXED -> readFixed(unread);
            case CHUNKED -> readChunked(unread);
            case UNTIL_CLOSE -> readUntilClose(unread);
            case END -> end(HttpEvent.End.PLAIN);
            case SWITCHING -> readBehindOffer(unread);
            case DISCARD -> {
                unread.position(unread.limit());
                yield null;
            }
        };
    }

    /// An offer to switch that was answered otherwise: the conversation goes on.
    private @Nullable HttpEvent readBehindOffer(ByteBuffer unread) {
        if (!conversation.outstanding.isEmpty()) {
            return null;
        }
        state = State.HEAD;
        return readRequest(unread);
    }

    private @Nullable HttpEvent readRequest(ByteBuffer unread) {
        if (conversation.outstanding.isFull()) {
            throw new IllegalStateException("pipelinedMax, " + conversation.limits.pipelinedMax()
                    + ", requests wait for their responses; ask full() before next()");
        }
        RequestHead again = repeatable;
        if (again != null && scanner.takeAgain(again.headers(), unread)) {
            conversation.outstanding.add(repeatableFlags);
            state = State.END;
            return again;
        }
        if (!scanner.scan(unread)) {
            return null;
        }
        Headers headers = scanner.take(unread);
        HttpVersion version = scanner.version();
        RequestHead head = scanner.request(headers, RequestRules.bodyLength(headers, version, conversation.limits));
        RequestRules.check(head);
        last = !RequestRules.persists(headers, version);
        switchOffered = RequestRules.offersSwitch(head);
        int flags = Outstanding.flags(head, last);
        conversation.outstanding.add(flags);
        beginBody(headers, head.bodyLength());
        repeatable = state == State.END && !last && !switchOffered ? head : null;
        repeatableFlags = flags;
        return head;
    }

    /// Forgets what was read.
    void forget() {
        repeatable = null;
    }

    private @Nullable HttpEvent readResponse(ByteBuffer unread) {
        if (conversation.outstanding.isEmpty() && unread.hasRemaining()) {
            throw new PeerViolation("a response came before any request", "HTTP/1.1 response, RFC 9112 §9.2");
        }
        if (!scanner.scan(unread)) {
            return null;
        }
        Headers headers = scanner.take(unread);
        int request = conversation.outstanding.oldest();
        long length =
                ResponseRules.bodyLength(headers, scanner.version(), scanner.status(), request, conversation.limits);
        ResponseHead head = scanner.response(headers, length);
        if (head.isInformational()) {
            countInformational();
            return head;
        }
        informationals = 0;
        if (ResponseRules.switches(head.status(), request)) {
            conversation.tunnel = true;
            return head;
        }
        if (head.status() == Status.SWITCHING_PROTOCOLS) {
            throw new PeerViolation("101 without an offer to upgrade", "HTTP/1.1 response, RFC 9110 §15.2.2");
        }
        boolean endsWithConnection = length == BodyLength.UNKNOWN && !headers.has(HeaderName.TRANSFER_ENCODING);
        last = endsWithConnection
                || (request & Outstanding.LAST) != 0
                || !RequestRules.persists(headers, scanner.version());
        beginBody(headers, length);
        return head;
    }

    private void countInformational() {
        if (++informationals > conversation.limits.informationalMax()) {
            throw new PeerViolation(
                    "more than informationalMax, " + conversation.limits.informationalMax()
                            + ", responses in front of the final one",
                    "HTTP/1.1 response, RFC 9110 §15.2");
        }
    }

    private void beginBody(Headers headers, long length) {
        if (length == BodyLength.NONE || length == 0) {
            state = State.END;
        } else if (length > 0) {
            state = State.FIXED;
            remaining = length;
        } else if (headers.has(HeaderName.TRANSFER_ENCODING)) {
            state = State.CHUNKED;
            if (chunked == null) {
                chunked = new ChunkedReader(conversation.limits);
            }
            chunked.begin();
        } else {
            state = State.UNTIL_CLOSE;
            remaining = conversation.limits.bodyMaxBytes();
        }
    }

    private @Nullable HttpEvent readFixed(ByteBuffer unread) {
        if (!unread.hasRemaining()) {
            return null;
        }
        HttpEvent piece = takePiece(unread);
        if (remaining == 0) {
            state = State.END;
        }
        return piece;
    }

    private @Nullable HttpEvent readUntilClose(ByteBuffer unread) {
        if (!unread.hasRemaining()) {
            return null;
        }
        if (remaining == 0) {
            throw new PeerViolation(
                    "body is larger than bodyMaxBytes, " + conversation.limits.bodyMaxBytes(), "HTTP/1.1 response");
        }
        return takePiece(unread);
    }

    private HttpEvent takePiece(ByteBuffer unread) {
        int length = (int) Math.min(unread.remaining(), remaining);
        ByteBuffer piece = unread.slice(unread.position(), length);
        unread.position(unread.position() + length);
        remaining -= length;
        return new HttpEvent.Body(piece);
    }

    private @Nullable HttpEvent readChunked(ByteBuffer unread) {
        if (chunked == null) {
            throw new AssertionError("a chunked body without its reader");
        }
        HttpEvent event = chunked.next(unread);
        return event instanceof HttpEvent.End end ? end(end) : event;
    }

    private HttpEvent.End end(HttpEvent.End end) {
        if (last) {
            state = State.DISCARD;
        } else {
            state = switchOffered ? State.SWITCHING : State.HEAD;
        }
        if (!conversation.server) {
            conversation.outstanding.removeOldest();
            conversation.over = last;
        }
        return end;
    }

    HttpEvent.@Nullable End endOfInput() {
        if (state == State.UNTIL_CLOSE) {
            return end(HttpEvent.End.PLAIN);
        }
        if (insideMessage() && state != State.END) {
            throw new PeerViolation("connection ended inside a message", "HTTP/1.1 message, RFC 9112 §8");
        }
        return null;
    }
}
