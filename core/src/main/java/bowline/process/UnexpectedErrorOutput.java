package bowline.process;

import bowline.defer.Deferred;
import bowline.protocol.ConnectionClosed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// A process of which only standard output was wanted wrote to standard error (PRC-18).
public final class UnexpectedErrorOutput extends IOException {
    private static final long serialVersionUID = 1;

    private final transient Deferred<ConnectionClosed> ended;
    private final String text;

    UnexpectedErrorOutput(byte[] err, Deferred<ConnectionClosed> ended) {
        super("got stderr: " + new String(err, StandardCharsets.UTF_8));
        this.text = new String(err, StandardCharsets.UTF_8);
        this.ended = ended;
    }

    /// The first that the process wrote to standard error.
    public String text() {
        return text;
    }

    /// Fires when the process has ended, with the reason: a [ProcessDone] or a [ProcessTerminated].
    public Deferred<ConnectionClosed> ended() {
        return ended;
    }
}
