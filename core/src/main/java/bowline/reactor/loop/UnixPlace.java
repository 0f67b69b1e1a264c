package bowline.reactor.loop;

import bowline.failure.Failure;
import bowline.log.Logger;
import bowline.protocol.Address;
import bowline.protocol.CannotListenError;
import bowline.reactor.Reactor;
import java.io.IOException;
import java.net.BindException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
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
    private final int mode;
    private final SocketFiles files;
    private final SocketFiles.@Nullable Lock lock;
    private @Nullable Object socketFile;

    UnixPlace(Path path, int mode, boolean wantPid, SocketFiles files) {
        this.files = files;
        this.path = path;
        this.mode = mode;
        address = UnixDomainSocketAddress.of(path);
        lock = wantPid ? files.lock(UnixPaths.lockOf(path)) : null;
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
        if (!lock.take()) {
            throw new BindException("a living process holds the lock " + UnixPaths.lockOf(path)
                    + "; stop that program, or choose another path");
        }
        if (!lock.clean() && files.isSocket(path)) {
            files.delete(path);
        }
    }

    /// Until the mode is set, the socket has that of the process's umask. Who may not connect by the mode that was
    /// asked for can have done so in between, and is sent away.
    @Override
    public boolean taken() throws IOException {
        socketFile = files.identity(path);
        try {
            files.mode(path, mode);
        } catch (UnsupportedOperationException notPosix) {
            log.debug("{path} keeps the mode that the system gave it", path);
        }
        return (mode & WRITE_BITS) != WRITE_BITS;
    }

    @Override
    public void inherited() throws IOException {
        socketFile = files.identity(path);
        if (lock != null) {
            lock.inherit();
        }
    }

    @Override
    public void handedOver(long pid) {
        socketFile = null;
        try {
            if (lock != null && lock.taken()) {
                lock.giveTo(pid);
            }
        } catch (IOException stays) {
            log.failure("the lock of {path} could not be given to process {pid}", Failure.of(stays), path, pid);
        }
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
            if (bound != null && files.isSocket(path) && bound.equals(files.identity(path))) {
                files.delete(path);
            }
        } catch (IOException stays) {
            log.failure("the socket {path} could not be removed", Failure.of(stays), path);
        }
    }

    private void unlock() {
        try {
            if (lock != null && lock.taken()) {
                lock.giveBack();
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
