package bowline.tls.source;

import java.io.IOException;
import java.util.List;

/// Says which files there are at present.
@FunctionalInterface
interface IdentityFinder {
    /// In a fixed order, each name once. Blocks.
    ///
    /// @throws IOException if nobody can tell
    List<IdentityFiles> find() throws IOException;
}
