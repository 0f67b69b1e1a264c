package bowline.web.client;

import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.protocol.PushProducer;
import bowline.web.message.Headers;
import bowline.web.message.ResponseHead;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/// What a server answered: the head, and a body that waits on the wire until it is asked for, once (WEB-9).
///
/// Whoever gets a response takes its body or discards it: until then its connection stays busy.
public final class ClientResponse implements PushProducer {
    private final ResponseHead head;
    private final HttpClientProtocol connection;
    private boolean taken;

    ClientResponse(ResponseHead head, HttpClientProtocol connection) {
        this.head = head;
        this.connection = connection;
    }

    /// The status code.
    public int status() {
        return head.status();
    }

    /// The reason phrase.
    public String reason() {
        return head.reason();
    }

    /// The fields.
    public Headers headers() {
        return head.headers();
    }

    /// The whole head.
    public ResponseHead head() {
        return head;
    }

    /// Gives the body to `receiver` as it comes.
    ///
    /// @throws IllegalStateException if it was given to somebody before
    public void deliverBody(BodyReceiver receiver) {
        if (taken) {
            throw new IllegalStateException("the body of this response was taken before; it comes only once");
        }
        taken = true;
        connection.deliverBody(receiver);
    }

    /// Collects the body.
    ///
    /// @param maxBytes the most that is collected; a longer body fails and ends the connection
    public Deferred<byte[]> readBody(int maxBytes) {
        var whole = new Deferred<byte[]>(_ -> stopProducing());
        deliverBody(new Collector(whole, maxBytes));
        return whole;
    }

    /// Gives up the body and with it the connection.
    public void discard() {
        connection.giveUp();
    }

    /// Lets the server wait.
    @Override
    public void pauseProducing() {
        connection.transport().pauseProducing();
    }

    @Override
    public void resumeProducing() {
        connection.transport().resumeProducing();
    }

    @Override
    public void stopProducing() {
        discard();
    }

    @Override
    public String toString() {
        return head.toString();
    }

    private final class Collector implements BodyReceiver {
        private final Deferred<byte[]> whole;
        private final int maxBytes;
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();

        Collector(Deferred<byte[]> whole, int maxBytes) {
            this.whole = whole;
            this.maxBytes = maxBytes;
        }

        @Override
        public void bodyReceived(ByteBuffer piece) {
            if (whole.called()) {
                return;
            }
            if (piece.remaining() > maxBytes - body.size()) {
                whole.errback(new ResponseFailed(
                        "the body is larger than the " + maxBytes
                                + " bytes that may be collected; take it by deliverBody, or allow more",
                        null,
                        true));
                discard();
                return;
            }
            byte[] bytes = new byte[piece.remaining()];
            piece.get(bytes);
            body.writeBytes(bytes);
        }

        @Override
        public void bodyEnded() {
            if (!whole.called()) {
                whole.callback(body.toByteArray());
            }
        }

        @Override
        public void bodyFailed(Failure reason) {
            if (!whole.called()) {
                whole.errback(reason);
            }
        }
    }
}
