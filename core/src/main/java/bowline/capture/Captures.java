package bowline.capture;

import bowline.failure.Failure;
import bowline.log.LogEvent;
import bowline.log.LogObserver;
import bowline.log.LogPublisher;
import bowline.log.Logger;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Set;

/// What a program captures of its connections, and the folder it goes to: `TIME-NUMBER.capture`, readable by the
/// owner alone.
///
///     var captures = new Captures(Path.of("captures"), CaptureOptions.USUAL);
///     reactor.listenTcp(7, captures.inFrontOf(Factory.of(Echo::new)));
///
/// One for all factories of a program, also of several reactors: its limits count for all together. A connection fails
/// when its reason is not [bowline.protocol.ConnectionDone], when its protocol throws, and when an error is logged in a
/// callback of it (or in what keeps that one's [bowline.log.LogContext]: all that is logged there has the key
/// `capture`). A file is written when the connection is over, on its reactor's thread; its size is limited.
///
/// A file has in it what the peer and the program said. Give it to nobody before you have looked at it, whatever the
/// [Masking].
public final class Captures {
    private static final Logger log = Logger.of(Captures.class);
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /// How many names are tried when files are there already.
    private static final int NAMES_MAX = 1_000;

    static final String KEY = "capture";

    private final Path folder;
    private final CaptureOptions options;
    private final LogObserver errors = Captures::errorLogged;
    private int open;
    private int files;
    private int named;
    private boolean refused;

    /// @param folder where files go; made when the first one is written
    public Captures(Path folder, CaptureOptions options) {
        this.folder = folder;
        this.options = options;
    }

    /// A factory in front of `factory` whose connections are captured; `factory` itself if the mode is
    /// [CaptureMode#OFF].
    public Factory<? extends Protocol> inFrontOf(Factory<? extends Protocol> factory) {
        return options.mode() == CaptureMode.OFF ? factory : new CapturingFactory<>(factory, this);
    }

    CaptureOptions options() {
        return options;
    }

    /// How many files were written.
    public synchronized int files() {
        return files;
    }

    /// Whether one more connection can be captured; it is counted then.
    synchronized boolean begin() {
        if (open == options.maxConnections()) {
            return false;
        }
        if (open++ == 0) {
            LogPublisher.global().add(errors);
        }
        return true;
    }

    private synchronized void end() {
        if (--open == 0) {
            LogPublisher.global().remove(errors);
        }
    }

    private static void errorLogged(LogEvent event) {
        if (event.isError() && event.get(KEY) instanceof CapturingProtocol<?> connection) {
            connection.errorLogged(event);
        }
    }

    /// A connection is over.
    void finished(CapturedConnection connection, boolean failed) {
        end();
        if ((!failed && options.mode() == CaptureMode.ON_ERROR) || !mayWrite()) {
            return;
        }
        try {
            Path file = write(connection);
            log.info("A connection with {peer} was captured in {file}", connection.peer(), file);
        } catch (IOException unwritable) {
            log.failure("A capture cannot be written to {folder}", Failure.of(unwritable), folder);
        }
    }

    private synchronized boolean mayWrite() {
        if (files < options.maxFiles()) {
            files++;
            return true;
        }
        if (!refused) {
            refused = true;
            log.warn("There are {count} captures in {folder}; no more are written", files, folder);
        }
        return false;
    }

    private Path write(CapturedConnection connection) throws IOException {
        byte[] text = CaptureText.text(connection, options.fileMaxBytes()).getBytes(StandardCharsets.US_ASCII);
        Files.createDirectories(folder);
        for (int i = 0; i < NAMES_MAX; i++) {
            Path file = folder.resolve(NAME.format(connection.opened()) + "-" + number() + ".capture");
            try (SeekableByteChannel channel = create(file)) {
                ByteBuffer bytes = ByteBuffer.wrap(text);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                return file;
            } catch (FileAlreadyExistsException taken) {
                // the next number may be free
            }
        }
        throw new IOException(folder + " is full of captures of this second; remove some");
    }

    private synchronized int number() {
        return ++named;
    }

    /// New files belong to their owner alone, where the file system knows owners.
    private static SeekableByteChannel create(Path file) throws IOException {
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return Files.newByteChannel(file, options, ownersOnly(file));
    }

    private static FileAttribute<?>[] ownersOnly(Path file) {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
