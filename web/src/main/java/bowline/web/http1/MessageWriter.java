package bowline.web.http1;

import bowline.bytes.ByteSink;
import bowline.machine.PeerViolation;
import bowline.web.message.BodyLength;
import bowline.web.message.HeaderName;
import bowline.web.message.Headers;
import bowline.web.message.RequestHead;
import bowline.web.message.ResponseHead;
import bowline.web.message.Status;
import java.nio.ByteBuffer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The sending side: writes heads with the fields that frame their bodies, and bodies so framed. Everything is
/// checked before the first byte of it is written.
///
///     HEAD → FIXED | CHUNKED | UNTIL_CLOSE | NONE → HEAD …
final class MessageWriter {

    private enum State {
        HEAD,
        FIXED,
        CHUNKED,
        UNTIL_CLOSE,
        /// No body: what is sent of one is dropped.
        NONE
    }

    private final Conversation conversation;
    private final Supplier<Headers> standing;
    private final HeadWriter writer = new HeadWriter();
    private final HeadBuffer collected = new HeadBuffer();

    private State state = State.HEAD;
    private long remaining;
    private boolean last;

    /// The response head that is in `collected`, if it may go out again as it is, with what else it depends on.
    /// Many resources answer with the same immutable head again and again.
    private @Nullable ResponseHead repeatable;

    private Headers repeatableStanding = Headers.EMPTY;
    private int repeatableRequest;

    MessageWriter(Conversation conversation, Supplier<Headers> standing) {
        this.conversation = conversation;
        this.standing = standing;
    }

    boolean idle() {
        return state == State.HEAD && !last;
    }

    boolean insideMessage() {
        return state != State.HEAD;
    }

    boolean insideBody() {
        return state != State.HEAD && state != State.NONE;
    }

    void request(RequestHead head, ByteSink sink) {
        require(!conversation.server, "a server sends no requests");
        require(atHead() && !last, "a request in the middle of another, or after the last one");
        checkFraming(head.headers(), head.bodyLength());
        if (!head.headers().hasOneHost()) {
            throw new IllegalArgumentException("a request needs exactly one Host (RFC 9112 §3.2): " + head);
        }
        last = conversation.endAfterResponse || head.headers().lists(HeaderName.CONNECTION, "close");
        conversation.outstanding.add(Outstanding.flags(head, last));
        writer.requestLine(head, sink);
        writer.fields(head.headers(), sink);
        if (last && !head.headers().lists(HeaderName.CONNECTION, "close")) {
            writer.close(sink);
        }
        if (head.bodyLength() == BodyLength.NONE) {
            state = State.NONE;
            writer.end(sink);
        } else {
            beginSending(head.headers(), head.bodyLength(), true, sink);
        }
    }

    void response(ResponseHead head, ByteSink sink) {
        require(conversation.server, "a client sends no responses");
        require(atHead() && !conversation.outstanding.isEmpty(), "a response without a request, or inside another");
        int request = conversation.outstanding.oldest();
        Headers fields = standing.get();
        if (goesAgain(head, request, fields)) {
            state = State.FIXED;
            remaining = lengthToSend(head);
        } else {
            repeatable = null;
            collected.clear();
            checkFraming(head.headers(), head.bodyLength());
            response(head, request, fields, collected);
            if (state == State.FIXED && !last) {
                repeatable = head;
                repeatableStanding = fields;
                repeatableRequest = request;
            }
        }
        collected.writeTo(sink);
    }

    @SuppressWarnings("ReferenceEquality") // to compare them would cost as much as to write them
    private boolean goesAgain(ResponseHead head, int request, Headers standingFields) {
        return head == repeatable
                && standingFields == repeatableStanding
                && request == repeatableRequest
                && !conversation.endAfterResponse;
    }

    /// Forgets what was sent.
    void forget() {
        repeatable = null;
        collected.clear();
    }

    private void response(ResponseHead head, int request, Headers standingFields, ByteSink sink) {
        if (head.isInformational()) {
            sendInformational(head, request, sink);
            return;
        }
        boolean switches = ResponseRules.switches(head.status(), request);
        require(switches || head.status() != Status.SWITCHING_PROTOCOLS, "101 to a request that offered no upgrade");
        writer.statusLine(head, sink);
        writer.fields(head.headers(), sink);
        if (switches) {
            writer.end(sink);
            conversation.tunnel = true;
            return;
        }
        if (!head.headers().has(HeaderName.DATE)) {
            writer.fields(standingFields, sink);
        }
        boolean mayHaveBody = ResponseRules.mayHaveBody(head.status(), request);
        boolean canChunk = (request & Outstanding.HTTP_1_0) == 0;
        boolean closeListed = head.headers().lists(HeaderName.CONNECTION, "close");
        last = conversation.endAfterResponse
                || closeListed
                || (request & Outstanding.LAST) != 0
                || (mayHaveBody && head.bodyLength() == BodyLength.UNKNOWN && !canChunk);
        if (last && !closeListed) {
            writer.close(sink);
        }
        if (mayHaveBody) {
            beginSending(head.headers(), lengthToSend(head), canChunk, sink);
        } else {
            endWithoutBody(head, request, sink);
        }
    }

