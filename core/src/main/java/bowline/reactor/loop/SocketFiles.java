package bowline.reactor.loop;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The file system of a machine, as far as UNIX sockets leave something in it: the socket itself, and its lock
/// (UNX-1 to UNX-4).
public interface SocketFiles {

    /// Whether there is a socket, and not something else, at `path` itself.
    boolean isSocket(Path path) throws IOException;

    /// What tells the file there from one that takes its place later; null where the system has no such thing.
    @Nullable
    Object identity(Path path) throws IOException;

    /// Sets who may connect, as the bits of `chmod`.
    ///
    /// @throws UnsupportedOperationException where the system has no such bits
    void mode(Path path, int bits) throws IOException;

    /// Removes the file.
    void delete(Path path) throws IOException;

    /// The lock at `path`, not yet taken.
    Lock lock(Path path);

    /// A lock between processes; it does not outlive its owner (UNX-7).
    interface Lock {

        /// Takes it, unless a process that lives has it; returns whether it was taken.
        boolean take() throws IOException;

        /// Whether the last [#take] found nothing that a dead process left.
        boolean clean();

        /// Whether this has taken it.
        boolean taken();

        /// Whether a living process has it.
        boolean held() throws IOException;

        /// Gives it back.
        void giveBack() throws IOException;

        /// Counts as taken, as a process that has it is giving it to us ([#giveTo]).
        default void inherit() {
            throw new UnsupportedOperationException("a lock that is handed from process to process");
        }

        /// Gives it to a process that counts it as taken.
        default void giveTo(long pid) throws IOException {
            throw new UnsupportedOperationException("a lock that is handed from process to process");
        }
    }
}
