package bowline.linux.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bowline.failure.Failure;
import bowline.linux.system.Sockets;
import bowline.linux.system.SystemCalls;
import bowline.protocol.Address;
import bowline.protocol.CannotListenError;
import bowline.protocol.ConnectError;
import bowline.protocol.ConnectionRefused;
import bowline.protocol.DatagramProtocol;
import bowline.protocol.InvalidAddressError;
import bowline.protocol.MessageLengthError;
import bowline.protocol.PeerCredentials;
import bowline.protocol.UnixDatagramTransport;
import bowline.reactor.UnixDatagramOptions;
import bowline.reactor.UnixDatagramPort;
import bowline.reactor.contract.ReactorContract;
import java.io.File;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Datagrams over UNIX sockets (UNX-8).
public abstract class UnixDatagramContract extends ReactorContract {
    private static final UnixDatagramOptions PLAIN = UnixDatagramOptions.DEFAULT;

    private final Listener server = new Listener();
    private final Listener client = new Listener();

    @TempDir
    private Path folder;

    /// Does what the test says, and remembers what was done to it.
    private static final class Listener extends DatagramProtocol {
        final List<String> heard = new ArrayList<>();
        final List<Address> senders = new ArrayList<>();
        final List<PeerCredentials> credentials = new ArrayList<>();
        final List<String> calls = new ArrayList<>();
        Failure failure;
        Consumer<Listener> whenStarted = _ -> {};
        Consumer<Listener> whenData = _ -> {};
        Runnable whenRefused = () -> {};
        Runnable whenFailed = () -> {};

        @Override
        public void startProtocol() {
            calls.add("start");
            whenStarted.accept(this);
        }

        @Override
        public void stopProtocol() {
            calls.add("stop");
        }

        @Override
        public void datagramReceived(ByteBuffer datagram, Address from) {
            heard.add(StandardCharsets.UTF_8.decode(datagram).toString());
            senders.add(from);
            credentials.add(((UnixDatagramTransport) transport()).senderCredentials());
            whenData.accept(this);
        }

        @Override
        public void connectionRefused() {
            calls.add("refused");
            whenRefused.run();
        }

        @Override
        public void connectionFailed(Failure reason) {
            failure = reason;
            whenFailed.run();
        }
    }

    private Address.Unix at(String name) {
        return new Address.Unix(folder.resolve(name).toString());
    }

    private static Address.Unix named(String name) {
        return new Address.Unix(
                "\0bowline-" + name + "-" + ProcessHandle.current().pid());
    }

    private UnixDatagramPort listen(Address.Unix where, UnixDatagramOptions options) {
        return reactor.listenUnixDatagram(where, server, options);
    }

    /// The server answers what it hears, and the reactor stops with the last answer.
    private void echoes(int answers) {
        server.whenData = it -> it.transport().write("re " + it.heard.getLast(), it.senders.getLast());
        client.whenData = it -> {
            if (it.heard.size() == answers) {
                reactor.stop();
            }
        };
    }

    @Test
    @DisplayName("UNX-8: goes and comes between paths, the empty one too, and each knows the other's name")
    void goesAndComes() {
        echoes(2);
        run(() -> {
            UnixDatagramPort port = listen(at("server"), PLAIN);
            assertThat(port.host()).isEqualTo(at("server"));
            assertThat(port).hasToString("UNIX datagram port " + at("server") + " for Listener");
            client.whenStarted = it -> {
                it.transport().write("hello");
                it.transport().write("");
            };
            reactor.connectUnixDatagram(at("server"), client, PLAIN.from(at("client")));
            assertThat(client.transport().connectedTo()).isEqualTo(at("server"));
            assertThat(client.transport().host()).isEqualTo(at("client"));
        });

        assertThat(server.heard).containsExactly("hello", "");
        assertThat(server.senders).containsOnly(at("client"));
        assertThat(client.heard).containsExactly("re hello", "re ");
        assertThat(client.senders).containsOnly(at("server"));
        assertThat(server.calls).containsExactly("start", "stop");
        assertThat(folder).isEmptyDirectory();
        assertThat(infos())
                .anyMatch(line -> line.equals("(UNIX datagram Port " + folder.resolve("server") + " Closed)"));
    }

    @Test
    @DisplayName("UNX-5: abstract names for both ends leave nothing behind")
    void knowsAbstractNames() {
        echoes(1);
        run(() -> {
            listen(named("server"), PLAIN);
            assertThatThrownBy(() -> listen(named("server"), PLAIN))
                    .isInstanceOf(CannotListenError.class)
                    .hasMessageContaining("in use");
            client.whenStarted = it -> it.transport().write("hello");
            reactor.connectUnixDatagram(named("server"), client, PLAIN.from(named("client")));
        });

        assertThat(server.senders).containsExactly(named("client"));
        assertThat(client.heard).containsExactly("re hello");
    }

