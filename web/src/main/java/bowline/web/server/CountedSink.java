package bowline.web.server;

import bowline.bytes.ByteSink;
import bowline.protocol.Transport;
import java.nio.ByteBuffer;

/// A transport to write to, counting what is written: to know how fast the peer reads, and for the access log.
final class CountedSink implements ByteSink {
    private final Transport transport;
    private long bytes;

    CountedSink(Transport transport) {
        this.transport = transport;
    }

    /// How many bytes went this way in all.
    long bytes() {
        return bytes;
    }

    /// Counts bytes that went past, by `sendFile`.
    void addAside(long more) {
        bytes += more;
    }

    @Override
    public void write(ByteBuffer piece) {
        bytes += piece.remaining();
        transport.write(piece);
    }

    @Override
    public void write(byte[] array, int offset, int length) {
        bytes += length;
        transport.write(array, offset, length);
    }
}
