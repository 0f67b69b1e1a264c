package bowline.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.defer.Deferred;
import bowline.flow.FlowPublisher;
import bowline.flow.FlowWriter;
import bowline.protocol.PullProducer;
import bowline.testing.MemoryTransport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Callable;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.reactivestreams.tck.flow.FlowSubscriberBlackboxVerification;
import org.reactivestreams.tck.flow.FlowSubscriberWhiteboxVerification;

/// PRO-12: our bridges to `Flow`, on a real reactor, against the tests by which the authors of reactive streams tell
/// who follows their rules. They leave out what they cannot test, and what a publisher may do and ours does not.
class FlowTest {
    /// How long a signal may take, and how long none must come where there is to be none.
    private static final long SIGNAL_MILLIS = 5_000;

    private static final long SILENCE_MILLIS = 50;

    private static LiveReactor live;

    @BeforeAll
    static void start() {
        live = new LiveReactor();
    }

    @AfterAll
    static void stop() {
        live.close();
    }

    @Test
    @DisplayName("PRO-12: FlowPublisher passes the publisher's tests of the reactive streams TCK")
    void thePublisher() {
        TestNgRun run = TestNgRun.of(Publishing.class);

        assertThat(run.failures()).isEmpty();
        assertThat(run.passed()).hasSize(26);
        assertThat(run.skipped())
                .allMatch(name -> name.startsWith("untested_") || name.startsWith("optional_spec111_"));
    }

    @Test
    @DisplayName("PRO-12: FlowWriter passes the subscriber's tests of the reactive streams TCK, from outside")
    void theWriterFromOutside() {
        TestNgRun run = TestNgRun.of(Writing.class);

        assertThat(run.failures()).isEmpty();
        assertThat(run.passed()).hasSize(11);
        assertThat(run.skipped()).allMatch(name -> name.startsWith("untested_"));
    }

    @Test
    @DisplayName("PRO-12: FlowWriter passes the subscriber's tests of the reactive streams TCK, from inside")
    void theWriterFromInside() {
        TestNgRun run = TestNgRun.of(WritingWatched.class);

        assertThat(run.failures()).isEmpty();
        assertThat(run.passed()).hasSize(14);
        assertThat(run.skipped()).allMatch(name -> name.startsWith("untested_"));
    }

    private static TestEnvironment environment() {
        return new TestEnvironment(SIGNAL_MILLIS, SILENCE_MILLIS);
    }

    private static <T> T onReactor(Callable<T> work) {
        try {
            return live.call(work);
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }

    private static ByteBuffer bytesOf(int number) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(number).flip();
    }

    /// The tests of [FlowPublisher]. TestNG makes it.
    public static final class Publishing extends FlowPublisherVerification<ByteBuffer> {
        public Publishing() {
            super(environment());
        }

        @Override
        public Flow.Publisher<ByteBuffer> createFlowPublisher(long elements) {
            return onReactor(() -> {
                var publisher = new FlowPublisher(live.reactor());
                publisher.registerProducer(new Numbers(publisher, elements));
                return publisher;
            });
        }

        @Override
        public Flow.Publisher<ByteBuffer> createFailedFlowPublisher() {
            return onReactor(() -> {
                var publisher = new FlowPublisher(live.reactor());
                publisher.fail(new IOException("broken from the beginning"));
                return publisher;
            });
        }
    }

    /// Produces numbers, and an end behind the last.
    private static final class Numbers implements PullProducer {
        private final FlowPublisher to;
        private long left;

        Numbers(FlowPublisher to, long count) {
            this.to = to;
            this.left = count;
            endBehindTheLast();
        }

        @Override
        public void produceMore() {
            to.write(bytesOf((int) left--));
            endBehindTheLast();
        }

        private void endBehindTheLast() {
            if (left == 0) {
                to.complete();
            }
        }

        @Override
        public void stopProducing() {}
    }

    /// The subscriber with which a [FlowWriter] writes to a transport in memory, and the Deferred of its end.
    private record Writer(Flow.Subscriber<? super ByteBuffer> target, Deferred<Long> done)
            implements Flow.Subscriber<ByteBuffer> {

        static Writer begin() {
            var target = new AtomicReference<Flow.Subscriber<? super ByteBuffer>>();
            return onReactor(() -> {
                Deferred<Long> done = FlowWriter.write(target::set, new MemoryTransport(), live.reactor());
                done.addErrback(_ -> 0L); // some of the tests end with an error
                return new Writer(target.get(), done);
            });
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            target.onSubscribe(subscription);
        }

        @Override
        public void onNext(ByteBuffer item) {
            target.onNext(item);
        }

        @Override
        public void onError(Throwable error) {
            target.onError(error);
        }

        @Override
        public void onComplete() {
            target.onComplete();
        }
    }

    /// The tests of [FlowWriter] that see what it asks for. TestNG makes it.
    public static final class Writing extends FlowSubscriberBlackboxVerification<ByteBuffer> {
        public Writing() {
            super(environment());
        }

        @Override
        public Flow.Subscriber<ByteBuffer> createFlowSubscriber() {
            return Writer.begin();
        }

        @Override
        public ByteBuffer createElement(int number) {
            return bytesOf(number);
        }
    }

    /// The tests of [FlowWriter] that see what it is given, too, and have it cancel. TestNG makes it.
    public static final class WritingWatched extends FlowSubscriberWhiteboxVerification<ByteBuffer> {
        public WritingWatched() {
            super(environment());
        }

        @Override
        public ByteBuffer createElement(int number) {
            return bytesOf(number);
        }

        @Override
        protected Flow.Subscriber<ByteBuffer> createFlowSubscriber(WhiteboxSubscriberProbe<ByteBuffer> probe) {
            return new Watched(Writer.begin(), probe);
        }

        private record Watched(Writer writer, WhiteboxSubscriberProbe<ByteBuffer> probe)
                implements Flow.Subscriber<ByteBuffer> {

            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                writer.onSubscribe(subscription);
                probe.registerOnSubscribe(new SubscriberPuppet() {
                    @Override
                    public void triggerRequest(long count) {
                        // FlowWriter asks ahead by itself.
                    }

                    @Override
                    public void signalCancel() {
                        live.reactor().execute(writer.done::cancel);
                    }
                });
            }

            @Override
            public void onNext(ByteBuffer item) {
                writer.onNext(item.duplicate());
                probe.registerOnNext(item);
            }

            @Override
            public void onError(Throwable error) {
                writer.onError(error);
                probe.registerOnError(error);
            }

            @Override
            public void onComplete() {
                writer.onComplete();
                probe.registerOnComplete();
            }
        }
    }
}
