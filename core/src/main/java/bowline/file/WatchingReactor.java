package bowline.file;

import java.io.IOException;

/// A reactor that watches folders itself, without a thread.
@FunctionalInterface
public interface WatchingReactor {

    /// A watcher that watches nothing yet. For the reactor's thread.
    ///
    /// @throws IOException if the system has none to give
    FolderWatcher watchFolders(FolderObserver observer) throws IOException;
}