    private static long lengthToSend(ResponseHead head) {
        return head.bodyLength() == BodyLength.NONE ? 0 : head.bodyLength();
    }

    private void sendInformational(ResponseHead head, int request, ByteSink sink) {
        if ((request & Outstanding.HTTP_1_0) != 0) {
            return; // The client would take it for the response (RFC 9110 §15.2).
        }
        writer.statusLine(head, sink);
        writer.fields(head.headers(), sink);
        writer.end(sink);
    }

    /// Ends a head behind which no body comes. To HEAD the length is told that GET would have (RFC 9110 §9.3.2).
    private void endWithoutBody(ResponseHead head, int request, ByteSink sink) {
        state = State.NONE;
        boolean tellLength = (request & Outstanding.HEAD) != 0
                && head.bodyLength() >= 0
                && head.status() != Status.NO_CONTENT
                && head.status() != Status.NOT_MODIFIED
                && !head.headers().has(HeaderName.CONTENT_LENGTH);
        if (tellLength) {
            writer.contentLengthAndEnd(head.bodyLength(), sink);
        } else {
            writer.end(sink);
        }
    }

    private void beginSending(Headers headers, long length, boolean canChunk, ByteSink sink) {
        if (length >= 0) {
            state = State.FIXED;
            remaining = length;
        } else {
            state = canChunk ? State.CHUNKED : State.UNTIL_CLOSE;
        }
        if (length >= 0 && !headers.has(HeaderName.CONTENT_LENGTH)) {
            writer.contentLengthAndEnd(length, sink);
            return;
        }
        if (length == BodyLength.UNKNOWN && canChunk) {
            writer.chunked(sink);
        }
        writer.end(sink);
    }

    private static void checkFraming(Headers headers, long bodyLength) {
        if (headers.has(HeaderName.TRANSFER_ENCODING)) {
            throw new IllegalArgumentException("Transfer-Encoding is the machine's to write; leave it out and give"
                    + " BodyLength.UNKNOWN for a chunked body");
        }
        if (headers.has(HeaderName.CONTENT_LENGTH)
                && (headers.repeated(HeaderName.CONTENT_LENGTH)
                        || headers.number(HeaderName.CONTENT_LENGTH) != bodyLength)) {
            throw new IllegalArgumentException("Content-Length " + headers.all(HeaderName.CONTENT_LENGTH)
                    + " does not say bodyLength, " + bodyLength);
        }
    }

    void body(ByteBuffer data, ByteSink sink) {
        switch (state) {
            case FIXED -> {
                countSent(data.remaining());
                sink.write(data);
            }
            case CHUNKED -> sendChunk(data, sink);
            case UNTIL_CLOSE -> sink.write(data);
            case NONE -> data.position(data.limit());
            case HEAD -> throw misplaced("a body without a head");
        }
    }

    /// An empty piece is left out: as a chunk it would be the last one.
    private void sendChunk(ByteBuffer data, ByteSink sink) {
        if (data.hasRemaining()) {
            writer.chunkSize(data.remaining(), sink);
            sink.write(data);
            writer.end(sink);
        }
    }

    private void countSent(long bytes) {
        require(bytes <= remaining, "more body than Content-Length told");
        remaining -= bytes;
    }

    void sentAside(long bytes) {
        require(state == State.FIXED, "bytes sent aside, and no body of known length is being sent");
        countSent(bytes);
    }

    void end(Headers trailers, ByteSink sink) {
        require(state != State.FIXED || remaining == 0, "less body than Content-Length told");
        require(state != State.HEAD, "the end of no message");
        if (trailers.size() > 0) {
            checkTrailers(trailers);
        }
        if (state == State.CHUNKED) {
            writer.lastChunk(trailers, sink);
        }
        state = State.HEAD;
        if (conversation.server) {
            endResponse();
        }
    }

    private void endResponse() {
        conversation.outstanding.removeOldest();
        conversation.over = last;
    }

    private static void checkTrailers(Headers trailers) {
        for (HeaderName name : ChunkedReader.NOT_IN_TRAILERS) {
            if (trailers.has(name)) {
                throw new IllegalArgumentException(name.text() + " must not be a trailer (RFC 9110 §6.5.1)");
            }
        }
    }

    void refuse(PeerViolation violation, ByteSink sink) {
        String reply = violation.reply();
        if (conversation.server && atHead() && reply != null) {
            int status = Integer.parseInt(reply, 0, 3, 10);
            sink.write(HeadWriter.statusLine(status));
            writer.fields(standing.get(), sink);
            writer.close(sink);
            writer.contentLengthAndEnd(0, sink);
        }
        conversation.over = true;
    }

    private boolean atHead() {
        return state == State.HEAD && !conversation.over && !conversation.tunnel;
    }

    private void require(boolean fits, String what) {
        if (!fits) {
            throw misplaced(what);
        }
    }

    private IllegalStateException misplaced(String what) {
        return new IllegalStateException(what + "; sending is at " + state + ", " + conversation.outstanding.count()
                + " requests outstanding (RFC 9112 §9)");
    }
}
