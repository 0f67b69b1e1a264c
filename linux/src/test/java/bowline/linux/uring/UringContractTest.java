package bowline.linux.uring;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.linux.socket.BackendContract;
import bowline.reactor.Reactor;
import bowline.reactor.contract.ReactorContract;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// The contract of all reactors, kept by the one on io_uring.
class UringContractTest extends BackendContract {

    @Override
    protected Reactor backend() {
        return new UringReactor();
    }

    @Nested
    class OneThread extends ReactorContract {
        @Override
        protected Reactor newReactor() {
            return backend();
        }

        @Test
        @DisplayName("a second thread is told that it cannot run the reactor, once, and the run ends")
        void belongsToTheThreadThatRanItFirst() throws InterruptedException {
            Thread.ofPlatform().start(() -> reactor.iterate(Duration.ZERO)).join();
            reactor.run(false);

            assertThat(takeCriticals())
                    .first()
                    .satisfies(thrown -> assertThat(thrown)
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("choose the backend epoll"));
        }
    }
}
