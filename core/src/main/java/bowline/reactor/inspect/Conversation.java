package bowline.reactor.inspect;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;

/// Bytes to and fro on a UNIX socket within a time, on a thread that may wait.
final class Conversation implements AutoCloseable {
    private static final int PIECE_BYTES = 8192;
    private static final long NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private final Duration limit;
    private final long end;

    /// A conversation on a socket that is connected, and that this closes.
    Conversation(SocketChannel channel, Duration limit) throws IOException {
        this.channel = channel;
        this.limit = limit;
        end = System.nanoTime() + limit.toNanos();
        channel.configureBlocking(false);
        selector = Selector.open();
        key = channel.register(selector, 0);
    }

    static Conversation with(Path socket, Duration limit) throws IOException {
        SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        try {
            return new Conversation(channel, limit);
        } catch (IOException | RuntimeException refused) {
            channel.close();
            throw refused;
        }
    }

    /// Reads UTF-8 up to the first byte that `ends` accepts, or up to the end of what the peer sends.
    ///
    /// @throws IOException if there are more than `maxBytes`, or the time is over
    String read(IntPredicate ends, int maxBytes) throws IOException {
        var bytes = new ByteArrayOutputStream();
        ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
        while (true) {
            int count = channel.read(piece.clear());
            if (count < 0) {
                return bytes.toString(StandardCharsets.UTF_8);
            }
            if (count == 0) {
                await(SelectionKey.OP_READ);
            }
            for (int i = 0; i < count; i++) {
                if (ends.test(piece.get(i))) {
                    return bytes.toString(StandardCharsets.UTF_8);
                }
                bytes.write(piece.get(i));
            }
            if (bytes.size() > maxBytes) {
                throw new IOException("the other side sent more than " + maxBytes + " bytes");
            }
        }
    }

    /// Writes all of `text`.
    ///
    /// @throws IOException if the time is over
    void write(String text) throws IOException {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
        while (bytes.hasRemaining()) {
            if (channel.write(bytes) == 0) {
                await(SelectionKey.OP_WRITE);
            }
        }
    }

    private void await(int operation) throws IOException {
        long left = end - System.nanoTime();
        if (left <= 0) {
            throw new IOException("the other side did not answer within " + limit.toSeconds() + " s");
        }
        key.interestOps(operation);
        selector.select(left / NANOS_PER_MILLI + 1);
        selector.selectedKeys().clear();
        if (Thread.interrupted()) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for the other side");
        }
    }

    @Override
    public void close() throws IOException {
        selector.close();
        channel.close();
    }
}
