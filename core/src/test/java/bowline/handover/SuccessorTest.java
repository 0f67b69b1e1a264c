package bowline.handover;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.failure.Failure;
import bowline.log.LogEvent;
import bowline.log.LogLevel;
import bowline.log.LogObserver;
import bowline.log.LogPublisher;
import bowline.process.ProcessTransport;
import bowline.testing.MemoryReactor;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A successor gets ready, or it does not.
class SuccessorTest {
    private static final int ANSWER = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final MemoryReactor reactor = new MemoryReactor();
    private final Successor successor = new Successor(reactor, ANSWER);
    private final List<String> results = new ArrayList<>();
    private final List<Object> signals = new ArrayList<>();

    @BeforeEach
    void start() {
        successor.makeConnection((ProcessTransport) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ProcessTransport.class},
                (_, method, given) -> switch (method.getName()) {
                    case "pid" -> 42L;
                    case "signalProcess" -> signals.add(given[0]) ? null : null;
                    default -> throw new AssertionError(method);
                }));
        successor
                .ready(PATIENCE)
                .addCallbacks(pid -> results.add("ready " + pid), failure -> results.add(failure.message()));
    }

    private void answers(String text) {
        ByteBuffer unread = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
        successor.childDataReceived(ANSWER, unread);
    }

    @Test
    void itServes() {
        answers("ready");
        assertThat(results).as("half an answer").isEmpty();

        answers("ready\n");

        assertThat(results).containsExactly("ready 42");
        assertThat(reactor.delayedCalls()).isEmpty();
        reactor.advance(PATIENCE);
        assertThat(signals).isEmpty();
    }

    @Test
    void itEndsTooEarly() {
        successor.processExited(Failure.of(new IllegalStateException("exit code 69")));
        successor.childConnectionLost(ANSWER);

        assertThat(results).singleElement().asString().isEqualTo("process 42 ended before it was ready: exit code 69");
        assertThat(reactor.delayedCalls()).isEmpty();
    }

    @Test
    void itTakesTooLong() {
        reactor.advance(PATIENCE.minusMillis(1));
        assertThat(results).isEmpty();

        reactor.advance(Duration.ofMillis(1));

        assertThat(results).containsExactly("process 42 was not ready after 60 s and is ended");
        assertThat(signals).containsExactly("KILL");
        answers("ready\n");
        assertThat(results).hasSize(1);
    }

    @Test
    void onlyOneThatHasServedIsMissedWhenItEnds() {
        var errors = new ArrayList<LogEvent>();
        LogObserver observer = event -> {
            if (event.level() == LogLevel.ERROR) {
                errors.add(event);
            }
        };
        LogPublisher.global().add(observer);
        try {
            reactor.advance(PATIENCE);
            successor.processExited(Failure.of(new IllegalStateException("signal 9")));
            assertThat(errors).as("we ended it").isEmpty();

            var other = new Successor(reactor, ANSWER);
            other.makeConnection(successor.transport());
            var _ = other.ready(PATIENCE);
            other.childDataReceived(ANSWER, ByteBuffer.wrap("ready\n".getBytes(StandardCharsets.US_ASCII)));
            other.processExited(Failure.of(new IllegalStateException("exit code 1")));
            assertThat(errors).hasSize(1);
        } finally {
            LogPublisher.global().remove(observer);
        }
    }

    @Test
    void itSaysSomethingElse() {
        answers("hello!");

        assertThat(results).containsExactly("process 42 answered something else than that it is ready, and is ended");
        assertThat(signals).containsExactly("KILL");
    }

    @Test
    void itEndsWithAProcessThatIsToldToStopMeanwhile() {
        reactor.fireSystemEvent("shutdown");

        assertThat(results).containsExactly("this process stops, and process 42 is ended with it");
        assertThat(signals).containsExactly("KILL");
        assertThat(reactor.delayedCalls()).isEmpty();
    }

    @Test
    void oneThatServesIsLeftAloneWhenWeStop() {
        answers("ready\n");
        reactor.fireSystemEvent("shutdown");

        assertThat(signals).isEmpty();
    }
}
