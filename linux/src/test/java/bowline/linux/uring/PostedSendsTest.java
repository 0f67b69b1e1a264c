package bowline.linux.uring;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.failure.Failure;
import bowline.protocol.Address;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.reactor.ListenOptions;
import bowline.reactor.Reactor;
import bowline.reactor.contract.ReactorContract;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Sends that wait in the ring for the end of the turn: whatever is done to a connection meanwhile, its peer gets
/// what was written, in order, and nothing of anybody else's (TRA-3, TRA-7, TRA-8).
class PostedSendsTest {

    @Nested
    class WithRoom extends Sends {
        @Override
        protected Reactor newReactor() {
            return new UringReactor();
        }
    }

    @Nested
    @DisplayName("in a ring of 2 entries and 4 completions")
    class Tight extends Sends {
        @Override
        protected Reactor newReactor() {
            return new UringReactor(new RingSetup(2, 4, 2, 0, true));
        }
    }

    abstract static class Sends extends ReactorContract {
        private static final int GUESTS = 100;
        private static final int TURNS = 100;

        /// So many guests talk: what they set going falls between the posting of sends and the wait.
        private static final int TALKERS = 8;
        private static final int TALKS = 3000;

        private final long seed = new Random().nextLong();
        private final Random random = new Random(seed);
        private final List<Server> servers = new ArrayList<>();
        private final List<Guest> guests = new CopyOnWriteArrayList<>();
        private final CountDownLatch slowMayRead = new CountDownLatch(1);
        private final AtomicInteger done = new AtomicInteger();
        private int acts;

        @AfterEach
        void close() throws IOException {
            slowMayRead.countDown();
            for (Guest guest : guests) {
                guest.socket.close();
            }
        }

        private static byte at(int port, long position) {
            return (byte) (port * 31 + position * 7 + position / 251);
        }

        /// Writes a pattern that is its own.
        private final class Server extends Protocol {
            private final byte[] piece = new byte[20_000];
            private int port;
            private long written;
            private boolean closed;
            private boolean aborted;
            private Failure ended;

            @Override
            public void connectionMade() {
                port = ((Address.IPv4) transport().peer()).port();
            }

            @Override
            public void dataReceived(ByteBuffer unread) {
                unread.position(unread.limit());
                if (servers.size() == GUESTS && acts++ < 3 * TURNS) {
                    List.copyOf(servers).forEach(Sends.this::act);
                }
            }

            void write(int count) {
                for (int i = 0; i < count; i++) {
                    piece[i] = at(port, written + i);
                }
                written += count;
                transport().write(piece, 0, count);
            }

            @Override
            public void connectionLost(Failure reason) {
                closed = true;
                ended = reason;
            }
        }

        /// Reads to the end and compares.
        private final class Guest implements Runnable {
            private final Socket socket;
            private final boolean slow;
            private volatile long read;
            private volatile long wrongAt = -1;

            Guest(int port, boolean slow) throws IOException {
                socket = new Socket();
                if (slow) {
                    socket.setReceiveBufferSize(16_384);
                }
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                this.slow = slow;
            }

            @Override
            public void run() {
                try {
                    if (slow) {
                        slowMayRead.await();
                    }
                    readAll(socket.getInputStream());
                } catch (IOException | InterruptedException reset) {
                    // by an abort
                } finally {
                    done.incrementAndGet();
                }
            }

            void talk() {
                try {
                    for (int i = 0; i < TALKS; i++) {
                        socket.getOutputStream().write(0);
                    }
                } catch (IOException closed) {
                    // by the server
                }
            }

            private void readAll(InputStream in) throws IOException {
                var bytes = new byte[32_768];
                for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                    for (int i = 0; i < count && wrongAt < 0; i++) {
                        if (bytes[i] != at(socket.getLocalPort(), read + i)) {
                            wrongAt = read + i;
                        }
                    }
                    read += count;
                }
            }
        }

