package bowline.file;

import bowline.failure.Failure;

/// Hears what happens to files. On the reactor's thread.
@FunctionalInterface
public interface FileListener {

    /// Something has happened.
    ///
    /// @throws Exception is logged, and the watch goes on
    void fileChanged(FileEvent event) throws Exception;

    /// The watch has ended by itself: what was watched is gone, or the reactor ends. Nothing more is heard of it.
    default void watchLost(Failure reason) {}
}
