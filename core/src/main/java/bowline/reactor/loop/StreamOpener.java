package bowline.reactor.loop;

import bowline.protocol.TransportLimits;
import java.io.IOException;

/// Opens something that is a stream at once, as a device is.
@FunctionalInterface
public interface StreamOpener {

    /// The stream, which has no protocol yet. On the loop's thread.
    ///
    /// @throws IOException if it cannot be opened; it says why, and what to do
    StreamConnection open(TransportLimits limits) throws IOException;
}
