package bowline.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import bowline.log.CapturedLogs;
import bowline.protocol.FileSender;
import bowline.protocol.PushProducer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// PRO-12: what is produced is published.
class FlowPublisherTest {
    private final ArrayDeque<Runnable> turns = new ArrayDeque<>();
    private final FlowPublisher publisher = new FlowPublisher(turns::add);
    private final List<String> events = new ArrayList<>();
    private final StringBuilder received = new StringBuilder();
    private Flow.Subscription subscription;
    private Runnable atItem = () -> {};

    private final Flow.Subscriber<ByteBuffer> subscriber = new Flow.Subscriber<>() {
        @Override
        public void onSubscribe(Flow.Subscription its) {
            subscription = its;
        }

        @Override
        public void onNext(ByteBuffer item) {
            assertThat(item.isReadOnly()).isTrue();
            atItem.run();
            String text = StandardCharsets.US_ASCII.decode(item).toString();
            received.append(text);
            events.add(text);
        }

        @Override
        public void onError(Throwable error) {
            events.add("error: " + error.getMessage());
        }

        @Override
        public void onComplete() {
            events.add("complete");
        }
    };

    private class Push implements PushProducer {
        @Override
        public void pauseProducing() {
            events.add("pause");
        }

        @Override
        public void resumeProducing() {
            events.add("resume");
        }

        @Override
        public void stopProducing() {
            events.add("stop");
        }
    }

    private void turn() {
        for (int i = turns.size(); i > 0; i--) {
            turns.remove().run();
        }
    }

    private void subscribe() {
        publisher.subscribe(subscriber);
        turn();
    }

    private void request(long count) {
        subscription.request(count);
        turn();
    }

    @Test
    @DisplayName("PRO-12: items come when they are asked for, and the end behind the last")
    void itemsComeWhenAskedFor() {
        subscribe();
        publisher.write("a");
        publisher.write("b");
        publisher.complete();
        assertThat(events).isEmpty();

        request(1);
        assertThat(events).containsExactly("a");
        request(5);

        assertThat(events).containsExactly("a", "b", "complete");
    }

    @Test
    @DisplayName("PRO-12: nothing is asked for to hear of the end")
    void theEndNeedsNoDemand() {
        publisher.fail(new IOException("broken"));
        subscribe();

        assertThat(events).containsExactly("error: broken");
    }

    @Test
    @DisplayName("PRO-4, PRO-12: a push producer is paused above the mark, and resumed when all is gone")
    void aPushProducerIsPaused() {
        subscribe();
        publisher.registerProducer(new Push());
        publisher.write(new byte[FlowPublisher.HIGH_WATER_BYTES]);
        assertThat(events).isEmpty();
        publisher.write(new byte[1]);
        assertThat(events).containsExactly("pause");

        request(1);
        assertThat(events).hasSize(2).doesNotContain("resume");
        request(1);

        assertThat(events).last().isEqualTo("resume");
    }

    @Test
    @DisplayName("PRO-5, PRO-12: a pull producer is asked when the subscriber waits, a piece a turn")
    void aPullProducerIsAsked() {
        byte[] file = new byte[3 * FileSender.CHUNK_BYTES];
        new Random(7).nextBytes(file);
        for (int i = 0; i < file.length; i++) {
            file[i] = (byte) ('a' + Math.floorMod(file[i], 26));
        }
        subscribe();
        new FileSender()
                .beginFileTransfer(new ByteArrayInputStream(file), publisher)
                .onSuccess(_ -> publisher.complete());
        turn();
        assertThat(events).isEmpty();

        request(1);
        assertThat(events).hasSize(1);
        turn();
        assertThat(events).hasSize(1);
        request(Long.MAX_VALUE);
        while (!turns.isEmpty()) {
            int before = events.size();
            turn();
            assertThat(events.size() - before).isLessThanOrEqualTo(2);
        }

        assertThat(received.toString()).isEqualTo(new String(file, StandardCharsets.US_ASCII));
        assertThat(events).last().isEqualTo("complete");
    }

    @Test
    @DisplayName("PRO-7, PRO-12: a subscriber that cancels stops the producer, and hears no more")
    void cancelling() {
        subscribe();
        publisher.registerProducer(new Push());
        subscription.cancel();
        turn();
        publisher.write("late");
        publisher.complete();
        request(9);

        assertThat(events).containsExactly("stop");
        publisher.registerProducer(new Push());
        assertThat(events).containsExactly("stop", "stop");
    }

