package bowline.reactor.loop;

import bowline.defer.FilesystemLock;
import bowline.failure.Failure;
import bowline.log.Logger;
import bowline.protocol.Address;
import bowline.protocol.CannotListenError;
import bowline.reactor.Reactor;
import bowline.reactor.UnixListenOptions;
import java.io.IOException;
import java.net.BindException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A path in the file system: its lock, its mode, and its removal (UNX-1, UNX-3, UNX-4).
///
/// The path is removed only while it still is the socket that was bound here, so that nobody who took the place
/// over meanwhile loses it.
final class UnixPlace implements ListeningPlace {
    private static final Logger log = Logger.of(Reactor.class);

    /// Whoever may write to a socket may connect to it.
    private static final int WRITE_BITS = 0222;

    private final UnixDomainSocketAddress address;
    private final Path path;
    private final UnixListenOptions options;
    private final @Nullable FilesystemLock lock;
    private @Nullable Object socketFile;

    UnixPlace(Path path, UnixListenOptions options) {
        this.path = path;
        this.options = options;
        address = UnixDomainSocketAddress.of(path);
        lock = options.wantPid() ? new FilesystemLock(UnixPaths.lockOf(path)) : null;
    }

    @Override
    public SocketAddress address() {
        return address;
    }

    @Override
    public void prepare() throws IOException {
        UnixPaths.checkLength(path);
        if (lock == null) {
            return;
        }
        if (!lock.lock()) {
            throw new BindException("a living process holds the lock " + UnixPaths.lockOf(path)
                    + "; stop that program, or choose another path");
        }
        if (!lock.clean() && UnixPaths.isSocket(path)) {
            Files.delete(path);
        }
    }

    /// Until the mode is set, the socket has that of the process's umask. Who may not connect by the mode that was
    /// asked for can have done so in between, and is sent away.
    @Override
    public boolean taken() throws IOException {
        socketFile = file();
        try {
            Files.setPosixFilePermissions(path, permissions(options.mode()));
        } catch (UnsupportedOperationException notPosix) {
            log.debug("{path} keeps the mode that the system gave it", path);
        }
        return (options.mode() & WRITE_BITS) != WRITE_BITS;
    }

    private @Nullable Object file() throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
    }

    static Set<PosixFilePermission> permissions(int mode) {
        var permissions = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] fromOwnersRead = PosixFilePermission.values();
        for (int i = 0; i < fromOwnersRead.length; i++) {
            if ((mode & 0400 >> i) != 0) {
                permissions.add(fromOwnersRead[i]);
            }
        }
        return permissions;
    }

    @Override
    public void left() {
        removeSocket();
        unlock();
    }

    private void removeSocket() {
        Object bound = socketFile;
        socketFile = null;
        try {
            if (bound != null && UnixPaths.isSocket(path) && bound.equals(file())) {
                Files.delete(path);
            }
        } catch (IOException stays) {
            log.failure("the socket {path} could not be removed", Failure.of(stays), path);
        }
    }

    private void unlock() {
        try {
            if (lock != null && lock.locked()) {
                lock.unlock();
            }
        } catch (IOException stays) {
            log.failure("the lock of {path} could not be given back", Failure.of(stays), path);
        }
    }

    @Override
    public Address host(SocketAddress bound) {
        return new Address.Unix(path.toString());
    }

    @Override
    public String kind() {
        return "UNIX";
    }

    @Override
    public Object name(SocketAddress bound) {
        return path;
    }

    @Override
    public CannotListenError refused(IOException cause) {
        return ConnectFaults.listening(path, cause);
    }
}
