package bowline.web.server;

import bowline.failure.Failure;
import bowline.log.Logger;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// An access log in a file of its own: each line is appended whole, in one call, as soon as it is known. The file
/// is open as long as the process lives.
final class FileAccessLog implements AccessLog {
    private static final Logger log = Logger.of(FileAccessLog.class);

    private final Path path;
    private final FileChannel file;
    private boolean failing;

    private FileAccessLog(Path path, FileChannel file) {
        this.path = path;
        this.file = file;
    }

    static FileAccessLog open(Path path) throws IOException {
        return new FileAccessLog(path, FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    }

    /// A full disk must not stop the service: it is told once, and again after it has been better.
    @Override
    public synchronized void note(AccessEntry entry) { // by several reactors: lines stay whole
        ByteBuffer line = ByteBuffer.wrap((entry.combined() + "\n").getBytes(StandardCharsets.US_ASCII));
        try {
            while (line.hasRemaining()) {
                file.write(line);
            }
            failing = false;
        } catch (IOException refused) {
            if (!failing) {
                failing = true;
                log.failure("cannot write the access log {path}", Failure.of(refused), path);
            }
        }
    }
}