    @Test
    @DisplayName("PRO-12: asking for nothing is an error (reactive streams, 3.9)")
    void askingForNothing() {
        subscribe();
        publisher.registerProducer(new Push());

        request(0);

        assertThat(events)
                .containsExactly("stop", "error: request(0): ask for at least one item; reactive streams 3.9");
    }

    @Test
    @DisplayName("PRO-12: there is one subscriber; another is told so")
    void thereIsOneSubscriber() {
        subscribe();
        subscribe();

        assertThat(events).hasSize(1);
        assertThat(events.getFirst()).startsWith("error: a FlowPublisher has one subscriber");
    }

    @Test
    @DisplayName("PRO-2: there is one producer")
    void thereIsOneProducer() {
        publisher.registerProducer(new Push());

        assertThatIllegalStateException().isThrownBy(() -> publisher.registerProducer(new Push()));
        publisher.unregisterProducer();
        publisher.registerProducer(new Push());
    }

    /// A push producer that writes from inside the call that resumes it, more than may wait.
    private final class Eager extends Push {
        @Override
        public void resumeProducing() {
            super.resumeProducing();
            publisher.write(new byte[FlowPublisher.HIGH_WATER_BYTES + 1]);
        }
    }

    @Test
    @DisplayName("PRO-4, PRO-12: a producer that writes as it is resumed is resumed once a turn, without recursion")
    void anEagerProducerHasOneTurnAtATime() {
        var eager = new Eager();
        subscribe();
        publisher.registerProducer(eager);
        eager.resumeProducing();
        request(Long.MAX_VALUE);

        for (int turn = 0; turn < 100; turn++) {
            events.clear();
            turn();
            assertThat(events).filteredOn("resume"::equals).hasSize(1);
        }
    }

    @Test
    @DisplayName("PRO-12: what is written from inside onNext comes after it (reactive streams, 1.3)")
    void writesFromInsideOnNextWait() {
        atItem = () -> {
            events.add("in");
            if (events.size() == 1) {
                publisher.write("b");
            }
        };
        subscribe();
        request(5);

        publisher.write("a");

        assertThat(events).containsExactly("in", "a", "in", "b");
    }

    /// What `where` throws at the first call, and it hears no more.
    private final class Throwing implements Flow.Subscriber<ByteBuffer> {
        private final String where;

        Throwing(String where) {
            this.where = where;
        }

        private void called(String method) {
            assertThat(events).as("calls before %s", method).doesNotContain("threw");
            if (method.equals(where)) {
                events.add("threw");
                throw new IllegalStateException("a fault of the subscriber");
            }
        }

        @Override
        public void onSubscribe(Flow.Subscription its) {
            called("onSubscribe");
            its.request(9);
        }

        @Override
        public void onNext(ByteBuffer item) {
            called("onNext");
        }

        @Override
        public void onError(Throwable error) {
            called("onError");
        }

        @Override
        public void onComplete() {
            called("onComplete");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"onSubscribe", "onNext", "onError", "onComplete"})
    @DisplayName("PRO-12: a subscriber that throws is called no more, and the log says so (reactive streams, 2.13)")
    void aSubscriberThatThrows(String where) {
        try (var logs = CapturedLogs.open()) {
            publisher.subscribe(new Throwing(where));
            turn();
            turn();
            publisher.write("a");
            publisher.write("b");
            if (where.equals("onError")) {
                publisher.fail(new IOException("broken"));
            } else {
                publisher.complete();
            }
            turn();

            assertThat(events).containsExactly("threw");
            assertThat(logs.texts()).containsExactly("a subscriber threw in " + where + "; it is called no more");
        }
    }

    @Test
    @DisplayName("PRO-7, PRO-12: a subscriber that throws stops the producer")
    void aSubscriberThatThrowsStopsTheProducer() {
        try (var logs = CapturedLogs.open()) {
            publisher.registerProducer(new Push());
            publisher.subscribe(new Throwing("onSubscribe"));
            turn();

            assertThat(events).containsExactly("threw", "stop");
            assertThat(logs.events()).hasSize(1);
        }
    }

    @Test
    @DisplayName("PRO-12: a refused subscriber that throws costs the one that is served nothing")
    void aRefusedSubscriberThatThrows() {
        subscribe();
        publisher.registerProducer(new Push());
        try (var logs = CapturedLogs.open()) {
            publisher.subscribe(new Throwing("onError"));
            turn();
            publisher.write("a");
            request(1);

            assertThat(logs.events()).hasSize(1);
            assertThat(events).containsExactly("threw", "a");
        }
    }
}
