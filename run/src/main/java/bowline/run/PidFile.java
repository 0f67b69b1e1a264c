package bowline.run;

import bowline.log.Logger;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The file that says which process runs the service: its id in decimal and a newline (RUN-4). Removed at the end, by
/// whatever way the JVM ends.
final class PidFile implements AutoCloseable {
    private static final Logger log = Logger.of(PidFile.class);

    /// Longest content that can be a pid, in bytes.
    private static final int CONTENT_MAX_BYTES = 32;

    private final Path path;
    private final String content;
    private final long predecessor;
    private final Thread atExit = new Thread(this::remove, "remove pid file");

    private PidFile(Path path, long pid, long predecessor) {
        this.path = path;
        this.content = pid + "\n";
        this.predecessor = predecessor;
    }

    /// Writes the file for the process `pid`, replacing that of a process which is no more.
    ///
    /// @throws Refusal if the process in it lives, there is something else in it, or it cannot be written
    static PidFile claim(Path path, long pid) {
        PidFile file = new PidFile(path, pid, 0);
        file.claim();
        return file;
    }

    /// A file that the process `predecessor` has, and that [#claim] takes over.
    static PidFile after(long predecessor, Path path, long pid) {
        return new PidFile(path, pid, predecessor);
    }

    /// Writes it.
    ///
    /// @throws Refusal as [#claim(Path, long)]
    void claim() {
        try {
            write();
        } catch (IOException refused) {
            throw new Refusal(
                    ExitCode.IO, "cannot write the pid file " + path + ": " + Refusal.reason(refused), refused);
        }
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    private void write() throws IOException {
        try {
            Files.writeString(path, content, StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException thereIsOne) {
            refuseIfAlive();
            Files.deleteIfExists(path);
            Files.writeString(path, content, StandardOpenOption.CREATE_NEW);
        }
    }

    private void refuseIfAlive() throws IOException {
        String found;
        try {
            if (Files.size(path) > CONTENT_MAX_BYTES) {
                throw broken();
            }
            found = Files.readString(path).strip();
        } catch (NoSuchFileException gone) {
            return;
        }
        // In a container every start may have the same pid: a file with our own is what the last one left behind.
        long pid = pidIn(found);
        if (pid == predecessor) {
            return;
        }
        if (!content.strip().equals(found) && ProcessHandle.of(pid).isPresent()) {
            throw new Refusal(ExitCode.CONFIGURATION, "already running as process " + found + ", as " + path + " says");
        }
        log.info("Replacing the pid file {path} of process {pid}, which is no more", path, found);
    }

    private long pidIn(String text) {
        try {
            long pid = Long.parseLong(text);
            if (pid > 0) {
                return pid;
            }
        } catch (NumberFormatException notANumber) {
            // Told below.
        }
        throw broken();
    }

    private Refusal broken() {
        return new Refusal(
                ExitCode.DATA,
                "the pid file " + path + " has something else in it than a pid; remove it if it is not needed");
    }

    /// Removes the file.
    @Override
    public void close() {
        remove();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException alreadyEnding) {
            // The hook runs, or has run: there is nothing left for it to do.
        }
    }

    private void remove() {
        try {
            if (Files.readString(path).equals(content)) {
                Files.delete(path);
            }
        } catch (NoSuchFileException gone) {
            // Somebody tidied up before us.
        } catch (IOException refused) {
            log.warn("cannot remove the pid file {path}: {reason}", path, Refusal.reason(refused));
        }
    }
}
