package bowline.attack;

import bowline.log.LogObserver;
import bowline.log.LogPublisher;
import bowline.log.TextLogObserver;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// What a service writes into its log while it is attacked.
public interface LogTail extends AutoCloseable {

    /// Opens one; what was logged before is not in it.
    @FunctionalInterface
    interface Source {
        /// A tail from now on.
        LogTail open() throws IOException;
    }

    /// All that was logged since it was opened, in UTF-8, as it stands in the log.
    String text() throws IOException;

    @Override
    void close();

    /// What this process logs with [bowline.log.Logger], in the lines of [TextLogObserver].
    static LogTail ofThisProcess() {
        var written = new ByteArrayOutputStream();
        LogObserver observer = new TextLogObserver(written);
        LogPublisher.global().add(observer);
        return new LogTail() {
            @Override
            public String text() {
                return written.toString(StandardCharsets.UTF_8);
            }

            @Override
            public void close() {
                LogPublisher.global().remove(observer);
            }
        };
    }

    /// What is appended to a file, its first 16 MiB. The file is read on the caller's thread.
    static LogTail ofFile(Path file) throws IOException {
        long begin = Files.size(file);
        return new LogTail() {
            private static final int MAX = 16 << 20;

            @Override
            public String text() throws IOException {
                try (var log = new RandomAccessFile(file.toFile(), "r")) {
                    byte[] added = new byte[Math.clamp(log.length() - begin, 0, MAX)];
                    log.seek(begin);
                    log.readFully(added);
                    return new String(added, StandardCharsets.UTF_8);
                }
            }

            @Override
            public void close() {
                // it was open while it was read
            }
        };
    }
}
