package bowline.policy;

import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.protocol.Producer;
import bowline.protocol.Protocol;
import bowline.protocol.Transport;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/// One connection of a [ThrottlingFactory]: tells how much it moves, and rests when told to (POL-5).
final class ThrottledProtocol<P extends Protocol> extends ProtocolWrapper<P> {
    private final ThrottlingFactory<P> factory;
    private int shown;
    private boolean restsReading;
    private boolean restsWriting;
    private boolean pausedAbove;
    private @Nullable HeldProducer producer;

    ThrottledProtocol(P inner, ThrottlingFactory<P> factory) {
        super(inner);
        this.factory = factory;
    }

    @Override
    public void connectionMade() {
        factory.opened(this);
        super.connectionMade();
    }

    @Override
    public void dataReceived(ByteBuffer unread) {
        factory.received(unread.remaining() - shown);
        super.dataReceived(unread);
        shown = unread.remaining();
    }

    @Override
    public void connectionLost(Failure reason) {
        try {
            super.connectionLost(reason);
        } finally {
            factory.closed(this);
        }
    }

    void restReading(boolean rests) {
        if (restsReading != rests) {
            restsReading = rests;
            pauseOrResume();
        }
    }

    void restWriting(boolean rests) {
        if (restsWriting == rests) {
            return;
        }
        restsWriting = rests;
        if (producer != null && rests) {
            producer.hold();
        } else if (producer != null) {
            producer.release();
        }
    }

    private void pauseOrResume() {
        if (!transport().connected() || transport().disconnecting()) {
            return;
        }
        if (restsReading || pausedAbove) {
            transport().pauseProducing();
        } else {
            transport().resumeProducing();
        }
    }

    @Override
    protected Transport transportAbove(Transport below) {
        return new Counted(below);
    }

    /// Counts what goes out, and holds on to the producer.
    private final class Counted extends WrappedTransport {
        Counted(Transport below) {
            super(below);
        }

        @Override
        public void write(ByteBuffer bytes) {
            factory.sent(bytes.remaining());
            super.write(bytes);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            factory.sent(length);
            super.write(bytes, offset, length);
        }

        @Override
        public void writeOwned(ByteBuffer bytes) {
            factory.sent(bytes.remaining());
            super.writeOwned(bytes);
        }

        @Override
        public Deferred<Long> sendFile(FileChannel file, long position, long count) {
            return super.sendFile(file, position, count).onSuccess(factory::sent);
        }

        @Override
        public void registerProducer(Producer registered) {
            HeldProducer held = HeldProducer.of(registered, restsWriting);
            if (producer == null) {
                producer = held; // before the call, in which a pull producer is asked, and may unregister
            }
            super.registerProducer(held.producer());
        }

        @Override
        public void unregisterProducer() {
            producer = null;
            super.unregisterProducer();
        }

        @Override
        public @Nullable HandedProducer takeProducer() {
            HeldProducer held = producer;
            producer = null;
            HandedProducer taken = super.takeProducer();
            return held == null ? taken : held.handed();
        }

        @Override
        public void pauseProducing() {
            pausedAbove = true;
            pauseOrResume();
        }

        @Override
        public void resumeProducing() {
            pausedAbove = false;
            pauseOrResume();
        }
    }
}
