package bowline.log;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A file for appending that makes way for a new one when it is full or old. Writing and rotating are
/// one step for other threads (LFL-8); nothing is buffered.
abstract class RotatingFile extends OutputStream {
    final Path path;

    private final @Nullable Set<PosixFilePermission> mode;
    private FileOutputStream out;
    private long sizeBytes;

    /// Opens the file, making it if need be. Without a mode, new files get that of the existing one (LFL-6).
    RotatingFile(Path path, @Nullable Set<PosixFilePermission> mode) throws IOException {
        this.path = path;
        this.mode = mode == null ? modeOf(path) : mode;
        this.out = open();
        this.sizeBytes = Files.size(path);
    }

    /// Whether the file is to be rotated before the next write (LFL-2).
    abstract boolean isDue();

    /// Moves the file and those before it out of the way.
    abstract void moveAside() throws IOException;

    /// The file that is being written.
    public final Path path() {
        return path;
    }

    /// Writes `text` as UTF-8, whole, after rotating if that is due.
    public final void write(String text) throws IOException {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public final void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    /// Writes all these bytes to one file, after rotating if that is due. What prevents the rotation is
    /// thrown after the write.
    @Override
    public final synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            if (isDue()) {
                rotate();
            }
        } finally {
            out.write(bytes, offset, length);
            sizeBytes += length;
        }
    }

    /// Begins a new file now. Where file or directory may not be written, the file stays (LFL-4).
    public final synchronized void rotate() throws IOException {
        Path directory = path.toAbsolutePath().getParent();
        if (directory == null || !Files.isWritable(directory) || !Files.isWritable(path)) {
            return;
        }
        out.close();
        try {
            moveAside();
        } finally {
            out = open();
            sizeBytes = Files.size(path);
        }
    }

    /// Opens the file under its name again, after another program has moved it (LFL-5).
    public final synchronized void reopen() throws IOException {
        out.close();
        out = open();
        sizeBytes = Files.size(path);
    }

    /// A reader of the file that is being written.
    public final LogReader getCurrentLog() throws IOException {
        return new LogReader(path);
    }

    @Override
    public final synchronized void close() throws IOException {
        out.close();
    }

    final long sizeBytes() {
        return sizeBytes;
    }

    private FileOutputStream open() throws IOException {
        if (mode != null && Files.notExists(path)) {
            // With its mode from the start: it must at no moment be open to more people than it will be.
            Files.createFile(path, PosixFilePermissions.asFileAttribute(mode));
        }
        var opened = new FileOutputStream(path.toFile(), true);
        PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        if (mode != null && view != null) {
            view.setPermissions(mode); // the process's umask may have taken some away
        }
        return opened;
    }

    private static @Nullable Set<PosixFilePermission> modeOf(Path path) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        return view == null || Files.notExists(path)
                ? null
                : view.readAttributes().permissions();
    }
}
