package bowline.handover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bowline.reactor.InheritedPorts;
import bowline.reactor.OpenPort;
import bowline.reactor.PortHandover;
import bowline.reactor.Reactor;
import bowline.testing.MemoryReactor;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// What a successor finds in its environment, and what it answers.
class PredecessorTest {
    private static final List<OpenPort> PORTS = List.of(
            new OpenPort("tcp 127.0.0.1 80", 5),
            new OpenPort("unix /run/a = b\n", 6),
            new OpenPort("tcp 127.0.0.1 80", 7),
            new OpenPort("abstract ü", 8));

    private static final Map<String, String> ENVIRONMENT =
            Map.of("BOWLINE_HANDOVER", Predecessor.variable(42, 4, PORTS));

    private final List<String> done = new ArrayList<>();
    private InheritedPorts inherited = new InheritedPorts();

    /// A reactor that writes down what it is asked as a [PortHandover], and knows nothing else.
    private Reactor able() {
        return (Reactor) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Reactor.class, PortHandover.class}, (_, method, given) -> {
                    switch (method.getName()) {
                        case "inherit" -> inherited = (InheritedPorts) given[0];
                        case "answer" ->
                            done.add("to " + given[0] + ": " + StandardCharsets.UTF_8.decode((ByteBuffer) given[1]));
                        case "release" -> done.add("closes " + given[0]);
                        default -> throw new AssertionError(method);
                    }
                    return null;
                });
    }

    @Test
    void isReadByItsChildAlone() {
        assertThat(Objects.requireNonNull(Predecessor.of(ENVIRONMENT, 42)).pid())
                .isEqualTo(42);
        assertThat(Predecessor.of(ENVIRONMENT, 43)).isNull();
        assertThat(Predecessor.of(Map.of(), 42)).isNull();
        assertThat(Predecessor.of(Map.of("BOWLINE_HANDOVER", "42"), 42)).isNull();
    }

    @Test
    void eachPortIsTakenOnceAndInOrder() {
        Objects.requireNonNull(Predecessor.of(ENVIRONMENT, 42)).handTo(List.of(able()));

        assertThat(inherited.descriptors()).containsExactly(5, 6, 7, 8);
        assertThat(inherited.take("tcp 127.0.0.1 80")).isEqualTo(5);
        assertThat(inherited.has("tcp 127.0.0.1 80")).isTrue();
        assertThat(inherited.take("tcp 127.0.0.1 80")).isEqualTo(7);
        assertThat(inherited.has("tcp 127.0.0.1 80")).isFalse();
        assertThat(inherited.take("tcp 127.0.0.1 80")).isEqualTo(InheritedPorts.NONE);
        assertThat(inherited.take("unix /run/a = b\n")).isEqualTo(6);
        assertThat(inherited.take("abstract ü")).isEqualTo(8);
    }

    @Test
    void itIsToldWhenWeServeAndWhatNobodyWantedIsClosed() throws Exception {
        Predecessor before = Objects.requireNonNull(Predecessor.of(ENVIRONMENT, 42));
        before.handTo(List.of(able()));
        inherited.take("unix /run/a = b\n");
        inherited.take("tcp 127.0.0.1 80");

        List<String> unwanted = before.ready(able());

        assertThat(unwanted).containsExactly("tcp 127.0.0.1 80", "abstract ü");
        assertThat(done).containsExactly("closes 7", "closes 8", "to 4: ready\n", "closes 4");
    }

    @Test
    void aReactorWithoutDescriptorsIsGivenNone() {
        Predecessor before = Objects.requireNonNull(Predecessor.of(ENVIRONMENT, 42));

        assertThatThrownBy(() -> before.handTo(List.of(new MemoryReactor())))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("uring and epoll");
    }
}
