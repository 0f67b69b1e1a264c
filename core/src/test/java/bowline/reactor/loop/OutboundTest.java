package bowline.reactor.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.protocol.TransportLimits;
import bowline.reactor.Reactor;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// TRA-3: what is handed to the system in one call.
class OutboundTest {
    private static final InetSocketAddress HERE = new InetSocketAddress("127.0.0.1", 9);

    private final Random random = new Random(7);
    private final GreedySocket socket = new GreedySocket();

    /// Takes a random part of what it is offered, and remembers how much that was.
    private final class GreedySocket extends StreamConnection {
        final List<Long> offers = new ArrayList<>();
        final ByteArrayOutputStream sent = new ByteArrayOutputStream();

        GreedySocket() {
            super((Loop) Reactor.create("nio"), HERE, HERE, TransportLimits.DEFAULT);
        }

        @Override
        protected int send(ByteBuffer bytes) {
            return (int) send(new ByteBuffer[] {bytes}, 0, 1);
        }

        @Override
        protected long send(ByteBuffer[] pieces, int first, int count) {
            long offered = 0;
            for (int i = first; i < first + count; i++) {
                offered += pieces[i].remaining();
            }
            offers.add(offered);
            // Mostly all of it: what is not taken would have to wait for the socket.
            long taken = random.nextInt(4) > 0 ? offered : random.nextLong(offered);
            long left = taken;
            for (int i = first; i < first + count && left > 0; i++) {
                left -= take(pieces[i], (int) Math.min(left, pieces[i].remaining()));
            }
            return taken;
        }

        private int take(ByteBuffer piece, int count) {
            for (int i = 0; i < count; i++) {
                sent.write(piece.get());
            }
            return count;
        }

        @Override
        protected long transfer(FileChannel file, long position, long count) {
            throw new AssertionError("there is no file to send");
        }

        @Override
        protected int receive(ByteBuffer into) {
            throw new AssertionError("nothing comes");
        }

        @Override
        protected void watch(boolean reading, boolean writing) {}

        @Override
        protected void shutdownOutput() {}

        @Override
        protected void close(boolean reset) {}
    }

    private byte[] bytes(int count) {
        var bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private void sendAll() {
        socket.flush();
        while (socket.unsentBytes() > 0) {
            if (socket.blocked) {
                socket.writeReady();
            } else {
                socket.flush();
            }
        }
    }

    @Test
    void passesNoMoreThan131072BytesInOneCall() {
        var expected = new ByteArrayOutputStream();
        for (int size : new int[] {131_072, 131_073, 400_000, 3, 16_384, 5_000, 100_000, 131_071, 2}) {
            byte[] piece = bytes(size);
            expected.writeBytes(piece);
            if (random.nextBoolean()) {
                socket.writeOwned(ByteBuffer.wrap(piece));
            } else {
                socket.write(piece);
            }
        }
        sendAll();

        assertEquals(ByteBuffer.wrap(expected.toByteArray()), ByteBuffer.wrap(socket.sent.toByteArray()));
        long most = socket.offers.stream().mapToLong(Long::longValue).max().orElseThrow();
        assertTrue(most <= 131_072 && most > 100_000, "bytes offered: " + socket.offers);
    }

    @Test
    void joinsWhatWasWrittenInPieces() {
        for (int i = 0; i < 8; i++) {
            socket.write(bytes(16_384));
        }
        socket.flush();

        assertEquals(131_072, socket.offers.getFirst());
    }
}
