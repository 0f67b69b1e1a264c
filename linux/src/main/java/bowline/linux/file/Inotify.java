package bowline.linux.file;

import bowline.failure.Failure;
import bowline.file.FileEvent;
import bowline.file.FileEvent.Created;
import bowline.file.FileEvent.Deleted;
import bowline.file.FileEvent.Modified;
import bowline.file.FileEvent.Moved;
import bowline.file.FileEvent.Overflow;
import bowline.file.FileEvent.Written;
import bowline.file.FolderObserver;
import bowline.file.FolderWatcher;
import bowline.linux.socket.DescriptorHandler;
import bowline.linux.socket.DescriptorReactor;
import bowline.linux.socket.Poller;
import bowline.linux.system.Errno;
import bowline.linux.system.Memory;
import bowline.linux.system.OpenFlags;
import bowline.linux.system.SystemCalls;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An instance of inotify(7).
///
/// A move inside of what is watched comes as two events, one right behind the other unless somebody was faster; so the
/// first waits for the second, and is a deletion if that does not come.
public final class Inotify implements FolderWatcher, DescriptorHandler {
    private static final int NONE = -1;

    // What there is to be told
    private static final int MODIFY = 0x2;
    private static final int ATTRIBUTES = 0x4;
    private static final int CLOSE_WRITE = 0x8;
    private static final int MOVED_FROM = 0x40;
    private static final int MOVED_TO = 0x80;
    private static final int CREATE = 0x100;
    private static final int DELETE = 0x200;
    private static final int DELETE_SELF = 0x400;
    private static final int MOVE_SELF = 0x800;
    private static final int UNMOUNT = 0x2000;
    private static final int QUEUE_OVERFLOW = 0x4000;
    private static final int IGNORED = 0x8000;
    private static final int ONLY_FOLDERS = 0x1000000;
    private static final int WANTED = MODIFY
            | ATTRIBUTES
            | CLOSE_WRITE
            | MOVED_FROM
            | MOVED_TO
            | CREATE
            | DELETE
            | DELETE_SELF
            | MOVE_SELF
            | ONLY_FOLDERS;

    // struct inotify_event: which watch, what, which move, and the length of the name behind it
    private static final int MASK = 4;
    private static final int COOKIE = 8;
    private static final int NAME_LENGTH = 12;
    private static final int NAME = 16;

    /// Room for a few hundred events; what is beyond comes with the next turn.
    private static final int READ_MAX_BYTES = 32_768;

    /// How long the first half of a move waits for the second.
    private static final Duration MOVE_WAIT = Duration.ofMillis(20);

    private final DescriptorReactor reactor;
    private final FolderObserver observer;
    private final int descriptor;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(READ_MAX_BYTES);
    private final Map<Integer, Path> folders = new HashMap<>();
    private int root = NONE;
    private @Nullable Path movedFrom;
    private int moveCookie;
    private boolean closed;

    /// One that watches nothing yet.
    ///
    /// @throws IOException if the system has no more to give
    public Inotify(DescriptorReactor reactor, FolderObserver observer) throws IOException {
        this.reactor = reactor;
        this.observer = observer;
        long opened = reactor.system().inotify(OpenFlags.CLOEXEC | OpenFlags.NONBLOCK);
        if (Errno.EMFILE.is(opened)) {
            throw new IOException("cannot watch files: " + Errno.text(opened)
                    + "; raise the limit of open files (ulimit -n) or fs.inotify.max_user_instances");
        }
        descriptor = (int) Errno.check(opened);
        reactor.poller().own(descriptor, this);
        try {
            reactor.poller().watch(descriptor, 0, Poller.IN);
        } catch (IOException full) {
            reactor.close(descriptor);
            throw full;
        }
    }

    // Folders

