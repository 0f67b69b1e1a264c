package bowline.flow;

import static bowline.testing.DeferredAssertions.assertNoResult;
import static bowline.testing.DeferredAssertions.failureResultOf;
import static bowline.testing.DeferredAssertions.successResultOf;
import static org.assertj.core.api.Assertions.assertThat;

import bowline.defer.CancelledError;
import bowline.defer.Deferred;
import bowline.protocol.ConnectionLost;
import bowline.testing.MemoryTransport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// PRO-12: what others publish is written.
class FlowWriterTest {
    private final MemoryTransport transport = new MemoryTransport();
    private final Source source = new Source();

    /// A publisher that a test drives by hand.
    private static final class Source implements Flow.Publisher<ByteBuffer>, Flow.Subscription {
        Flow.Subscriber<? super ByteBuffer> subscriber;
        long wanted;
        boolean cancelled;

        @Override
        public void subscribe(Flow.Subscriber<? super ByteBuffer> its) {
            subscriber = its;
            its.onSubscribe(this);
        }

        void publish(String text) {
            wanted--;
            assertThat(wanted).as("more published than was asked for").isNotNegative();
            subscriber.onNext(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
        }

        @Override
        public void request(long count) {
            wanted += count;
        }

        @Override
        public void cancel() {
            cancelled = true;
        }
    }

    private Deferred<Long> write() {
        return FlowWriter.write(source, transport, Runnable::run);
    }

    @Test
    @DisplayName("PRO-12: everything is written in order, and the Deferred tells how much")
    void writesEverything() {
        Deferred<Long> done = write();
        for (int i = 0; i < 100; i++) {
            source.publish("ab");
        }
        assertNoResult(done);

        source.subscriber.onComplete();

        assertThat(successResultOf(done)).isEqualTo(200);
        assertThat(transport.text()).isEqualTo("ab".repeat(100));
        assertThat(transport.producer()).isNull();
        assertThat(transport.disconnecting()).isFalse();
    }

    @Test
    @DisplayName("PRO-4, PRO-12: a consumer that has enough is overrun by what was asked for, and no more")
    void asksForNoMoreWhilePaused() {
        write();
        assertThat(source.wanted).isEqualTo(FlowWriter.AHEAD);
        source.publish("x");

        producer().pauseProducing();
        while (source.wanted > 0) {
            source.publish("x");
        }
        assertThat(source.wanted).isZero();

        producer().resumeProducing();
        assertThat(source.wanted).isEqualTo(FlowWriter.AHEAD);
    }

    private bowline.protocol.PushProducer producer() {
        return (bowline.protocol.PushProducer) transport.producer();
    }

    @Test
    @DisplayName("PRO-12: the source's error fails the Deferred and closes nothing")
    void passesAnErrorOn() {
        Deferred<Long> done = write();

        source.subscriber.onError(new IOException("no more"));

        failureResultOf(done, IOException.class);
        assertThat(transport.disconnecting()).isFalse();
    }

    @Test
    @DisplayName("PRO-7, PRO-12: a consumer that ends cancels the subscription")
    void aConsumerThatEndsCancels() {
        Deferred<Long> done = write();

        producer().stopProducing();

        assertThat(source.cancelled).isTrue();
        failureResultOf(done, ConnectionLost.class);
        source.publish("late");
        source.subscriber.onComplete();
        assertThat(transport.text()).isEmpty();
    }

    @Test
    @DisplayName("PRO-12: cancelling cancels the subscription and unregisters")
    void cancelling() {
        Deferred<Long> done = write();

        done.cancel();

        assertThat(source.cancelled).isTrue();
        assertThat(transport.producer()).isNull();
        failureResultOf(done, CancelledError.class);
    }

    @Test
    @DisplayName("PRO-12: a second subscription is cancelled (reactive streams, 2.5)")
    void aSecondSubscriptionIsCancelled() {
        write();
        var second = new Source();

        source.subscriber.onSubscribe(second);

        assertThat(second.cancelled).isTrue();
        assertThat(source.cancelled).isFalse();
    }
}
