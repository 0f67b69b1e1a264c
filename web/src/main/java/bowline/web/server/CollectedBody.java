package bowline.web.server;

import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.web.message.Headers;
import bowline.web.message.Status;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/// Keeps a body, up to a limit. Memory grows with what has come, never with what was announced (G1).
final class CollectedBody implements BodyReceiver {
    private final int maxBytes;
    private final Deferred<byte[]> whole = new Deferred<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    CollectedBody(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    Deferred<byte[]> whole() {
        return whole;
    }

    @Override
    public void bodyReceived(ByteBuffer piece) {
        if (whole.called()) {
            return; // Too large already: what else comes is let go.
        }
        if (piece.remaining() > maxBytes - bytes.size()) {
            bytes.reset();
            whole.errback(new HttpError(Status.CONTENT_TOO_LARGE, "The body is larger than " + maxBytes + " bytes."));
            return;
        }
        byte[] copy = new byte[piece.remaining()];
        piece.get(copy);
        bytes.writeBytes(copy);
    }

    @Override
    public void bodyEnded(Headers trailers) {
        if (!whole.called()) {
            whole.callback(bytes.toByteArray());
        }
    }

    @Override
    public void bodyFailed(Failure reason) {
        if (!whole.called()) {
            whole.errback(reason);
        }
    }
}
