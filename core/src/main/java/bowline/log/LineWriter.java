package bowline.log;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// Writes whole texts to a stream as UTF-8, each by one call and flushed (LOG-10). Safe for any thread:
/// texts never interleave (LOG-17).
final class LineWriter {
    private final OutputStream out;

    LineWriter(OutputStream out) {
        this.out = out;
    }

    /// Writes and flushes `text`.
    ///
    /// @throws UncheckedIOException if the stream fails
    synchronized void write(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        boolean interrupted = false;
        try {
            int sent = 0;
            while (sent < bytes.length) {
                try {
                    out.write(bytes, sent, bytes.length - sent);
                    sent = bytes.length;
                } catch (InterruptedIOException cut) {
                    sent += cut.bytesTransferred;
                    interrupted |= Thread.interrupted();
                }
            }
            out.flush();
        } catch (IOException broken) {
            throw new UncheckedIOException("the log could not be written: " + broken.getMessage(), broken);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
