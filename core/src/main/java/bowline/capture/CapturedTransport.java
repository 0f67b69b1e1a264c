package bowline.capture;

import bowline.capture.CaptureEvent.Kind;
import bowline.defer.Deferred;
import bowline.policy.WrappedTransport;
import bowline.protocol.Producer;
import bowline.protocol.PullProducer;
import bowline.protocol.PushProducer;
import bowline.protocol.Transport;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/// Notes what the inner protocol does with its transport.
final class CapturedTransport extends WrappedTransport {
    private final Ring ring;

    CapturedTransport(Transport below, Ring ring) {
        super(below);
        this.ring = ring;
    }

    @Override
    public void write(ByteBuffer bytes) {
        written(bytes);
        super.write(bytes);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        written(ByteBuffer.wrap(bytes, offset, length));
        super.write(bytes, offset, length);
    }

    @Override
    public void writeOwned(ByteBuffer bytes) {
        written(bytes);
        super.writeOwned(bytes);
    }

    /// What is written to a connection that is closed goes nowhere (TRA-6).
    private void written(ByteBuffer bytes) {
        if (connected() && bytes.hasRemaining()) {
            ring.data(Kind.WRITTEN, bytes);
        }
    }

    @Override
    public Deferred<Long> sendFile(FileChannel file, long position, long count) {
        Deferred<Long> sent = super.sendFile(file, position, count);
        ring.note(Kind.FILE, count);
        return sent;
    }

    @Override
    public void loseConnection() {
        ring.note(Kind.CLOSING);
        super.loseConnection();
    }

    @Override
    public void abortConnection() {
        ring.note(Kind.ABORTING);
        super.abortConnection();
    }

    @Override
    public void loseWriteConnection() {
        ring.note(Kind.ENDING);
        super.loseWriteConnection();
    }

    @Override
    public void pauseProducing() {
        ring.note(Kind.PAUSED);
        super.pauseProducing();
    }

    @Override
    public void resumeProducing() {
        ring.note(Kind.RESUMED);
        super.resumeProducing();
    }

    @Override
    public void registerProducer(Producer producer) {
        super.registerProducer(
                switch (producer) {
                    case PushProducer push -> new NotedPush(push, ring);
                    case PullProducer pull -> new NotedPull(pull, ring);
                });
    }

    @Override
    public @Nullable HandedProducer takeProducer() {
        HandedProducer noted = super.takeProducer();
        return noted == null
                ? null
                : switch (noted.producer()) {
                    case NotedPush(PushProducer source, Ring itsRing) -> new HandedProducer(source, noted.paused());
                    case NotedPull(PullProducer source, Ring itsRing) -> new HandedProducer(source, noted.paused());
                    case PushProducer other -> noted;
                    case PullProducer other -> noted;
                };
    }

    private record NotedPush(PushProducer producer, Ring ring) implements PushProducer {
        @Override
        public void pauseProducing() {
            ring.note(Kind.PRODUCER_PAUSED);
            producer.pauseProducing();
        }

        @Override
        public void resumeProducing() {
            ring.note(Kind.PRODUCER_RESUMED);
            producer.resumeProducing();
        }

        @Override
        public void stopProducing() {
            producer.stopProducing();
        }

        @Override
        public String toString() {
            return producer.toString();
        }
    }

    private record NotedPull(PullProducer producer, Ring ring) implements PullProducer {
        @Override
        public void produceMore() {
            ring.note(Kind.PRODUCER_ASKED);
            producer.produceMore();
        }

        @Override
        public void stopProducing() {
            producer.stopProducing();
        }

        @Override
        public String toString() {
            return producer.toString();
        }
    }
}
