package bowline.web.server;

import bowline.log.Logger;
import java.io.IOException;
import java.nio.file.Path;

/// Hears of each request when its response is through.
@FunctionalInterface
public interface AccessLog {

    /// Keeps no log.
    AccessLog NONE = entry -> {};

    /// Takes note. Called on the reactor's thread, where siblings share it on each of their reactors'; must not
    /// wait.
    void note(AccessEntry entry);

    /// Writes each line as an event of level info.
    static AccessLog to(Logger logger) {
        return entry -> logger.info("{line}", entry.combined());
    }

    /// Appends each line to a file.
    ///
    /// @throws IOException if the file cannot be written
    static AccessLog appendingTo(Path file) throws IOException {
        return FileAccessLog.open(file);
    }
}