    @Override
    public void watch(Path folder) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            String path = folder.toString().isEmpty() ? "." : folder.toString();
            long watch = reactor.system()
                    .watchFile(descriptor, arena.allocateFrom(path).address(), WANTED);
            if (watch < 0) {
                throw refusal(folder, watch);
            }
            root = root == NONE ? (int) watch : root;
            folders.put((int) watch, folder);
        }
    }

    private static IOException refusal(Path folder, long result) {
        if (Errno.ENOENT.is(result)) {
            return new NoSuchFileException(folder.toString());
        }
        if (Errno.ENOTDIR.is(result)) {
            return new NotDirectoryException(folder.toString());
        }
        String advice = Errno.ENOSPC.is(result) ? "; raise the system's limit fs.inotify.max_user_watches" : "";
        return new IOException("cannot watch " + folder + ": " + Errno.text(result) + advice);
    }

    @Override
    public void moved(Path from, Path to) {
        folders.replaceAll((watch, folder) -> folder.startsWith(from) ? to.resolve(from.relativize(folder)) : folder);
    }

    @Override
    public void forget(Path forgotten) {
        folders.entrySet().removeIf(each -> {
            boolean found = each.getValue().startsWith(forgotten);
            if (found) {
                reactor.system().unwatchFile(descriptor, each.getKey());
            }
            return found;
        });
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            folders.clear();
            reactor.close(descriptor);
        }
    }

    @Override
    public void disconnected(Failure reason) {
        observer.ended(reason);
        close();
    }

    // Events

    @Override
    public void ready(int events) {
        SystemCalls system = reactor.system();
        long start = Memory.addressOf(buffer);
        long count = system.read(descriptor, start, READ_MAX_BYTES);
        long at = start;
        while (!closed && at < start + count) {
            int nameLength = Memory.getInt(at + NAME_LENGTH);
            taken(at, nameLength);
            at += NAME + nameLength;
        }
        if (movedFrom != null && !closed) {
            int waiting = moveCookie;
            reactor.callLater(MOVE_WAIT, () -> endMove(waiting));
        }
    }

    private void taken(long event, int nameLength) {
        int mask = Memory.getInt(event + MASK);
        Path from = movedFrom;
        if (from != null && ((mask & MOVED_TO) == 0 || Memory.getInt(event + COOKIE) != moveCookie)) {
            endMove(moveCookie); // its other half is not here
        }
        if ((mask & QUEUE_OVERFLOW) != 0) {
            observer.seen(new Overflow());
            return;
        }
        int watch = Memory.getInt(event);
        Path folder = folders.get(watch);
        if (folder == null || closed) {
            return; // it was forgotten meanwhile
        }
        if ((mask & (DELETE_SELF | MOVE_SELF | UNMOUNT | IGNORED)) != 0) {
            selfGone(mask, watch, folder);
        } else if (nameLength > 0) {
            inFolder(mask, event, folder.resolve(name(event + NAME, nameLength)));
        }
    }

    /// Of a move the folder tells in which it happens, but for the first one.
    private void selfGone(int mask, int watch, Path folder) {
        if ((mask & MOVE_SELF) == 0) {
            folders.remove(watch);
        } else if (watch != root) {
            return;
        }
        observer.folderGone(folder);
    }

    private void inFolder(int mask, long event, Path path) {
        switch (mask & WANTED) {
            case CREATE -> observer.seen(new Created(path));
            case MODIFY, ATTRIBUTES -> observer.seen(new Modified(path));
            case CLOSE_WRITE -> observer.seen(new Written(path));
            case DELETE -> observer.seen(new Deleted(path));
            case MOVED_FROM -> {
                movedFrom = path;
                moveCookie = Memory.getInt(event + COOKIE);
            }
            case MOVED_TO -> observer.seen(arrived(path));
            default -> {}
        }
    }

    private FileEvent arrived(Path path) {
        Path from = movedFrom;
        movedFrom = null;
        return from == null ? new Created(path) : new Moved(from, path);
    }

    /// The second half has not come: it was moved away.
    private void endMove(int cookie) {
        Path from = movedFrom;
        if (from != null && cookie == moveCookie && !closed) {
            movedFrom = null;
            observer.seen(new Deleted(from));
        }
    }

    private static String name(long at, int length) {
        byte[] bytes = new byte[length];
        Memory.get(at, bytes);
        int end = 0;
        while (end < length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }
}
