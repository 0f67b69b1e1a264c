package bowline.file;

import bowline.failure.Failure;
import bowline.file.FileEvent.Created;
import bowline.file.FileEvent.Deleted;
import bowline.file.FileEvent.Moved;
import bowline.file.FileEvent.Unwatched;
import bowline.log.Logger;
import bowline.reactor.Reactor;
import bowline.time.Action;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Watches a folder, a tree of them, or a single file. For the reactor's thread.
///
///     FileWatch watch = FileWatch.begin(reactor, Path.of("inbox"), WatchOptions.DEFAULT, event -> {
///         if (event instanceof FileEvent.Written(Path path)) {
///             take(path);
///         }
///     });
///
/// What was in a folder before it was watched is not told. A folder that comes later into a tree is told with
/// everything in it; what comes into it at the same moment may be told twice. A tree is gone through on the
/// reactor's thread, so [WatchOptions#foldersMax] bounds the time that takes, too.
public final class FileWatch {
    private static final Logger log = Logger.of(FileWatch.class);

    private final Path watched;
    private final Path root;
    private final WatchOptions options;
    /// Whether folders inside are watched: never for a single file, whose folder may have others.
    private final boolean tree;

    private final FileListener listener;
    private final FolderWatcher watcher;
    private final Set<Path> folders = new LinkedHashSet<>();
    private final Runnable undescribed;
    private boolean over;

    private FileWatch(Reactor reactor, Path watched, WatchOptions options, FileListener listener) throws IOException {
        this.watched = watched;
        this.options = options;
        this.listener = listener;
        boolean folder = Files.isDirectory(watched);
        Path parent = watched.getParent();
        tree = folder && options.recursive();
        root = folder ? watched : parent == null ? watched.getFileSystem().getPath("") : parent;
        boolean known = watched.getFileSystem() == FileSystems.getDefault();
        watcher = known && reactor instanceof WatchingReactor own
                ? own.watchFolders(new Sight())
                : new ThreadedFolderWatcher(reactor, watched.getFileSystem(), new Sight());
        undescribed = reactor.addToDescription("file watches", () -> List.of(this));
    }

    /// Watches from now on, until [#close].
    ///
    /// @param path a folder; or a file, which need not be there yet, but whose folder is
    /// @throws IOException if that cannot be watched; the message says why, and what to do
    /// @throws UnsupportedOperationException if the reactor has no files, as a simulated one
    public static FileWatch begin(Reactor reactor, Path path, WatchOptions options, FileListener listener)
            throws IOException {
        var watch = new FileWatch(reactor, path, options, listener);
        try {
            watch.addRoot();
        } catch (IOException | RuntimeException refused) {
            watch.close();
            throw refused;
        }
        return watch;
    }

    private void addRoot() throws IOException {
        if (!Files.isDirectory(root)) {
            throw new FileNotFoundException("cannot watch " + watched + ": " + root + " is no folder");
        }
        if (tree) {
            addRootTree();
        } else {
            add(root);
        }
    }

    /// What is watched.
    public Path path() {
        return watched;
    }

    /// How many folders are watched for it.
    public int folders() {
        return folders.size();
    }

    /// Watches no more, and tells nothing more.
    public void close() {
        if (!over) {
            over = true;
            watcher.close();
            undescribed.run();
        }
    }

    // Folders

    private void add(Path folder) throws IOException {
        if (folders.size() >= options.foldersMax()) {
            throw new IOException("cannot watch " + folder + ": " + folders.size()
                    + " folders are watched already, as many as the limit foldersMax allows");
        }
        watcher.watch(folder);
        folders.add(folder);
    }

    /// What there is at the beginning, which is no news: all of it or nothing.
    private void addRootTree() throws IOException {
        Queue<Path> left = new ArrayDeque<>(List.of(root));
        while (!left.isEmpty()) {
            enter(left.remove(), left, false);
        }
    }

