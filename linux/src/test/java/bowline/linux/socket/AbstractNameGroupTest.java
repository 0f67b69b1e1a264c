package bowline.linux.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import bowline.failure.Failure;
import bowline.protocol.Address;
import bowline.protocol.ClientFactory;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.reactor.Placement;
import bowline.reactor.Reactor;
import bowline.reactor.ReactorGroup;
import bowline.reactor.ReactorProvider;
import bowline.reactor.SharedPort;
import bowline.reactor.SharingOptions;
import bowline.reactor.UnixConnectOptions;
import bowline.reactor.UnixListenOptions;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// An abstract name that the reactors of a group share (UNX-5, LIS-10).
class AbstractNameGroupTest {
    private static final int SIZE = 3;

    /// The threads that served somebody.
    private final Set<Thread> served = ConcurrentHashMap.newKeySet();

    private final AtomicInteger answered = new AtomicInteger();

    private final class Greeter extends Protocol {
        @Override
        public void connectionMade() {
            served.add(Thread.currentThread());
            transport().write("x");
            transport().loseConnection();
        }
    }

    private static final class Guest extends Protocol {
        private final Runnable whenLost;
        private boolean greeted;

        Guest(Runnable whenLost) {
            this.whenLost = whenLost;
        }

        @Override
        public void dataReceived(ByteBuffer unread) {
            greeted = unread.get() == 'x';
        }

        @Override
        public void connectionLost(Failure reason) {
            assertThat(greeted).isTrue();
            whenLost.run();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "uring"})
    @DisplayName("UNX-5, LIS-10: one accepts at an abstract name, and all serve")
    void allServe(String backend) {
        ReactorProvider provider = ReactorProvider.all().stream()
                .filter(each -> each.name().equals(backend))
                .findFirst()
                .orElseThrow();
        assumeTrue(provider.obstacle().isEmpty(), provider.obstacle());
        ReactorGroup group = ReactorGroup.create(provider, SIZE);
        var where = new Address.Unix(
                "\0bowline-group-" + backend + ProcessHandle.current().pid());
        SharedPort port =
                group.share(where, UnixListenOptions.DEFAULT, SharingOptions.DEFAULT.placement(Placement.ROUND_ROBIN));
        for (Reactor each : group.reactors()) {
            assertThat(port.listen(each, Factory.of(Greeter::new)).host()).isEqualTo(where);
        }
        group.first().callWhenRunning(() -> {
            for (int i = 0; i < 4 * SIZE; i++) {
                group.first().connectUnix(where, guest(group), UnixConnectOptions.DEFAULT);
            }
        });
        group.run(false);

        assertThat(answered.get()).isEqualTo(4 * SIZE);
        assertThat(served).hasSize(SIZE);
    }

    private ClientFactory<Guest> guest(ReactorGroup group) {
        return new ClientFactory<>() {
            @Override
            public Guest buildProtocol(Address peer) {
                return new Guest(() -> {
                    if (answered.incrementAndGet() == 4 * SIZE) {
                        group.stop();
                    }
                });
            }
        };
    }
}
