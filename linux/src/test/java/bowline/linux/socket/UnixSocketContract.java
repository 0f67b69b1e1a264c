package bowline.linux.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bowline.endpoint.ClientEndpoint;
import bowline.failure.Failure;
import bowline.linux.system.Memory;
import bowline.linux.system.SystemCalls;
import bowline.protocol.Address;
import bowline.protocol.CannotListenError;
import bowline.protocol.ClientFactory;
import bowline.protocol.ConnectionDone;
import bowline.protocol.Factory;
import bowline.protocol.FileDescriptorOverrun;
import bowline.protocol.FileDescriptorReceiver;
import bowline.protocol.PeerCredentials;
import bowline.protocol.Protocol;
import bowline.protocol.UnixTransport;
import bowline.reactor.ListeningPort;
import bowline.reactor.UnixConnectOptions;
import bowline.reactor.UnixListenOptions;
import bowline.reactor.contract.ReactorContract;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a UNIX socket of Linux can beside bytes: names that are no files (UNX-5), and descriptors (UNX-9). What is
/// passed is an event counter, of which both sides then have one end:
/// what one adds the other reads.
public abstract class UnixSocketContract extends ReactorContract {
    private static final int NONBLOCK = 0x800;

    private final SystemCalls system = new SystemCalls();
    private final Arena arena = Arena.ofConfined();
    private final long number = Memory.allocate(arena, Long.BYTES);
    private final List<Integer> counters = new ArrayList<>();
    private final StringBuilder heard = new StringBuilder();
    /// How much had been heard when a descriptor came.
    private final List<Integer> taken = new ArrayList<>();
    private Class<?> end;
    private PeerCredentials peer;

    @TempDir
    private Path folder;

    @BeforeEach
    void makeCounters() {
        for (int i = 0; i < 3; i++) {
            counters.add((int) system.eventfd(0, NONBLOCK));
        }
    }

    @AfterEach
    void closeCounters() {
        counters.forEach(system::close);
        arena.close();
    }

    private void add(int counter, long count) {
        Memory.putLong(number, count);
        assertThat(system.write(counter, number, Long.BYTES)).isEqualTo(Long.BYTES);
    }

    private long count(int counter) {
        return system.read(counter, number, Long.BYTES) == Long.BYTES ? Memory.getLong(number) : 0;
    }

    /// Passes what the test says when it is connected, and remembers its end.
    private final class Passer extends Protocol {
        private final Consumer<UnixTransport> whenMade;

        Passer(Consumer<UnixTransport> whenMade) {
            this.whenMade = whenMade;
        }

        @Override
        public void connectionMade() {
            whenMade.accept((UnixTransport) transport());
        }

        @Override
        public void connectionLost(Failure reason) {
            end = reason.type();
        }
    }

    /// Remembers what comes, and ends the test when the peer is gone.
    private class Hearer extends Protocol {
        @Override
        public void dataReceived(ByteBuffer unread) {
            heard.append(StandardCharsets.UTF_8.decode(unread));
        }

        @Override
        public void connectionLost(Failure reason) {
            reactor.stop();
        }
    }

    /// Adds 7 to every counter that comes.
    private final class Taker extends Hearer implements FileDescriptorReceiver {
        @Override
        public void fileDescriptorReceived(int descriptor) {
            taken.add(heard.length());
            assertThat(counters).doesNotContain(descriptor);
            add(descriptor, 7);
            system.close(descriptor);
        }
    }

    private static ClientFactory<Protocol> serving(Protocol protocol) {
        return new ClientFactory<>() {
            @Override
            public Protocol buildProtocol(Address peer) {
                return protocol;
            }
        };
    }

    private void converse(Protocol server, Protocol client) {
        Path path = folder.resolve("socket");
        run(() -> {
            reactor.listenUnix(path, Factory.of(() -> server), UnixListenOptions.DEFAULT);
            ClientEndpoint.of(reactor, "unix:" + path).connectProtocol(client);
        });
    }

    @Test
    @DisplayName("UNX-9: a descriptor comes before the byte that carried it, and the sender may close his at once")
    void passes() {
        converse(new Taker(), new Passer(transport -> {
            int copy = (int) system.fcntl(counters.getFirst(), 0, 0);
            transport.sendFileDescriptor(copy);
            system.close(copy);
            transport.write("x");
            transport.loseConnection();
        }));

        assertThat(count(counters.getFirst())).isEqualTo(7);
        assertThat(taken).containsExactly(0);
        assertThat(heard).hasToString("x");
        assertThat(end).isEqualTo(ConnectionDone.class);
    }