        @Test
        void everyPeerGetsItsOwn() throws IOException {
            int port = listen();
            for (int i = 0; i < GUESTS; i++) {
                var guest = new Guest(port, i % 5 == 0);
                guests.add(guest);
                Thread.ofVirtual().start(guest);
                if (i < TALKERS) {
                    Thread.ofVirtual().start(guest::talk);
                }
            }
            run(() -> turn(0));

            assertThat(guests).as("seed %d", seed).allMatch(it -> it.wrongAt < 0);
            for (Guest guest : guests) {
                Server server = servers.stream()
                        .filter(it -> it.port == guest.socket.getLocalPort())
                        .findFirst()
                        .orElseThrow();
                // Of one that is closed with something unread, what it wrote may be lost.
                if (!server.aborted && guests.indexOf(guest) >= TALKERS) {
                    assertThat(guest.read)
                            .as("seed %d, guest %d, %s", seed, guests.indexOf(guest), server.ended)
                            .isEqualTo(server.written);
                }
            }
        }

        private int listen() {
            return reactor.listenTcp(
                            0,
                            Factory.of(() -> {
                                var server = new Server();
                                servers.add(server);
                                return server;
                            }),
                            ListenOptions.DEFAULT.backlog(2 * GUESTS).on("127.0.0.1"))
                    .port();
        }

        @Test
        @DisplayName("TRA-3: of what a socket takes only in part, the rest follows when there is room")
        void sendsTheRestOfWhatWasTakenInPart() throws IOException {
            int port = listen();
            for (int i = 0; i < 10; i++) {
                var guest = new Guest(port, true);
                guests.add(guest);
                Thread.ofVirtual().start(guest);
            }
            run(this::fill);

            assertThat(guests).allMatch(it -> it.wrongAt < 0);
            assertThat(guests.stream().mapToLong(it -> it.read).sum())
                    .isEqualTo(servers.stream().mapToLong(it -> it.written).sum());
        }

        /// One piece a turn for each whose socket has taken the last one.
        private void fill() {
            List<Server> open = servers.stream()
                    .filter(it -> it.transport().unsentBytes() == 0)
                    .toList();
            if (servers.size() == 10 && open.isEmpty()) {
                servers.forEach(it -> it.transport().loseConnection());
                slowMayRead.countDown();
                awaitEnd(10);
                return;
            }
            open.forEach(it -> it.write(10_007));
            reactor.callLater(Duration.ofMillis(1), this::fill);
        }

        private void turn(int number) {
            if (servers.size() < GUESTS) {
                reactor.callLater(Duration.ofMillis(1), () -> turn(number));
                return;
            }
            if (number == TURNS) {
                servers.forEach(it -> it.transport().loseConnection());
                slowMayRead.countDown();
                awaitEnd(GUESTS);
                return;
            }
            for (int round = 0; round <= random.nextInt(3); round++) {
                List.copyOf(servers).forEach(this::act);
            }
            reactor.callLater(Duration.ZERO, () -> turn(number + 1));
        }

        private void act(Server server) {
            if (server.closed || server.aborted) {
                return;
            }
            switch (random.nextInt(3000)) {
                case 0 -> server.transport().loseConnection();
                case 1 -> {
                    server.aborted = true;
                    server.transport().abortConnection();
                }
                case 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 ->
                    writeLater(server); // by a call after this turn's sends were posted
                default -> {
                    if (!server.transport().disconnecting()) {
                        server.write(1 + random.nextInt(random.nextInt(4) == 0 ? 16_000 : 300));
                    }
                }
            }
        }

        private void writeLater(Server server) {
            int count = 1 + random.nextInt(2000);
            boolean abort = random.nextInt(10) == 0;
            reactor.callFromThread(() -> {
                if (server.closed || server.aborted || server.transport().disconnecting()) {
                    return;
                }
                server.write(count);
                if (abort) {
                    server.aborted = true;
                    server.transport().abortConnection();
                }
            });
        }

        private void awaitEnd(int ends) {
            reactor.callLater(Duration.ofMillis(10), () -> {
                if (done.get() == ends && servers.stream().allMatch(it -> it.closed)) {
                    reactor.stop();
                } else {
                    awaitEnd(ends);
                }
            });
        }
    }
}
