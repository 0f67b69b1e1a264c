package bowline.supervise;

import bowline.log.Logger;
import bowline.process.ProcessProtocol;
import java.nio.ByteBuffer;

/// A program whose standard error goes to the log as warnings, a line at a time, under the name that it has there. On
/// the reactor's thread.
abstract class LoggedProgram extends ProcessProtocol {
    private final String name;
    private final LineLog errors;

    /// @param name in the log
    /// @param lineMaxBytes of a line in the log; longer ones come in pieces
    LoggedProgram(Logger log, String name, int lineMaxBytes) {
        this.name = name;
        errors = new LineLog(lineMaxBytes, line -> log.warn("[{name}] {line}", name, line));
    }

    @Override
    public final void errReceived(ByteBuffer unread) {
        errors.received(unread);
    }

    @Override
    public final void errConnectionLost() {
        errors.ended();
    }

    @Override
    public final String logPrefix() {
        return name;
    }
}
