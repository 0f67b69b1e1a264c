package bowline.tls;

import bowline.reactor.buffer.ReadBuffer;
import bowline.tls.engine.TlsEngine;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/// The buffers that a connection needs while it is at work, shared by all connections of one options object: there
/// are as many as are at work at the same time, on several reactors or as TLS in TLS. So a quiet connection holds
/// none. Safe for any thread.
final class Workspaces {
    /// Most that wait for use; what is given back beyond goes to the collector.
    private static final int IDLE_MAX = 16;

    private final ArrayDeque<Workspace> idle = new ArrayDeque<>();

    /// @param plain where the peer's plain text is put, and lent from
    /// @param record one record, coming or going, in an array, for that is what engines are fast with
    record Workspace(ReadBuffer plain, ByteBuffer record) {}

    Workspace take() {
        synchronized (idle) {
            if (!idle.isEmpty()) {
                return idle.removeLast();
            }
        }
        return new Workspace(new ReadBuffer(), ByteBuffer.allocate(TlsEngine.PACKET_MAX_BYTES));
    }

    void give(Workspace space) {
        synchronized (idle) {
            if (idle.size() < IDLE_MAX) {
                idle.addLast(space);
            }
        }
    }
}
