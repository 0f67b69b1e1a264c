package bowline.bench.udp;

import bowline.bench.server.MeasuredLoad;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The load: some sockets, each with a batch of datagrams under way; when all have come back, or some are lost, the
/// next batch goes.
public final class UdpLoad implements MeasuredLoad {
    private static final long LOST_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final ByteBuffer datagram;
    private final ByteBuffer readBuffer = ByteBuffer.allocateDirect(65_536);
    private final List<Peer> peers = new ArrayList<>();
    private final Selector selector;
    private final int depth;
    private long messages;

    private static final class Peer {
        final DatagramChannel channel;
        int awaited;
        long sentAt;

        Peer(DatagramChannel channel) {
            this.channel = channel;
        }
    }

    private UdpLoad(Selector selector, int depth, int size) {
        this.selector = selector;
        this.depth = depth;
        this.datagram = ByteBuffer.allocateDirect(size);
    }

    /// Loads one server for as long as it is told.
    ///
    /// @param args port, sockets, depth, message bytes, milliseconds to warm up, milliseconds to measure
    public static void main(String... args) throws IOException {
        int sockets = Integer.parseInt(args[1]);
        try (Selector selector = Selector.open()) {
            var load = new UdpLoad(selector, Integer.parseInt(args[2]), Integer.parseInt(args[3]));
            for (int i = 0; i < sockets; i++) {
                load.open(Integer.parseInt(args[0]));
            }
            load.measure(Long.parseLong(args[4]), Long.parseLong(args[5]));
        }
    }

    private void open(int port) throws IOException {
        DatagramChannel channel =
                DatagramChannel.open().connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.configureBlocking(false);
        var peer = new Peer(channel);
        peers.add(peer);
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
        long nextLook = System.nanoTime() + LOST_NANOS;
        for (long now = System.nanoTime(); now < end; now = System.nanoTime()) {
            if (now > nextLook) {
                sendWhatWasLost(now);
                nextLook = now + LOST_NANOS;
            }
            selector.select(this::ready, 10);
        }
    }

    private void sendWhatWasLost(long now) throws IOException {
        for (Peer peer : peers) {
            if (now - peer.sentAt > LOST_NANOS) {
                send(peer);
            }
        }
    }

    private void ready(SelectionKey key) {
        var peer = (Peer) key.attachment();
        try {
            while (peer.channel.read(readBuffer.clear()) > 0) {
                messages++;
                if (--peer.awaited == 0) {
                    send(peer);
                    return;
                }
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private void send(Peer peer) throws IOException {
        peer.awaited = depth;
        peer.sentAt = System.nanoTime();
        for (int i = 0; i < depth; i++) {
            peer.channel.write(datagram.clear());
        }
    }
}
