package bowline.file;

import java.io.IOException;
import java.nio.file.Path;

/// Something that has happened to a file or a folder. All paths begin with the one that is watched.
///
/// An event says what was true once: by now the file may be another one, or gone. Where several things happen to
/// one file at a time, the system may tell some of them together, or one of them twice.
public sealed interface FileEvent {

    /// It is there now: made, or moved here from outside of what is watched.
    record Created(Path path) implements FileEvent {}

    /// Its contents or its attributes have changed, maybe not for the last time.
    record Modified(Path path) implements FileEvent {}

    /// Who wrote it has closed it. Only the Linux backends tell this.
    record Written(Path path) implements FileEvent {}

    /// It is no longer there: deleted, or moved out of what is watched. Of what was in a folder that was moved out
    /// nothing is told.
    record Deleted(Path path) implements FileEvent {}

    /// It has another name now, and whoever had that name before is gone. Only the Linux backends tell this;
    /// with all others it is a [Deleted] and a [Created].
    record Moved(Path from, Path to) implements FileEvent {}

    /// The system could not keep up, and events are lost: look at the files themselves.
    record Overflow() implements FileEvent {}

    /// A folder that came later is not watched, nor is what is in it.
    ///
    /// @param reason a limit, of ours or of the system, or that we may not look into it
    record Unwatched(Path folder, IOException reason) implements FileEvent {}
}
