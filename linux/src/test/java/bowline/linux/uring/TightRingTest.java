package bowline.linux.uring;

import bowline.reactor.Reactor;
import bowline.reactor.contract.ListenContract;
import bowline.reactor.contract.ProducerContract;
import bowline.reactor.contract.StreamContract;
import bowline.reactor.contract.UnreadContract;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;

/// The contract is kept by a ring in which there is hardly room for anything: entries do not fit, completions
/// overflow, and receives and accepts end for want of buffers and room.
class TightRingTest {
    private static final RingSetup TIGHT = new RingSetup(2, 4, 2, 0, true);

    /// As on Linux 6.0.
    private static final RingSetup NOT_DEFERRED = new RingSetup(1024, 16_384, 256, 16L << 20, false);

    @Nested
    class Stream extends StreamContract {
        @Override
        protected Reactor newReactor() {
            return new UringReactor(TIGHT);
        }
    }

    @Nested
    class Listen extends ListenContract {
        @Override
        protected Reactor newReactor() {
            return new UringReactor(TIGHT);
        }
    }

    @Nested
    class Producer extends ProducerContract {
        @Override
        protected Reactor newReactor() {
            return new UringReactor(TIGHT);
        }
    }

    @Nested
    class Unread extends UnreadContract {
        @Override
        protected Reactor newReactor() {
            return new UringReactor(TIGHT);
        }
    }

    @Nested
    @DisplayName("without DEFER_TASKRUN")
    class NotDeferredStream extends StreamContract {
        @Override
        protected Reactor newReactor() {
            return new UringReactor(NOT_DEFERRED);
        }
    }

    @Nested
    @DisplayName("without DEFER_TASKRUN")
    class NotDeferredListen extends ListenContract {
        @Override
        protected Reactor newReactor() {
            return new UringReactor(NOT_DEFERRED);
        }
    }
}
