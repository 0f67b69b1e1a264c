package bowline.reactor.loop;

import java.nio.ByteBuffer;
import java.util.ArrayList;

/// Direct chunks for bytes on their way out, lent to connections while they have something to send.
/// For the loop's own thread.
final class BufferPool {
    /// Bytes of a chunk.
    static final int CHUNK_BYTES = 16_384;

    /// Most chunks that wait here for use: 16 MiB. What is given back beyond goes to the collector.
    static final int IDLE_CHUNKS_MAX = 1024;

    private static final int IDLE_OUTBOUNDS_MAX = 1024;

    private final ArrayList<ByteBuffer> chunks = new ArrayList<>();
    private final ArrayList<Outbound> outbounds = new ArrayList<>();

    /// An empty chunk: position and limit at 0.
    ByteBuffer takeChunk() {
        return chunks.isEmpty() ? ByteBuffer.allocateDirect(CHUNK_BYTES).limit(0) : chunks.removeLast();
    }

    void giveChunk(ByteBuffer chunk) {
        if (chunks.size() < IDLE_CHUNKS_MAX) {
            chunks.add(chunk.position(0).limit(0));
        }
    }

    /// An outbound queue with nothing in it.
    Outbound takeOutbound() {
        return outbounds.isEmpty() ? new Outbound(this) : outbounds.removeLast();
    }

    void giveOutbound(Outbound outbound) {
        if (outbounds.size() < IDLE_OUTBOUNDS_MAX) {
            outbounds.add(outbound);
        }
    }
}
