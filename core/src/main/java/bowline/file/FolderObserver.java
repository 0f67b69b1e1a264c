package bowline.file;

import bowline.failure.Failure;
import java.nio.file.Path;

/// Is told by a [FolderWatcher] what it sees. On the reactor's thread.
public interface FolderObserver {

    /// Something has happened in a folder that is watched.
    void seen(FileEvent event);

    /// A folder that was watched is not there any more, or not under this path.
    void folderGone(Path folder);

    /// The reactor ends.
    void ended(Failure reason);
}
