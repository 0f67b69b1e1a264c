package bowline.file;

import bowline.file.FileEvent.Created;
import bowline.file.FileEvent.Deleted;
import bowline.file.FileEvent.Modified;
import bowline.file.FileEvent.Overflow;
import bowline.protocol.ConnectionLost;
import bowline.reactor.Reactor;
import bowline.reactor.Reactor.Phase;
import bowline.reactor.Reactor.SystemEventTrigger;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;

/// The JDK's way: a service that a thread waits for. It takes the next events only when the reactor has had the
/// last; what comes meanwhile the JDK keeps, up to 512 events a folder, and tells an overflow beyond.
final class ThreadedFolderWatcher implements FolderWatcher {
    private final Reactor reactor;
    private final FolderObserver observer;
    private final WatchService service;
    private final Map<WatchKey, Path> folders = new HashMap<>();
    private final Semaphore taken = new Semaphore(0);
    private final SystemEventTrigger atShutdown;
    private boolean shuttingDown;
    private boolean closed;

    ThreadedFolderWatcher(Reactor reactor, FileSystem files, FolderObserver observer) throws IOException {
        this.reactor = reactor;
        this.observer = observer;
        service = files.newWatchService();
        atShutdown = reactor.addSystemEventTrigger(Phase.DURING, "shutdown", () -> {
            shuttingDown = true;
            observer.ended(ConnectionLost.FAILURE);
        });
        Thread.ofPlatform().daemon().name("file-watch").start(this::waitForEvents);
    }

    @Override
    public void watch(Path folder) throws IOException {
        WatchKey key = folder.register(
                service,
                StandardWatchEventKinds.ENTRY_CREATE,
                StandardWatchEventKinds.ENTRY_MODIFY,
                StandardWatchEventKinds.ENTRY_DELETE);
        folders.put(key, folder);
    }

    /// Never asked for: the JDK tells no moves.
    @Override
    public void moved(Path from, Path to) {}

    @Override
    public void forget(Path forgotten) {
        folders.entrySet().removeIf(each -> {
            boolean found = each.getValue().startsWith(forgotten);
            if (found) {
                each.getKey().cancel();
            }
            return found;
        });
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        taken.release();
        if (!shuttingDown) {
            reactor.removeSystemEventTrigger(atShutdown);
        }
        try {
            service.close();
        } catch (IOException unlikely) {
            throw new AssertionError(unlikely);
        }
    }

    // On the thread

    private void waitForEvents() {
        try {
            while (true) {
                WatchKey key = service.take();
                List<WatchEvent<?>> events = key.pollEvents();
                boolean valid = key.reset();
                reactor.callFromThread(() -> deliver(key, events, valid));
                taken.acquireUninterruptibly();
            }
        } catch (ClosedWatchServiceException end) {
            // That is how it ends.
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt(); // and so it ends, too
        }
    }

    // On the reactor's

    private void deliver(WatchKey key, List<WatchEvent<?>> events, boolean valid) {
        for (WatchEvent<?> event : events) {
            Path folder = folders.get(key);
            if (closed || folder == null) {
                break;
            }
            observer.seen(translated(folder, event));
        }
        Path folder = folders.get(key);
        if (!valid && folder != null && !closed) {
            folders.remove(key);
            observer.folderGone(folder);
        }
        taken.release();
    }

    private static FileEvent translated(Path folder, WatchEvent<?> event) {
        if (!(event.context() instanceof Path name)) {
            return new Overflow();
        }
        Path path = folder.resolve(name);
        if (event.kind() == StandardWatchEventKinds.ENTRY_CREATE) {
            return new Created(path);
        }
        return event.kind() == StandardWatchEventKinds.ENTRY_DELETE ? new Deleted(path) : new Modified(path);
    }
}
