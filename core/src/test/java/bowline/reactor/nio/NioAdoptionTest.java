package bowline.reactor.nio;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bowline.protocol.DatagramProtocol;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.reactor.DatagramOptions;
import bowline.reactor.Reactor;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class NioAdoptionTest {
    private final Reactor reactor = new NioReactor(null);

    @Test
    @DisplayName("LIS-9: a backend without descriptors refuses them, and says which has them")
    void refuses() {
        refused(() -> reactor.adoptStreamPort(5, Factory.of(Protocol::new)));
        refused(() -> reactor.adoptStreamConnection(5, Factory.of(Protocol::new)));
        refused(() -> reactor.adoptDatagramPort(5, new DatagramProtocol() {}, DatagramOptions.DEFAULT));
    }

    private static void refused(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("NioReactor cannot adopt descriptor 5")
                .hasMessageContaining("epoll and uring");
    }
}
