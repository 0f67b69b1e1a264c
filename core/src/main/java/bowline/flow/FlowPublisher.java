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
    private boolean handing;
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
            refuse(its);
            return;
        }
        subscriber = its;
        tell("onSubscribe", () -> its.onSubscribe(new OneSubscription()));
        deliver();
    }

    private static void refuse(Flow.Subscriber<? super ByteBuffer> its) {
        attempt("onSubscribe", () -> its.onSubscribe(new NoSubscription()));
        var refusal = new IllegalStateException("a FlowPublisher has one subscriber; make one publisher for each");
        attempt("onError", () -> its.onError(refusal));
    }

    /// Gives the subscriber what it asked for, then the end or, if nothing is left, the producer its turn. What is
    /// written from inside [Flow.Subscriber#onNext] is given when that has returned (reactive streams, 1.3).
    private void deliver() {
        if (handing) {
            return;
        }
        while (subscriber != null && wanted > 0 && !waiting.isEmpty()) {
            handOne(subscriber);
        }
        if (waiting.isEmpty() && ended) {
            tellTheEnd();
        } else if (waiting.isEmpty()) {
            askProducer();
        }
    }

    private void handOne(Flow.Subscriber<? super ByteBuffer> to) {
        ByteBuffer item = waiting.remove();
        waitingBytes -= item.remaining();
        wanted = wanted == Long.MAX_VALUE ? wanted : wanted - 1;
        handing = true;
        try {
            tell("onNext", () -> to.onNext(item));
        } finally {
            handing = false;
        }
    }

    private void tellTheEnd() {
        Flow.Subscriber<? super ByteBuffer> told = subscriber;
        if (told == null) {
            return;
        }
        Throwable reason = error;
        subscriber = null;
        cancelled = true;
        if (reason == null) {
            tell("onComplete", told::onComplete);
        } else {
            tell("onError", () -> told.onError(reason));
        }
    }

    /// A subscriber that throws has broken its contract and is left (reactive streams, 2.13).
    private void tell(String what, Runnable signal) {
        if (!attempt(what, signal)) {
            cancel();
        }
    }

    private static boolean attempt(String what, Runnable signal) {
        try {
            signal.run();
            return true;
        } catch (Throwable thrown) {
            log.failure("a subscriber threw in {what}; it is called no more", Failure.of(thrown), what);
            return false;
        }
    }

    /// Once a turn at most, so that a producer that writes from inside the call neither recurses nor keeps the
    /// loop's others from their turn.
    private void askProducer() {
        if (asking || ended) {
            return;
        }
        switch (producer) {
            case PushProducer push
            when producerPaused -> {
                producerPaused = false;
                askAgainLater();
                push.resumeProducing();
            }
            case PullProducer pull
            when wanted > 0 -> {
                askAgainLater();
                pull.produceMore();
            }
            case null, default -> {}
        }
    }

    private void askAgainLater() {
        asking = true;
        reactor.execute(() -> {
            asking = false;
            deliver();
        });
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
            var mistake = new IllegalArgumentException(
                    "request(" + count + "): ask for at least one item; reactive streams 3.9");
            tell("onError", () -> told.onError(mistake));
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
