package bowline.bench.echo;

import bowline.bench.server.MeasuredLoad;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/// The load: some connections, each with a batch of messages under way; a batch that has come back whole is
/// sent again.
public final class EchoLoad implements MeasuredLoad {
    private static final int READ_BYTES = 1 << 20;

    private final ByteBuffer batch;
    private final ByteBuffer readBuffer = ByteBuffer.allocateDirect(READ_BYTES);
    private final Selector selector;
    private final int depth;
    private long messages;

    private static final class Peer {
        final SocketChannel channel;
        final ByteBuffer unsent;
        int awaitedBytes;

        Peer(SocketChannel channel, ByteBuffer batch) {
            this.channel = channel;
            this.unsent = batch.duplicate();
            this.awaitedBytes = batch.remaining();
        }
    }

    private EchoLoad(Selector selector, int depth, int size) {
        this.selector = selector;
        this.depth = depth;
        this.batch = ByteBuffer.allocateDirect(depth * size);
    }

    /// Loads one server for as long as it is told.
    ///
    /// @param args port, connections, depth, message bytes, milliseconds to warm up, milliseconds to measure
    public static void main(String... args) throws IOException {
        int connections = Integer.parseInt(args[1]);
        try (Selector selector = Selector.open()) {
            var load = new EchoLoad(selector, Integer.parseInt(args[2]), Integer.parseInt(args[3]));
            for (int i = 0; i < connections; i++) {
                load.connect(Integer.parseInt(args[0]));
            }
            load.measure(Long.parseLong(args[4]), Long.parseLong(args[5]));
        }
    }

    private void connect(int port) throws IOException {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        var peer = new Peer(channel, batch);
        channel.register(selector, SelectionKey.OP_READ, peer);
        send(peer);
    }

    @Override
    public long messages() {
        return messages;
    }

    @Override
    public void runFor(long millis) throws IOException {
        long end = System.nanoTime() + millis * 1_000_000;
        while (System.nanoTime() < end) {
            selector.select(this::ready, 10);
        }
    }

    private void ready(SelectionKey key) {
        var peer = (Peer) key.attachment();
        try {
            if (peer.unsent.hasRemaining()) {
                send(peer);
            }
            readBuffer.clear();
            int length = peer.channel.read(readBuffer);
            if (length < 0) {
                throw new IOException("the server closed a connection");
            }
            peer.awaitedBytes -= length;
            if (peer.awaitedBytes == 0) {
                messages += depth;
                peer.awaitedBytes = batch.remaining();
                peer.unsent.clear();
                send(peer);
            }
            key.interestOps(
                    peer.unsent.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static void send(Peer peer) throws IOException {
        peer.channel.write(peer.unsent);
    }
}
