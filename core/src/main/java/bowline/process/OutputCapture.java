package bowline.process;

import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.protocol.ConnectionClosed;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// For [Processes#output]: standard output, and no word by standard error unless it belongs to it.
final class OutputCapture extends Capture<String> {
    private @Nullable Deferred<ConnectionClosed> end;

    OutputCapture(OutputOptions options) {
        super(options);
    }

    @Override
    public void errReceived(ByteBuffer unread) {
        if (options().errorToo()) {
            collect(unread, out());
        } else if (result().called()) {
            unread.position(unread.limit());
        } else {
            refuse(unread);
        }
    }

    private void refuse(ByteBuffer unread) {
        byte[] err = new byte[unread.remaining()];
        unread.get(err);
        end = new Deferred<>();
        failWith(new UnexpectedErrorOutput(err, end));
    }

    @Override
    void ended(Failure reason) {
        result().callback(new String(out().takeAll(), StandardCharsets.UTF_8));
    }

    @Override
    void endedLate(Failure reason) {
        if (end != null && reason.value() instanceof ConnectionClosed closed) {
            end.callback(closed);
        }
    }
}
