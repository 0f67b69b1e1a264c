package bowline.tls;

import bowline.failure.Failure;
import bowline.log.Logger;
import bowline.tls.engine.KeyLog;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes the secrets of connections to a file, behind what is there, so that a capture of the traffic can be read with
/// Wireshark (RFC 9850). For debugging only, and loud in the log: who reads the file reads the traffic. Nobody but its
/// owner may. Safe for any thread.
public final class KeyLogFile implements KeyLog, AutoCloseable {
    /// The environment variable that names the file in many programs.
    public static final String VARIABLE = "SSLKEYLOGFILE";

    private static final Logger log = Logger.of(KeyLogFile.class);
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private final Path file;

    /// No channel: an interrupt of whatever thread would close that.
    private final OutputStream out;

    private boolean over;

    private KeyLogFile(Path file, OutputStream out) {
        this.file = file;
        this.out = out;
    }

    /// Opens `file`, or makes it.
    ///
    /// @throws IOException if it cannot be written, or others than its owner may read it and that cannot be changed
    public static KeyLogFile open(Path file) throws IOException {
        keepToOwner(file);
        var keys = new KeyLogFile(file, new FileOutputStream(file.toFile(), true));
        log.warn(
                "the secrets of TLS connections are written to {file}: whoever reads it reads their traffic; for debugging"
                        + " only",
                file);
        return keys;
    }

    private static void keepToOwner(Path file) throws IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        } catch (FileAlreadyExistsException there) {
            if (Files.isRegularFile(file)) {
                restrict(file);
            }
        }
    }

    private static void restrict(Path file) throws IOException {
        try {
            Files.setPosixFilePermissions(file, OWNER_ONLY);
        } catch (IOException refused) {
            throw new IOException(
                    "cannot keep others from reading " + file + ", which the secrets of TLS connections would go to: "
                            + Failure.of(refused).message(),
                    refused);
        }
    }

    /// Opens the file that the environment names, if it does.
    ///
    /// @param variable what [#VARIABLE] says; null or empty for nothing
    /// @return null if it says nothing
    /// @throws IOException as [#open] does
    public static @Nullable KeyLogFile ofEnvironment(@Nullable String variable) throws IOException {
        return variable == null || variable.isEmpty() ? null : open(Path.of(variable));
    }

    /// Where it writes.
    public Path file() {
        return file;
    }

    /// Writes a line at once, in one piece. Waits for the disk. Fails only once, in the log: connections go on
    /// without.
    @Override
    public synchronized void line(String line) {
        if (over) {
            return;
        }
        try {
            out.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
        } catch (IOException full) {
            over = true;
            log.failure(
                    "cannot write the secrets of TLS connections to {file}; no more are written",
                    Failure.of(full),
                    file);
        }
    }

    /// Writes no more.
    @Override
    public synchronized void close() {
        over = true;
        try {
            out.close();
        } catch (IOException unlikely) {
            log.failure("while closing {file}", Failure.of(unlikely), file);
        }
    }
}