    @Test
    @DisplayName("a bound port sends to whom it likes; one without a name has no address, and cannot be answered")
    void sendsToAnybody() {
        server.whenData = it -> reactor.stop();
        run(() -> {
            listen(at("server"), PLAIN);
            UnixDatagramPort other = reactor.listenUnixDatagram(at("other"), client, PLAIN);
            other.write("one", at("server"));
            var nameless = new Listener();
            reactor.connectUnixDatagram(at("other"), nameless, PLAIN);
            nameless.transport().write("two");
            client.whenData = it -> {
                assertThatThrownBy(() -> it.transport().write("re", it.senders.getLast()))
                        .isInstanceOf(InvalidAddressError.class)
                        .hasMessageContaining("by its path or abstract name");
            };
        });

        assertThat(server.senders).containsExactly(at("other"));
    }

    @Test
    @DisplayName("UNX-8: nobody there, a left-over socket, a name that is taken: the protocol is told, and not started")
    void tellsWhyItCannotConnect() throws IOException {
        client.whenFailed = reactor::stop;
        run(() -> reactor.connectUnixDatagram(at("nobody"), client, PLAIN.from(at("client"))));
        assertThat(client.failure.value()).isInstanceOf(ConnectError.class);
        assertThat(client.failure.message()).contains("unix:" + folder.resolve("nobody"), "ENOENT");
        assertThat(client.calls).isEmpty();
        assertThat(reactor.openChannels()).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    @DisplayName("UNX-8: one whose server is gone is refused, as is one whose own name is taken")
    void isRefused() throws IOException {
        var failures = new ArrayList<Class<?>>();
        client.whenFailed = () -> {
            failures.add(client.failure.type());
            if (failures.size() == 2) {
                reactor.stop();
            }
        };
        Files.createFile(folder.resolve("taken"));
        run(() -> {
            UnixDatagramPort gone = listen(at("server"), PLAIN);
            Files.createLink(folder.resolve("left"), folder.resolve("server"));
            gone.stopListening().onSuccess(_ -> {
                reactor.connectUnixDatagram(at("left"), client, PLAIN);
                reactor.listenUnixDatagram(at("again"), server, PLAIN);
                reactor.connectUnixDatagram(at("again"), client, PLAIN.from(at("taken")));
            });
        });

        assertThat(failures).containsExactly(ConnectionRefused.class, CannotListenError.class);
        assertThat(client.calls).isEmpty();
    }

    @Test
    @DisplayName("UDP-9: a connected one whose peer goes away is told so, and stays open")
    void hearsOfARefusal() {
        client.whenRefused = reactor::stop;
        run(() -> {
            UnixDatagramPort port = listen(at("server"), PLAIN);
            reactor.connectUnixDatagram(at("server"), client, PLAIN);
            port.stopListening().onSuccess(_ -> client.transport().write("anybody there?"));
        });

        assertThat(client.calls).containsExactly("start", "refused", "stop");
    }

    @Test
    @DisplayName("UNX-8, UDP-4: what would have to wait, and what nobody takes, is dropped and counted")
    void dropsWhatWouldWait() {
        var sent = new long[2];
        run(() -> {
            UnixDatagramPort port = listen(at("server"), PLAIN);
            UnixDatagramPort other = reactor.listenUnixDatagram(at("other"), client, PLAIN);
            for (int i = 0; i < 5000; i++) {
                other.write("much", at("server"));
            }
            sent[0] = other.droppedDatagrams();
            other.write("lost", at("nobody"));
            sent[1] = other.droppedDatagrams();
            reactor.callLater(Duration.ofMillis(50), reactor::stop);
            assertThat(port.droppedDatagrams()).isZero();
        });

        assertThat(sent[0]).isPositive();
        assertThat(server.heard).hasSize((int) (5000 - sent[0]));
        assertThat(sent[1]).isEqualTo(sent[0] + 1);
        assertThat(infos()).anyMatch(line -> line.contains("nobody: No such file or directory (ENOENT)"));
    }

    @Test
    @DisplayName("UDP-2, UDP-4: long ones go whole, from both kinds of memory, and are cut where the receiver says so")
    void lengths() {
        var lengths = new ArrayList<Integer>();
        var next = new ArrayDeque<>(List.of(
                ByteBuffer.allocate(150_000), ByteBuffer.allocateDirect(180_000), ByteBuffer.allocateDirect(190_000)));
        run(() -> {
            listen(at("server"), PLAIN.packetMaxBytes(180_000));
            UnixDatagramPort other = reactor.listenUnixDatagram(at("other"), client, PLAIN);
            server.whenData = it -> {
                lengths.add(it.heard.getLast().length());
                if (next.isEmpty()) {
                    reactor.stop();
                } else {
                    other.write(next.remove(), at("server"));
                }
            };
            other.write(next.remove(), at("server"));
            assertThatThrownBy(() -> other.write(ByteBuffer.allocate(10_000_000), at("server")))
                    .isInstanceOf(MessageLengthError.class);
            assertThat(other.droppedDatagrams()).isZero();
        });

        assertThat(lengths).containsExactly(150_000, 180_000, 180_000);
    }

    @Test
    @DisplayName("the system tells who sent each, when it is asked to")
    void tellsTheSender() {
        server.whenData = it -> reactor.stop();
        run(() -> {
            UnixDatagramPort port = listen(at("server"), PLAIN.withCredentials());
            reactor.connectUnixDatagram(at("server"), client, PLAIN);
            client.transport().write("hello");
            assertThat(port.senderCredentials()).isNull();
        });

        assertThat(server.credentials.getFirst().pid())
                .isEqualTo((int) ProcessHandle.current().pid());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("descriptors that somebody passes along do not stay open")
    void takesNoDescriptors(boolean credentials) throws IOException {
        var sockets = new Sockets(new SystemCalls());
        int sender = sockets.open(Sockets.UNIX, Sockets.DATAGRAM);
        var open = new int[2];
        server.whenData = it -> {
            if (it.heard.size() == 3) {
                open[1] = descriptors();
                reactor.stop();
            }
        };
        run(() -> {
            listen(at("server"), credentials ? PLAIN.withCredentials() : PLAIN);
            sockets.connect(sender, UnixDomainSocketAddress.of(folder.resolve("server")));
            open[0] = descriptors();
            for (int i = 0; i < 3; i++) {
                sockets.sendWithDescriptor(sender, ByteBuffer.allocate(1), sender);
            }
        });
        sockets.close(sender);

        assertThat(server.heard).hasSize(3);
        assertThat(open[1]).isLessThanOrEqualTo(open[0]);
    }

    private static int descriptors() {
        return Objects.requireNonNull(new File("/proc/self/fd").list()).length;
    }

    @Test
    @DisplayName("without being asked it tells nothing")
    void tellsNothingUnasked() {
        server.whenData = it -> reactor.stop();
        run(() -> {
            listen(at("server"), PLAIN);
            reactor.connectUnixDatagram(at("server"), client, PLAIN);
            client.transport().write("hello");
        });

        assertThat(server.credentials).containsExactly((PeerCredentials) null);
    }

    @Test
    @DisplayName("UNX-1, UNX-3, UNX-4: the mode, the lock, a path that is taken, and what a dead program left")
    void keepsItsPlace() throws IOException {
        Path path = folder.resolve("server");
        Path lock = folder.resolve("server.lock");
        run(() -> {
            UnixDatagramPort port = listen(at("server"), PLAIN.mode(0600).withLock());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo("rw-------");
            assertThat(Files.isSymbolicLink(lock)).isTrue();
            assertThatThrownBy(() -> reactor.listenUnixDatagram(at("server"), client, PLAIN))
                    .isInstanceOf(CannotListenError.class)
                    .hasMessageContaining("there is a file already");
            assertThatThrownBy(() -> reactor.listenUnixDatagram(at("server"), client, PLAIN.withLock()))
                    .isInstanceOf(CannotListenError.class)
                    .hasMessageContaining("holds the lock");
            port.stopListening().onSuccess(_ -> {
                assertThat(folder).isEmptyDirectory();
                port.startListening();
                assertThat(path).exists();
                reactor.stop();
            });
        });

        assertThat(folder).isEmptyDirectory();
        assertThat(server.calls).containsExactly("start", "stop", "start", "stop");
    }

    @Test
    @DisplayName("what is no address of a UNIX socket, and what is not for UNIX sockets, is refused")
    void refusesWhatCannotBe() {
        assertThatThrownBy(() -> listen(new Address.Unix(null), PLAIN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> listen(at("x".repeat(200)), PLAIN))
                .isInstanceOf(CannotListenError.class)
                .hasMessageContaining("sun_path");
        assertThatThrownBy(() -> listen(at("server"), PLAIN.from(at("client"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is for a connected port");
        assertThatThrownBy(() -> PLAIN.packetMaxBytes(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PLAIN.packetMaxBytes(2 << 20)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PLAIN.mode(01000)).isInstanceOf(IllegalArgumentException.class);
        run(() -> {
            UnixDatagramPort port = listen(at("server"), PLAIN);
            for (Address wrong : List.of(
                    at("x".repeat(200)),
                    new Address.Unix("\0" + "x".repeat(108)),
                    new Address.IPv4(Address.Carrier.UDP, "127.0.0.1", 7))) {
                assertThatThrownBy(() -> port.write("x", wrong)).isInstanceOf(InvalidAddressError.class);
            }
            assertThatThrownBy(() -> port.connect("127.0.0.1", 7)).hasMessageContaining("connectUnixDatagram");
            assertThatThrownBy(() -> port.write("x")).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> port.broadcastAllowed(true)).isInstanceOf(UnsupportedOperationException.class);
            port.broadcastAllowed(false);
            assertThat(port.broadcastAllowed()).isFalse();
            reactor.stop();
        });
    }
}
