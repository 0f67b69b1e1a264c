package bowline.flow;

import bowline.defer.Deferred;
import bowline.protocol.ConnectionLost;
import bowline.protocol.Consumer;
import bowline.protocol.PushProducer;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/// Writes what a [Flow.Publisher] publishes to a [Consumer], and asks for no more while that has enough (PRO-12).
///
/// At most [#AHEAD] buffers are on their way at a time, so that is how far a consumer can be overrun.
public final class FlowWriter {
    /// How many buffers are asked for ahead.
    public static final int AHEAD = 16;

    private final Consumer consumer;
    private final Executor reactor;
    private final Deferred<Long> done = new Deferred<>(_ -> abandon());
    private Flow.@Nullable Subscription subscription;
    private int expected;
    private long written;
    private boolean paused;
    private boolean over;

    private FlowWriter(Consumer consumer, Executor reactor) {
        this.consumer = consumer;
        this.reactor = reactor;
    }

    /// Subscribes to `source` and registers with `consumer` as its producer. The Deferred fires with the number
    /// of bytes when the source is complete; they are then written, and perhaps not yet sent. It fails with the
    /// source's error, or with [ConnectionLost] if the consumer wants no more. Cancelling it cancels the
    /// subscription. In each case the producer is unregistered, and the consumer is not closed.
    ///
    /// @param reactor runs what it is given on the consumer's thread: the reactor itself
    /// @throws IllegalStateException if the consumer has another producer
    public static Deferred<Long> write(
            Flow.Publisher<? extends ByteBuffer> source, Consumer consumer, Executor reactor) {
        var writer = new FlowWriter(consumer, reactor);
        consumer.registerProducer(writer.new Source());
        if (!writer.over) {
            source.subscribe(writer.new Target());
        }
        return writer.done;
    }

    private void askForMore() {
        if (subscription != null && !paused && !over && expected <= AHEAD / 2) {
            int more = AHEAD - expected;
            expected = AHEAD;
            subscription.request(more);
        }
    }

    private void take(ByteBuffer piece) {
        if (over) {
            return;
        }
        expected--;
        written += piece.remaining();
        consumer.write(piece);
        askForMore();
    }

    private void subscribed(Flow.Subscription its) {
        if (over || subscription != null) {
            its.cancel();
            return;
        }
        subscription = its;
        askForMore();
    }

    /// The source has said its last word.
    private void ended(@Nullable Throwable error) {
        if (!over) {
            over = true;
            consumer.unregisterProducer();
            if (error == null) {
                done.callback(written);
            } else {
                done.errback(error);
            }
        }
    }

    /// Nobody wants what the source publishes any more.
    private void abandon() {
        if (!over) {
            over = true;
            consumer.unregisterProducer();
            cancel();
        }
    }

    private void cancel() {
        if (subscription != null) {
            subscription.cancel();
        }
    }

    /// What the consumer sees.
    private final class Source implements PushProducer {
        @Override
        public void pauseProducing() {
            paused = true;
        }

        @Override
        public void resumeProducing() {
            paused = false;
            askForMore();
        }

        @Override
        public void stopProducing() {
            if (!over) {
                over = true;
                cancel();
                done.errback(new ConnectionLost("the consumer ended before the source did"));
            }
        }
    }

    /// What the publisher sees. It may call on any thread, one at a time.
    private final class Target implements Flow.Subscriber<ByteBuffer> {
        @Override
        public void onSubscribe(Flow.Subscription its) {
            Objects.requireNonNull(its);
            reactor.execute(() -> subscribed(its));
        }

        @Override
        public void onNext(ByteBuffer piece) {
            Objects.requireNonNull(piece);
            reactor.execute(() -> take(piece));
        }

        @Override
        public void onError(Throwable error) {
            Objects.requireNonNull(error);
            reactor.execute(() -> ended(error));
        }

        @Override
        public void onComplete() {
            reactor.execute(() -> ended(null));
        }
    }
}
