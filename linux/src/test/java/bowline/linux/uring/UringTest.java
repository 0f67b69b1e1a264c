package bowline.linux.uring;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.linux.system.Errno;
import bowline.linux.system.SystemCalls;
import bowline.log.LogEvent;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.reactor.ListenOptions;
import bowline.reactor.Reactor;
import bowline.reactor.contract.ReactorContract;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// How receives and accepts that stay posted come to an end, and go on. That no receive buffer is lost, each reactor
/// checks at its end.
class UringTest extends ReactorContract {
    private static final int BUFFERS = 4;
    private static final long HELD_MAX_BYTES = 100_000;
    private static final Duration SOON = Duration.ofMillis(10);

    private final List<Socket> guests = new CopyOnWriteArrayList<>();
    private final List<Server> servers = new ArrayList<>();
    private int port;

    @Override
    protected Reactor newReactor() {
        return new UringReactor(new RingSetup(8, 16, BUFFERS, HELD_MAX_BYTES, true));
    }

    @AfterEach
    void closeGuests() throws IOException {
        for (Socket guest : guests) {
            guest.close();
        }
    }

    private Receiving receiving() {
        return ((UringReactor) reactor).receiving();
    }

    /// Adds up what it gets, and answers with the first byte of it.
    private static class Server extends Protocol {
        long received;
        int sum;
        boolean lost;

        @Override
        public void dataReceived(ByteBuffer unread) {
            transport().write(unread.slice(unread.position(), 1));
            received += unread.remaining();
            while (unread.hasRemaining()) {
                sum = 31 * sum + unread.get();
            }
        }

        @Override
        public void connectionLost(Failure reason) {
            lost = true;
        }
    }

    private void listen(Factory<?> factory) {
        port = reactor.listenTcp(0, factory, ListenOptions.DEFAULT.on("127.0.0.1"))
                .port();
    }

    private void listen() {
        listen(Factory.of(() -> {
            var server = new Server();
            servers.add(server);
            return server;
        }));
    }

    private Socket visit() throws IOException {
        var guest = new Socket(InetAddress.getLoopbackAddress(), port);
        guests.add(guest);
        return guest;
    }

    private static void send(Socket guest, byte[] bytes, AtomicLong sent) {
        Thread.ofVirtual().start(() -> {
            try {
                for (int from = 0; from < bytes.length; from += 4096) {
                    int count = Math.min(4096, bytes.length - from);
                    guest.getOutputStream().write(bytes, from, count);
                    sent.addAndGet(count);
                }
            } catch (IOException reset) {
                // a server that aborts does that
            }
        });
    }

    private static int sum(byte[] bytes) {
        int sum = 0;
        for (byte each : bytes) {
            sum = 31 * sum + each;
        }
        return sum;
    }

    private void check(int seconds, Runnable step) {
        Runnable[] again = new Runnable[1];
        again[0] = () -> {
            step.run();
            reactor.callLater(SOON, again[0]::run);
        };
        reactor.callLater(SOON, again[0]::run);
        reactor.callLater(Duration.ofSeconds(seconds), reactor::crash);
    }

    private void await(java.util.function.BooleanSupplier condition, Runnable then) {
        reactor.callLater(SOON, () -> {
            if (condition.getAsBoolean()) {
                then.run();
            } else {
                await(condition, then);
            }
        });
    }

    @Test
    @DisplayName("ENOBUFS: far more comes at once than there are buffers for, and all of it is received")
    void goesOnWhenBuffersRunOut() throws IOException {
        listen();
        var bytes = new byte[300_000];
        new Random(3).nextBytes(bytes);
        for (int i = 0; i < 30; i++) {
            send(visit(), bytes, new AtomicLong());
        }
        run(() -> await(
                () -> servers.size() == 30 && servers.stream().allMatch(it -> it.received == bytes.length),
                reactor::stop));

        assertThat(servers).allMatch(it -> it.sum == sum(bytes));
    }

    @Test
    @DisplayName("ENOBUFS for long: those who paused hold all buffers, and others are served all the same")
    void servesOthersWhileTheBuffersAreHeld() throws IOException {
        var paused = new ArrayList<Server>();
        listen(Factory.of(() -> {
            if (paused.size() == 30) {
                return new Server();
            }
            var server = new Server() {
                @Override
                public void dataReceived(ByteBuffer unread) {
                    if (received == 0) {
                        transport().pauseProducing();
                    }
                    super.dataReceived(unread);
                }
            };
            paused.add(server);
            return server;
        }));
        var bytes = new byte[1_000_000];
        new Random(4).nextBytes(bytes);
        var sent = new AtomicLong();
        Thread.ofVirtual().start(() -> {
            try {
                for (int i = 0; i < 30; i++) {
                    Socket guest = visit();
                    guest.getOutputStream().write(0);
                    guest.getInputStream().read(); // so it has paused, and its receive is still posted
                    send(guest, bytes, sent);
                }
            } catch (IOException lost) {
                throw new AssertionError(lost);
            }
        });
        var before = new AtomicLong(-1);
        var quiet = new AtomicInteger();
        var answered = new AtomicInteger();
        run(() -> await(
                () -> {
                    boolean same = before.getAndSet(sent.get()) == sent.get() && paused.size() == 30;
                    assertThat(receiving().heldBytes()).isLessThanOrEqualTo(HELD_MAX_BYTES);
                    return (same ? quiet.incrementAndGet() : 0) > 20;
                },
                () -> {
                    assertThat(receiving().heldBytes()).as("the budget is used").isPositive();
                    assertThat(receiving().buffersTaken()).isEqualTo(BUFFERS);
                    talk(answered);
                    await(() -> answered.get() == 100, () -> {
                        paused.forEach(it -> it.transport().resumeProducing());
                        await(() -> paused.stream().allMatch(it -> it.received == 1 + bytes.length), reactor::stop);
                    });
                }));

        assertThat(paused).allMatch(it -> it.sum == sum(bytes));
    }

