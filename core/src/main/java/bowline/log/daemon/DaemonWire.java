package bowline.log.daemon;

import java.io.IOException;
import java.nio.ByteBuffer;

/// A way to a log daemon. Used by one thread, which may wait a bounded time.
interface DaemonWire extends AutoCloseable {

    /// Sends one message whole.
    ///
    /// @throws IOException if it cannot; the wire is of no more use then
    void send(ByteBuffer message) throws IOException;

    @Override
    void close();

    /// Opens a wire.
    @FunctionalInterface
    interface Opener {
        DaemonWire open() throws IOException;
    }
}
