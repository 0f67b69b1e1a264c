package bowline.linux.socket;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.reactor.ReactorProvider;
import bowline.reactor.Sharing;
import bowline.reactor.SharingOptions;
import bowline.reactor.contract.GroupContract;
import bowline.reactor.contract.Guests;
import org.junit.jupiter.api.Nested;

/// The contract of reactor groups (LIS-10), by both ways to share a port.
public abstract class BackendGroupContract {

    /// The backend under test.
    protected abstract ReactorProvider backend();

    @Nested
    class HandOff extends GroupContract {
        @Override
        protected ReactorProvider provider() {
            return backend();
        }

        @Override
        protected SharingOptions sharing() {
            return SharingOptions.DEFAULT;
        }
    }

    @Nested
    class ReusePort extends GroupContract {
        @Override
        protected ReactorProvider provider() {
            return backend();
        }

        @Override
        protected SharingOptions sharing() {
            return SharingOptions.DEFAULT.sharing(Sharing.REUSE_PORT);
        }

        /// What waits at a socket that is closed is lost: the system does not give it to the others.
        @Override
        protected void judgeLosses(Guests.Counts counts) {
            assertThat(counts.served()).isGreaterThan(counts.lost());
        }
    }
}
