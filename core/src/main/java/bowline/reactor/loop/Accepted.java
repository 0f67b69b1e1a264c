package bowline.reactor.loop;

import java.io.IOException;

/// A connection that a port has accepted and that no loop has yet.
public interface Accepted {

    /// Makes it a connection of `loop`, on that loop's thread.
    ///
    /// @throws IOException if it cannot be; it is closed then
    StreamConnection on(Loop loop) throws IOException;

    /// Closes it, on any thread.
    void close();
}
