package bowline.defer;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/// A lock between processes: a symbolic link whose target text is the owner's process id (UNX-7). It
/// cannot be left half written, and the lock of a process that died is taken over. Where there are no
/// symbolic links it is a directory with a file `pid` in it.
///
/// Does a few system calls on the calling thread.
public final class FilesystemLock {
    private static final String PID_FILE = "pid";
    private static final String BEING_MADE = "";

    private final Path path;
    private boolean locked;
    private boolean clean = true;

    /// The lock at `path`, not yet taken.
    public FilesystemLock(Path path) {
        this.path = path;
    }

    /// Takes the lock, unless a process that lives has it, this one included.
    ///
    /// @return whether it was taken
    /// @throws IOException if the link cannot be made or read, say for a permission
    public boolean lock() throws IOException {
        clean = true;
        while (!locked) {
            if (create()) {
                locked = true;
            } else if (ownerLives()) {
                return false;
            }
        }
        return true;
    }

    /// Gives the lock back.
    ///
    /// @throws IllegalStateException if this has not taken it
    /// @throws IOException if it cannot be removed, or somebody else has it now
    public void unlock() throws IOException {
        if (!locked) {
            throw new IllegalStateException("the lock " + path + " is not held; lock() answers whether it was taken");
        }
        String owner = owner();
        if (!ownPid().equals(owner)) {
            throw new IOException("the lock " + path + " belongs to process " + owner + " now; it is left alone");
        }
        remove();
        locked = false;
    }

    /// Gives the lock to another process, which is to [#inherit] it. Nobody can take it in between.
    ///
    /// @throws IllegalStateException if this has not taken it
    /// @throws IOException if it cannot be written
    public void giveTo(long pid) throws IOException {
        if (!locked) {
            throw new IllegalStateException("the lock " + path + " is not held; lock() answers whether it was taken");
        }
        Path prepared = path.resolveSibling(path.getFileName() + "." + pid);
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            Files.move(
                    Files.writeString(prepared, String.valueOf(pid)),
                    path.resolve(PID_FILE),
                    StandardCopyOption.REPLACE_EXISTING);
        } else {
            Files.deleteIfExists(prepared);
            Files.move(
                    Files.createSymbolicLink(prepared, Path.of(String.valueOf(pid))),
                    path,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        }
        locked = false;
    }

    /// Counts as taken: by a process that gives it to this one, sooner or later, by [#giveTo].
    public void inherit() {
        locked = true;
    }

    /// Whether this has taken it.
    public boolean locked() {
        return locked;
    }

    /// Whether the last [#lock] found no lock of a process that died.
    public boolean clean() {
        return clean;
    }

    /// Whether a living process has it, this one or another. Changes nothing.
    ///
    /// @throws IOException if it cannot be read, or names no process
    public boolean held() throws IOException {
        String owner = owner();
        return owner != null && (owner.equals(BEING_MADE) || isAlive(owner));
    }

    private boolean create() throws IOException {
        try {
            Files.createSymbolicLink(path, Path.of(ownPid()));
            return true;
        } catch (FileAlreadyExistsException taken) {
            return false;
        } catch (UnsupportedOperationException noSymbolicLinks) {
            return createDirectory();
        }
    }

    private boolean createDirectory() throws IOException {
        try {
            Files.createDirectory(path);
        } catch (FileAlreadyExistsException taken) {
            return false;
        }
        Files.writeString(path.resolve(PID_FILE), ownPid());
        return true;
    }

    /// Whether a living process has the lock. One of a dead process is removed.
    private boolean ownerLives() throws IOException {
        String owner = owner();
        if (owner == null) {
            return false; // given back just now
        }
        if (owner.equals(BEING_MADE) || isAlive(owner)) {
            return true;
        }
        clean = false;
        remove();
        return false;
    }

    private @Nullable String owner() throws IOException {
        try {
            return Files.readSymbolicLink(path).toString();
        } catch (NoSuchFileException gone) {
            return null;
        } catch (NotLinkException | UnsupportedOperationException directory) {
            Path pid = path.resolve(PID_FILE);
            return Files.exists(pid) ? Files.readString(pid).strip() : BEING_MADE;
        }
    }

    private boolean isAlive(String owner) throws IOException {
        try {
            return ProcessHandle.of(Long.parseLong(owner))
                    .map(ProcessHandle::isAlive)
                    .orElse(false);
        } catch (NumberFormatException noPid) {
            throw new IOException(
                    "the lock " + path + " names \"" + owner
                            + "\" where a process id should be; remove it if nobody needs it",
                    noPid);
        }
    }

    private void remove() throws IOException {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            Files.deleteIfExists(path.resolve(PID_FILE));
        }
        Files.deleteIfExists(path);
    }

    private static String ownPid() {
        return String.valueOf(ProcessHandle.current().pid());
    }
}
