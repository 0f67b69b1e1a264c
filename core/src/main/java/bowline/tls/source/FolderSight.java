package bowline.tls.source;

import bowline.file.FileListener;
import java.io.IOException;

/// Has somebody told when files change.
@FunctionalInterface
interface FolderSight {
    /// Watches from now on.
    ///
    /// @return ends it
    /// @throws IOException if it cannot be watched now
    /// @throws UnsupportedOperationException if it never can
    Runnable watch(FileListener listener) throws IOException;
}