    /// What has come later. A folder that cannot be watched is told, and keeps nobody from watching the others.
    private void addNewTree(Path top) {
        Queue<Path> left = new ArrayDeque<>(List.of(top));
        while (!left.isEmpty() && !over) {
            Path folder = left.remove();
            try {
                enter(folder, left, true);
            } catch (IOException refused) {
                disappeared(folder);
                tell(new Unwatched(folder, refused));
            }
        }
    }

    /// Watches a folder, then looks what is in it: so nothing that comes meanwhile is missed.
    ///
    /// @param inner gets the folders in it
    /// @param tell whether what is in it is news
    private void enter(Path folder, Queue<Path> inner, boolean tell) throws IOException {
        try {
            add(folder);
            for (Path entry : entries(folder)) {
                if (tell) {
                    tell(new Created(entry));
                }
                if (isFolder(entry)) {
                    inner.add(entry);
                }
            }
        } catch (NoSuchFileException | NotDirectoryException gone) {
            if (folder.equals(root)) {
                throw gone;
            }
            // That it is gone will be told.
        }
    }

    private static List<Path> entries(Path folder) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            entries.forEach(found::add);
        } catch (DirectoryIteratorException broken) {
            throw broken.getCause();
        }
        return found;
    }

    private static boolean isFolder(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    private void appeared(Path path) {
        if (tree && isFolder(path) && !folders.contains(path)) {
            addNewTree(path);
        }
    }

    private void disappeared(Path path) {
        if (folders.removeIf(folder -> folder.startsWith(path))) {
            watcher.forget(path);
        }
    }

    private void renamed(Path from, Path to) {
        if (!folders.contains(from)) {
            appeared(to);
            return;
        }
        disappeared(to); // an empty folder may have been there
        List<Path> moved =
                folders.stream().filter(folder -> folder.startsWith(from)).toList();
        moved.forEach(folder -> {
            folders.remove(folder);
            folders.add(to.resolve(from.relativize(folder)));
        });
        watcher.moved(from, to);
    }

    // What is seen

    private final class Sight implements FolderObserver {

        @Override
        public void seen(FileEvent event) {
            if (over) {
                return;
            }
            if (event instanceof Deleted(Path path)) {
                disappeared(path);
            }
            tell(event);
            if (event instanceof Created(Path path)) {
                appeared(path);
            } else if (event instanceof Moved(Path from, Path to)) {
                renamed(from, to);
            }
        }

        @Override
        public void folderGone(Path folder) {
            if (folder.equals(root)) {
                ended(Failure.of(
                        new FileNotFoundException(root + " is not watched any more: it was deleted or moved")));
            } else {
                disappeared(folder);
            }
        }

        @Override
        public void ended(Failure reason) {
            if (!over) {
                close();
                guarded(() -> listener.watchLost(reason));
            }
        }
    }

    private void tell(FileEvent event) {
        FileEvent told = root.equals(watched) ? event : aboutTheFile(event);
        if (!over && told != null) {
            guarded(() -> listener.fileChanged(told));
        }
    }

    /// Of its folder only the file is of interest.
    private @Nullable FileEvent aboutTheFile(FileEvent event) {
        return switch (event) {
            case Moved(Path from, Path to) when from.equals(watched) -> new Deleted(from);
            case Moved(Path from, Path to) when to.equals(watched) -> new Created(to);
            case Moved moved -> null;
            case Created(Path path) -> path.equals(watched) ? event : null;
            case FileEvent.Modified(Path path) -> path.equals(watched) ? event : null;
            case FileEvent.Written(Path path) -> path.equals(watched) ? event : null;
            case Deleted(Path path) -> path.equals(watched) ? event : null;
            case FileEvent.Overflow overflow -> overflow;
            case Unwatched unwatched -> null;
        };
    }

    private void guarded(Action call) {
        try {
            call.run();
        } catch (Throwable thrown) {
            log.failure("while telling what happened in {path}", Failure.of(thrown), watched);
        }
    }

    /// `inbox, 3 folders`
    @Override
    public String toString() {
        return watched + ", " + folders.size() + (folders.size() == 1 ? " folder" : " folders");
    }
}
