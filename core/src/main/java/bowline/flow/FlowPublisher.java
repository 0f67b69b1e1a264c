package bowline.flow;

import bowline.failure.Failure;
import bowline.log.Logger;
import bowline.protocol.Consumer;
import bowline.protocol.Producer;
import bowline.protocol.PullProducer;
import bowline.protocol.PushProducer;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/// Publishes what a [Producer] writes to it, for one subscriber, and no faster than that asks (PRO-12).
///
///     var publisher = new FlowPublisher(reactor);
///     new FileSender().beginFileTransfer(file, publisher)
///             .addCallbacks(_ -> publisher.complete(), publisher::fail);
///     library.consume(publisher);
///
/// Each write is one item: a read-only buffer of its own. What is written and not yet asked for waits here; above
/// [#HIGH_WATER_BYTES] a push producer is paused until all of that is gone, and a pull producer is asked only when the
/// subscriber waits (PRO-4, PRO-5). Bytes written after the end, or after the subscriber cancelled, are dropped.
///
/// Writing and registering happen on the reactor's thread; [#subscribe] and the subscription may be used on any.
public final class FlowPublisher implements Consumer, Flow.Publisher<ByteBuffer> {
    /// How many bytes may wait before a push producer is paused (PRO-4).
    public static final int HIGH_WATER_BYTES = 65_536;

    private static final Logger log = Logger.of(FlowPublisher.class);

    private final Executor reactor;
    private final ArrayDeque<ByteBuffer> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private Flow.@Nullable Subscriber<? super ByteBuffer> subscriber;
    private long wanted;
    private @Nullable Producer producer;
    private boolean producerPaused;
    private boolean asking;
    private boolean ended;
    private boolean cancelled;
    private @Nullable Throwable error;

    /// @param reactor runs what it is given on the producer's thread: the reactor itself
    public FlowPublisher(Executor reactor) {
        this.reactor = reactor;
    }

    // As a consumer

    @Override
    public void registerProducer(Producer its) {
        if (producer != null) {
            throw new IllegalStateException("a producer is registered already; unregister that first");
        }
        if (ended || cancelled) {
            its.stopProducing();
            return;
        }
        producer = its;
        producerPaused = false;
        deliver();
    }

    @Override
    public void unregisterProducer() {
        producer = null;
    }

    @Override
    public void write(ByteBuffer bytes) {
        ByteBuffer copy = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
        publish(copy.asReadOnlyBuffer());
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        write(ByteBuffer.wrap(bytes, offset, length));
    }

    private void publish(ByteBuffer item) {
        if (ended || cancelled || !item.hasRemaining()) {
            return;
        }
        waiting.add(item);
        waitingBytes += item.remaining();
        if (waitingBytes > HIGH_WATER_BYTES && producer instanceof PushProducer push && !producerPaused) {
            producerPaused = true;
            push.pauseProducing();
        }
        deliver();
    }

    /// Nothing more comes: the subscriber hears of it when it has had everything that was written.
    public void complete() {
        end(null);
    }

    /// Nothing more comes, for this reason; told as [#complete] is.
    public void fail(Throwable reason) {
        end(Objects.requireNonNull(reason));
    }

    private void end(@Nullable Throwable reason) {
        if (!ended) {
            ended = true;
            error = reason;
            deliver();
        }
    }

    // As a publisher

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> its) {
        Objects.requireNonNull(its);
        reactor.execute(() -> subscribed(its));
    }

    private void subscribed(Flow.Subscriber<? super ByteBuffer> its) {
        if (subscriber != null || cancelled) {
            its.onSubscribe(new NoSubscription());
            its.onError(new IllegalStateException("a FlowPublisher has one subscriber; make one publisher for each"));
            return;
        }
        subscriber = its;
        its.onSubscribe(new OneSubscription());
        deliver();
    }

    /// Gives the subscriber what it asked for, then asks the producer for more. What the subscriber asks for
    /// meanwhile comes on a later turn, so nothing is delivered from inside a delivery.
    private void deliver() {
        while (subscriber != null && wanted > 0 && !waiting.isEmpty()) {
            ByteBuffer item = waiting.remove();
            waitingBytes -= item.remaining();
            wanted = wanted == Long.MAX_VALUE ? wanted : wanted - 1;
            hand(subscriber, item);
        }
        if (subscriber != null && waiting.isEmpty() && ended) {
            Flow.Subscriber<? super ByteBuffer> told = subscriber;
            subscriber = null;
            cancelled = true;
            if (error == null) {
                told.onComplete();
            } else {
                told.onError(error);
            }
        } else if (waiting.isEmpty()) {
            askProducer();
        }
    }

    /// A subscriber that throws has broken its contract and is left.
    private void hand(Flow.Subscriber<? super ByteBuffer> to, ByteBuffer item) {
        try {
            to.onNext(item);
        } catch (Throwable thrown) {
            log.failure("a subscriber threw in onNext; its subscription is cancelled", Failure.of(thrown));
            cancel();
        }
    }

    private void askProducer() {
        switch (producer) {
            case PushProducer push -> {
                if (producerPaused) {
                    producerPaused = false;
                    push.resumeProducing();
                }
            }
            case PullProducer pull -> {
                if (wanted > 0 && !asking && !ended) {
                    asking = true; // until the next turn: one piece a turn, so that the loop's others have theirs
                    reactor.execute(this::askAgain);
                    pull.produceMore();
                }
            }
            case null -> {}
        }
    }

    private void askAgain() {
        asking = false;
        deliver();
    }

    private void cancel() {
        if (cancelled) {
            return;
        }
        cancelled = true;
        subscriber = null;
        waiting.clear();
        waitingBytes = 0;
        Producer orphan = producer;
        producer = null;
        if (orphan != null) {
            orphan.stopProducing();
        }
    }

    private void requested(long count) {
        if (subscriber == null) {
            return;
        }
        if (count <= 0) {
            Flow.Subscriber<? super ByteBuffer> told = subscriber;
            cancel();
            told.onError(new IllegalArgumentException("request(" + count + "): ask for at least one item"));
            return;
        }
        wanted = wanted + count < 0 ? Long.MAX_VALUE : wanted + count;
        deliver();
    }

    private final class OneSubscription implements Flow.Subscription {
        @Override
        public void request(long count) {
            reactor.execute(() -> requested(count));
        }

        @Override
        public void cancel() {
            reactor.execute(FlowPublisher.this::cancel);
        }
    }

    /// For a subscriber that is refused at once.
    private static final class NoSubscription implements Flow.Subscription {
        @Override
        public void request(long count) {
            // It has been told that there is nothing.
        }

        @Override
        public void cancel() {
            // Nothing was begun.
        }
    }
}
