package bowline.reactor.loop;

import bowline.failure.Failure;
import bowline.log.Logger;
import bowline.reactor.Reactor;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// One file descriptor kept back, to be let go when there is no other: then those who wait at a port can
/// be accepted and closed, rather than left to wait (LIS-7).
final class SpareDescriptor {
    private static final Logger log = Logger.of(Reactor.class);

    /// Most connections sent away at once.
    private static final int REFUSALS_MAX = 1000;

    private final Opener opener;
    private @Nullable Closeable spare;

    /// Opens something that takes up one descriptor.
    @FunctionalInterface
    interface Opener {
        /// Opens it.
        Closeable open() throws IOException;
    }

    /// Takes one waiting connection and closes it.
    @FunctionalInterface
    interface Refusal {
        /// False when no connection waits.
        boolean refuse() throws IOException;
    }

    SpareDescriptor(Opener opener) {
        this.opener = opener;
    }

    /// Makes sure that there is one to let go.
    void reserve() {
        if (spare != null) {
            return;
        }
        try {
            spare = opener.open();
        } catch (IOException none) {
            log.info(
                    "no file descriptor to keep in reserve: {reason}",
                    Failure.of(none).message());
        }
    }

    /// Lets the reserve go, sends away who waits, and takes a reserve again.
    ///
    /// @return how many were sent away
    int spend(Refusal refusal) {
        int refused = 0;
        release();
        try {
            while (refused < REFUSALS_MAX && refusal.refuse()) {
                refused++;
            }
        } catch (IOException stillNone) {
            log.info(
                    "could not send a connection away: {reason}",
                    Failure.of(stillNone).message());
        }
        reserve();
        return refused;
    }

    /// Lets the reserve go.
    void release() {
        try {
            if (spare != null) {
                spare.close();
            }
        } catch (IOException broken) {
            log.debug("letting the reserve go failed: {reason}", broken);
        }
        spare = null;
    }
}
