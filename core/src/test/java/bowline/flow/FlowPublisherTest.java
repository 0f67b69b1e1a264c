package bowline.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

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

/// PRO-12: what is produced is published.
class FlowPublisherTest {
    private final ArrayDeque<Runnable> turns = new ArrayDeque<>();
    private final FlowPublisher publisher = new FlowPublisher(turns::add);
    private final List<String> events = new ArrayList<>();
    private final StringBuilder received = new StringBuilder();
    private Flow.Subscription subscription;

    private final Flow.Subscriber<ByteBuffer> subscriber = new Flow.Subscriber<>() {
        @Override
        public void onSubscribe(Flow.Subscription its) {
            subscription = its;
        }

        @Override
        public void onNext(ByteBuffer item) {
            assertThat(item.isReadOnly()).isTrue();
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

    private final class Push implements PushProducer {
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

        assertThat(events).containsExactly("stop", "error: request(0): ask for at least one item");
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
}
