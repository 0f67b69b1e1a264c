package bowline.file;

import java.io.IOException;
import java.nio.file.Path;

/// Sees what happens in single folders, and tells a [FolderObserver]. For the reactor's thread.
public interface FolderWatcher {

    /// Watches one more folder.
    ///
    /// @throws IOException if it cannot; it says why, and what to do
    void watch(Path folder) throws IOException;

    /// A folder that is watched has another path now, and so have those inside of it.
    void moved(Path from, Path to);

    /// Watches a folder and those inside of it no more.
    void forget(Path folder);

    /// Watches nothing any more, and tells nothing.
    void close();
}
