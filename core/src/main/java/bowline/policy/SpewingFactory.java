package bowline.policy;

import bowline.bytes.Ascii;
import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.log.Logger;
import bowline.protocol.Address;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.protocol.Transport;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/// Logs everything that its connections receive and send, escaped (POL-8, G10), of files the size: for finding a
/// fault, never for a server that is in use, whose secrets would be in the log.
///
/// @param <P> the protocols of the factory behind
public final class SpewingFactory<P extends Protocol> extends WrappingFactory<P> {

    /// Most bytes of one read or write that are shown.
    public static final int SHOWN_MAX_BYTES = 1024;

    private static final Logger log = Logger.of(SpewingFactory.class);

    /// In front of `factory`.
    public SpewingFactory(Factory<P> factory) {
        super(factory);
    }

    @Override
    protected ProtocolWrapper<P> wrap(P inner, Address peer) {
        return new Spewing<>(inner);
    }

    private static final class Spewing<P extends Protocol> extends ProtocolWrapper<P> {
        private int shown;

        Spewing(P inner) {
            super(inner);
        }

        @Override
        public void dataReceived(ByteBuffer unread) {
            ByteBuffer fresh = unread.slice(unread.position() + shown, unread.remaining() - shown);
            if (fresh.hasRemaining()) {
                log.info("Received: {data}", Ascii.quote(fresh, SHOWN_MAX_BYTES));
            }
            super.dataReceived(unread);
            shown = unread.remaining();
        }

        @Override
        public void connectionLost(Failure reason) {
            log.info("Connection lost: {reason}", reason.message());
            super.connectionLost(reason);
        }

        @Override
        protected Transport transportAbove(Transport below) {
            return new WrappedTransport(below) {
                @Override
                public void write(ByteBuffer bytes) {
                    log.info("Sending: {data}", Ascii.quote(bytes, SHOWN_MAX_BYTES));
                    super.write(bytes);
                }

                @Override
                public void write(byte[] bytes, int offset, int length) {
                    log.info("Sending: {data}", Ascii.quote(ByteBuffer.wrap(bytes, offset, length), SHOWN_MAX_BYTES));
                    super.write(bytes, offset, length);
                }

                @Override
                public void writeOwned(ByteBuffer bytes) {
                    log.info("Sending: {data}", Ascii.quote(bytes, SHOWN_MAX_BYTES));
                    super.writeOwned(bytes);
                }

                @Override
                public Deferred<Long> sendFile(FileChannel file, long position, long count) {
                    log.info("Sending: {count} bytes of a file, from {position} on", count, position);
                    return super.sendFile(file, position, count);
                }
            };
        }
    }
}