    /// One byte there and back, a hundred times.
    private void talk(AtomicInteger answered) {
        Thread.ofVirtual().start(() -> {
            try (var guest = new Socket(InetAddress.getLoopbackAddress(), port)) {
                for (int i = 0; i < 100; i++) {
                    guest.getOutputStream().write(i);
                    if (guest.getInputStream().read() == i) {
                        answered.incrementAndGet();
                    }
                }
            } catch (IOException lost) {
                answered.set(-1);
            }
        });
    }

    @Test
    @DisplayName(
            "ECANCELED: peers flood, and the server pauses, resumes and aborts at random; nothing is lost or mixed up")
    void survivesAFloodOfThoseItPauses() throws IOException {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        listen();
        var bytes = new byte[400_000];
        random.nextBytes(bytes);
        for (int i = 0; i < 40; i++) {
            send(visit(), bytes, new AtomicLong());
        }
        run(() -> {
            check(30, () -> {
                for (Server server : List.copyOf(servers)) {
                    switch (random.nextInt(40)) {
                        case 0 -> {
                            if (servers.indexOf(server) % 2 == 0) {
                                server.transport().abortConnection();
                            }
                        }
                        case 1, 2, 3, 4, 5, 6 -> server.transport().pauseProducing();
                        default -> server.transport().resumeProducing();
                    }
                }
            });
            await(
                    () -> servers.size() == 40
                            && servers.stream().allMatch(it -> it.lost || it.received == bytes.length),
                    reactor::stop);
        });

        assertThat(servers)
                .as("seed %d", seed)
                .filteredOn(it -> !it.lost || it.received == bytes.length)
                .hasSizeGreaterThanOrEqualTo(20)
                .allMatch(it -> it.sum == sum(bytes));
    }

    @Test
    @DisplayName("ECONNRESET: what came before a reset may be lost, the connection ends, and no buffer is lost")
    void endsWithAReset() throws IOException {
        listen();
        var bytes = new byte[20_000];
        Thread.ofVirtual().start(() -> {
            try {
                for (int i = 0; i < 50; i++) {
                    Socket guest = visit();
                    guest.getOutputStream().write(0);
                    guest.getInputStream().read();
                    guest.getOutputStream().write(bytes);
                    guest.setSoLinger(true, 0);
                    guest.close();
                }
            } catch (IOException lost) {
                throw new AssertionError(lost);
            }
        });
        run(() -> await(() -> servers.size() == 50 && servers.stream().allMatch(it -> it.lost), reactor::stop));

        assertThat(servers).allMatch(it -> it.received <= 1 + bytes.length);
    }

    @Test
    @DisplayName("LIS-7: those who have gone before they are accepted, however many, do not make accepting rest")
    void passesOverThoseWhoHaveGone() throws IOException {
        listen();
        for (int i = 0; i < 30; i++) {
            Socket guest = visit();
            guest.setSoLinger(true, 0);
            guest.close();
        }
        var answered = new AtomicInteger();
        run(() -> {
            talk(answered);
            await(() -> answered.get() == 100, reactor::stop);
        });

        assertThat(servers).hasSize(1);
        assertThat(infos()).noneMatch(it -> it.startsWith("could not accept"));
    }

    @Test
    @DisplayName(
            "EMFILE, LIS-7: accepting ends when no descriptor is left, who waits is sent away, and it goes on later")
    void acceptsAgainWhenThereAreDescriptors() throws IOException, URISyntaxException {
        listen();
        loadClassesBefore();
        List<Socket> turnedAway = List.of(visit(), visit(), visit());
        var system = new SystemCalls();
        var taken = new ArrayList<Integer>();
        long counter = system.eventfd(0, 0);
        for (; counter >= 0; counter = system.eventfd(0, 0)) {
            taken.add((int) counter);
        }
        var answered = new AtomicInteger();
        try {
            assertThat(Errno.EMFILE.is(counter)).as(Errno.text(counter)).isTrue();
            run(() ->
                    await(() -> logged.stream().anyMatch(it -> it.text().startsWith("out of file descriptors")), () -> {
                        taken.forEach(system::close);
                        taken.clear();
                        talk(answered);
                        await(() -> answered.get() == 100, reactor::stop);
                    }));
        } finally {
            taken.forEach(system::close);
        }

        for (Socket guest : turnedAway) {
            assertThat(guest.getInputStream().read()).isEqualTo(-1);
        }
    }

    /// For no file can be opened then.
    private static void loadClassesBefore() throws IOException, URISyntaxException {
        for (Class<?> one : List.of(Reactor.class, Failure.class, LogEvent.class, Deferred.class, Uring.class)) {
            var found = one.getResource(one.getSimpleName() + ".class");
            if (found == null || !found.getProtocol().equals("file")) {
                continue; // in an archive, which is open
            }
            Path root = Path.of(found.toURI()).getParent();
            try (var files = Files.walk(root)) {
                files.map(it -> one.getPackageName() + "."
                                + root.relativize(it).toString().replace('/', '.'))
                        .filter(it -> it.endsWith(".class"))
                        .forEach(UringTest::load);
            }
        }
    }

    private static void load(String name) {
        try {
            Class.forName(name.substring(0, name.length() - ".class".length()));
        } catch (ClassNotFoundException | LinkageError unusual) {
            // a package-info
        }
    }
}
