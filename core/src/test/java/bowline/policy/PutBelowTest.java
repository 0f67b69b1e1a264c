package bowline.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bowline.failure.Failure;
import bowline.protocol.HalfCloseable;
import bowline.protocol.Protocol;
import bowline.protocol.Transport;
import bowline.testing.MemoryTransport;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// TLS-8: layers that come between a protocol and its transport in the middle of a connection.
class PutBelowTest {
    private final List<String> told = new ArrayList<>();

    /// Notes what it is told, by name.
    private class Named extends Protocol implements HalfCloseable {
        private final String name;

        Named(String name) {
            this.name = name;
        }

        @Override
        public void connectionMade() {
            told.add(name + " made");
        }

        @Override
        public void dataReceived(ByteBuffer unread) {
            told.add(name + " " + (char) unread.get());
        }

        @Override
        public void readConnectionLost() {
            told.add(name + " read lost");
        }

        @Override
        public void writeConnectionLost() {}

        @Override
        public void connectionLost(Failure reason) {
            told.add(name + " lost");
        }
    }

    /// A layer that writes and hears each letter one further in the alphabet than it is below.
    private static class Shifted extends ProtocolWrapper<Protocol> {

        Shifted(Protocol inner) {
            super(inner);
        }

        static Transport below(Protocol protocol) {
            var layer = new Shifted(protocol);
            Transport above = layer.transportAbove(protocol.transport());
            protocol.putBelow(layer, above);
            return above;
        }

        @Override
        protected Transport transportAbove(Transport below) {
            return new WrappedTransport(below) {
                @Override
                public void write(byte[] bytes, int offset, int length) {
                    byte[] shifted = new byte[length];
                    for (int i = 0; i < length; i++) {
                        shifted[i] = (byte) (bytes[offset + i] - 1);
                    }
                    super.write(shifted, 0, length);
                }
            };
        }

        @Override
        public void connectionMade() {
            openInPlace();
        }

        @Override
        public void dataReceived(ByteBuffer unread) {
            above().dataReceived(ByteBuffer.wrap(new byte[] {(byte) (unread.get() + 1)}));
        }
    }

    @Test
    @DisplayName("the layer hears what comes and passes it on, and the protocol is not made again")
    void comesBetween() {
        var protocol = new Named("p");
        MemoryTransport transport = MemoryTransport.connect(protocol);
        transport.deliver("a");
        Transport above = Shifted.below(protocol);
        assertThat(protocol.transport()).isSameAs(above);
        transport.deliver("a");
        protocol.transport().write("z");
        transport.deliverEnd();
        transport.close();
        assertThat(transport.text()).isEqualTo("y");
        assertThat(told).containsExactly("p made", "p a", "p b", "p read lost", "p lost");
    }

    @Test
    @DisplayName("a second layer comes between the protocol and the first")
    void comesTwice() {
        var protocol = new Named("p");
        MemoryTransport transport = MemoryTransport.connect(protocol);
        Shifted.below(protocol);
        Shifted.below(protocol);
        transport.deliver("a");
        protocol.transport().write("z");
        transport.close();
        assertThat(transport.text()).isEqualTo("x");
        assertThat(told).containsExactly("p made", "p c", "p lost");
    }

    @Test
    @DisplayName(
            "INT-3: the connection can be handed on before and after, and the next protocol gets layers of its own")
    void goesWithBecoming() {
        var first = new Named("first");
        var second = new Named("second");
        var third = new Named("third");
        MemoryTransport transport = MemoryTransport.connect(first);
        first.become(second);
        Shifted.below(second);
        second.become(third);
        Shifted.below(third);
        transport.deliver("a");
        third.transport().write("z");
        transport.close();
        assertThat(transport.text()).isEqualTo("x");
        assertThat(told).containsExactly("first made", "second made", "third made", "third c", "third lost");
    }

    @Test
    @DisplayName("POL-1: it comes below the protocol and above the layers around it")
    void comesUnderAWrapper() {
        var protocol = new Named("p");
        MemoryTransport transport = MemoryTransport.connect(new Shifted(protocol) {
            @Override
            public void connectionMade() {
                open(inner());
            }
        });
        Shifted.below(protocol);
        transport.deliver("a");
        transport.close();
        assertThat(told).containsExactly("p made", "p c", "p lost");
    }

    @Test
    void isRefusedWithoutAConnectionOfOnesOwn() {
        var protocol = new Named("p");
        assertThatThrownBy(() -> protocol.putBelow(new Protocol(), new MemoryTransport()))
                .isInstanceOf(IllegalStateException.class);
        MemoryTransport transport = MemoryTransport.connect(protocol);
        protocol.become(new Named("next"));
        assertThatThrownBy(() -> protocol.putBelow(new Protocol(), transport))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("handed it over");
    }
}