    @Test
    @DisplayName("UNX-9: each goes with a byte of its own, in order, among much else")
    void passesMany() {
        var text = "much else ".repeat(20_000);
        converse(new Taker(), new Passer(transport -> {
            counters.forEach(transport::sendFileDescriptor);
            transport.write(text);
            transport.loseConnection();
        }));

        assertThat(counters).allMatch(counter -> count(counter) == 7);
        assertThat(taken).containsExactly(0, 1, 2);
        assertThat(heard).hasToString(text);
    }

    @Test
    @DisplayName("UNX-9: one that no byte carried is an overrun")
    void overruns() {
        converse(new Taker(), new Passer(transport -> {
            counters.forEach(transport::sendFileDescriptor);
            transport.write("xy");
            transport.loseConnection();
        }));

        assertThat(taken).containsExactly(0, 1);
        assertThat(end).isEqualTo(FileDescriptorOverrun.class);
    }

    @Test
    @DisplayName("UNX-9: what is passed to a protocol that takes none is closed, and everything else goes on")
    void closesWhatNobodyTakes() throws IOException {
        long before = open();
        converse(new Hearer(), new Passer(transport -> {
            transport.sendFileDescriptor(counters.getFirst());
            transport.write("x");
            transport.loseConnection();
        }));

        assertThat(heard).hasToString("x");
        assertThat(infos()).anyMatch(line -> line.contains("does not take the file descriptor"));
        assertThat(open()).isLessThanOrEqualTo(before);
    }

    private static long open() throws IOException {
        try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.count();
        }
    }

    @Test
    @DisplayName("UNX-9: what is not open cannot be passed")
    void refusesWhatIsNotOpen() {
        converse(new Taker(), new Passer(transport -> {
            assertThatThrownBy(() -> transport.sendFileDescriptor(1_000_000))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is it open?");
            transport.loseConnection();
        }));

        assertThat(end).isEqualTo(ConnectionDone.class);
    }

    @Test
    @DisplayName("UNX-5: an abstract name is no file, is told with @, and can be taken once")
    void knowsAbstractNames() {
        var where = new Address.Unix("\0bowline-test-" + ProcessHandle.current().pid());
        run(() -> {
            ListeningPort port = reactor.listenUnix(where, Factory.of(Hearer::new), UnixListenOptions.DEFAULT);
            assertThat(port.host()).isEqualTo(where);
            assertThatThrownBy(() -> reactor.listenUnix(where, Factory.of(Hearer::new), UnixListenOptions.DEFAULT))
                    .isInstanceOf(CannotListenError.class)
                    .hasMessageContaining("unix:@bowline-test-")
                    .hasMessageContaining("in use");
            var client = new Passer(transport -> {
                assertThat(transport.peer()).isEqualTo(where);
                transport.write("x");
                transport.loseConnection();
            });
            reactor.connectUnix(where, serving(client), UnixConnectOptions.DEFAULT);
        });

        assertThat(heard).hasToString("x");
    }

    /// Sends the file, and if it is to, interrupts its thread before.
    private final class Sender extends Protocol {
        private final Path file;
        private final boolean interrupting;

        Sender(Path file, boolean interrupting) {
            this.file = file;
            this.interrupting = interrupting;
        }

        @Override
        public void connectionMade() {
            reactor.callLater(Duration.ZERO, () -> {
                FileChannel channel = FileChannel.open(file);
                transport()
                        .sendFile(channel, 0, channel.size())
                        .addErrback(_ -> 0L)
                        .onBoth(() -> transport().loseConnection());
                if (interrupting) {
                    Thread.currentThread().interrupt();
                }
            });
        }
    }

    @Test
    @DisplayName("TRA-3: who interrupts the thread loses the file that is sent at that time, and no later one")
    void sendsFilesAfterAnInterrupt() throws IOException {
        Path file = Files.write(folder.resolve("file"), new byte[100_000]);
        Path path = folder.resolve("socket");
        var lost = new ArrayList<Integer>();
        run(() -> {
            reactor.listenUnix(path, Factory.of(() -> new Sender(file, lost.isEmpty())), UnixListenOptions.DEFAULT);
            visit(path, lost);
        });

        assertThat(lost).containsExactly(0, 100_000);
    }

    private void visit(Path path, List<Integer> lost) {
        ClientEndpoint.of(reactor, "unix:" + path).connectProtocol(new Protocol() {
            private int count;

            @Override
            public void dataReceived(ByteBuffer unread) {
                count += unread.remaining();
                unread.position(unread.limit());
            }

            @Override
            public void connectionLost(Failure reason) {
                lost.add(count);
                if (lost.size() == 2) {
                    reactor.stop();
                } else {
                    visit(path, lost);
                }
            }
        });
    }

    @Test
    @DisplayName("the system tells who is at the other end")
    void tellsThePeer() {
        long pid = ProcessHandle.current().pid();
        converse(new Taker(), new Passer(transport -> {
            peer = transport.peerCredentials();
            transport.loseConnection();
        }));

        assertThat(peer.pid()).isEqualTo((int) pid);
    }
}
