package bowline.policy;

import bowline.defer.Deferred;
import bowline.protocol.Address;
import bowline.protocol.Producer;
import bowline.protocol.TcpTransport;
import bowline.protocol.Transport;
import bowline.time.Clock;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/// The upper side of a layer: what the inner protocol of a [ProtocolWrapper] takes for its transport (POL-1).
/// Everything is passed to the transport below; a layer overrides what it has to change.
///
/// The options of TCP reach the connection at the bottom. Where that is none of TCP they are off, and turning them on
/// does nothing (TRA-18). What only another kind of transport can do, as a [bowline.protocol.UnixTransport] can pass
/// descriptors, is asked of [#below]. Used on the reactor's thread only.
public class WrappedTransport implements TcpTransport {
    private final Transport below;

    /// On top of `below`.
    public WrappedTransport(Transport below) {
        this.below = below;
    }

    /// What this stands on.
    public final Transport below() {
        return below;
    }

    // Writing

    @Override
    public void write(ByteBuffer bytes) {
        below.write(bytes);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        below.write(bytes, offset, length);
    }

    @Override
    public void writeOwned(ByteBuffer bytes) {
        below.writeOwned(bytes);
    }

    @Override
    public Deferred<Long> sendFile(FileChannel file, long position, long count) {
        return below.sendFile(file, position, count);
    }

    @Override
    public long unsentBytes() {
        return below.unsentBytes();
    }

    @Override
    public void beforeSending(Runnable step) {
        below.beforeSending(step);
    }

    // Closing

    @Override
    public void loseConnection() {
        below.loseConnection();
    }

    @Override
    public void abortConnection() {
        below.abortConnection();
    }

    @Override
    public void loseWriteConnection() {
        below.loseWriteConnection();
    }

    @Override
    public boolean connected() {
        return below.connected();
    }

    @Override
    public boolean disconnecting() {
        return below.disconnecting();
    }

    // As a producer and a consumer

    @Override
    public void pauseProducing() {
        below.pauseProducing();
    }

    @Override
    public void resumeProducing() {
        below.resumeProducing();
    }

    @Override
    public void stopProducing() {
        loseConnection();
    }

    @Override
    public void registerProducer(Producer producer) {
        below.registerProducer(producer);
    }

    @Override
    public void unregisterProducer() {
        below.unregisterProducer();
    }

    @Override
    public @Nullable HandedProducer takeProducer() {
        return below.takeProducer();
    }

    @Override
    public int unreadBytes() {
        return below.unreadBytes();
    }

    // Looking

    @Override
    public Address peer() {
        return below.peer();
    }

    @Override
    public Address host() {
        return below.host();
    }

    @Override
    public Clock clock() {
        return below.clock();
    }

    @Override
    public boolean tcpNoDelay() {
        return below instanceof TcpTransport tcp && tcp.tcpNoDelay();
    }

    @Override
    public void tcpNoDelay(boolean on) {
        if (below instanceof TcpTransport tcp) {
            tcp.tcpNoDelay(on);
        }
    }

    @Override
    public boolean tcpKeepAlive() {
        return below instanceof TcpTransport tcp && tcp.tcpKeepAlive();
    }

    @Override
    public void tcpKeepAlive(boolean on) {
        if (below instanceof TcpTransport tcp) {
            tcp.tcpKeepAlive(on);
        }
    }

    @Override
    public String toString() {
        return below.toString();
    }
}
