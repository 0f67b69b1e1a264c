package bowline.linux.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bowline.endpoint.AlreadyListened;
import bowline.endpoint.ServerEndpoint;
import bowline.failure.Failure;
import bowline.linux.system.DatagramSockets;
import bowline.linux.system.Errno;
import bowline.linux.system.Sockets;
import bowline.linux.system.SystemCalls;
import bowline.protocol.Address;
import bowline.protocol.ClientFactory;
import bowline.protocol.Connector;
import bowline.protocol.DatagramProtocol;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.reactor.DatagramOptions;
import bowline.reactor.ListeningPort;
import bowline.reactor.UdpPort;
import bowline.reactor.UnixConnectOptions;
import bowline.reactor.UnsupportedAddressFamily;
import bowline.reactor.contract.ReactorContract;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Sockets that the program made itself and hands to the reactor by their descriptors (LIS-9).
public abstract class AdoptionContract extends ReactorContract {
    private static final int NETLINK = 16;
    private static final int SEQUENCED = 5;
    private static final int F_SETFL = 4;

    private final SystemCalls system = new SystemCalls();
    private final Sockets sockets = new Sockets(system);
    private final StringBuilder heard = new StringBuilder();
    private long before;

    @TempDir
    private Path folder;

    @BeforeEach
    void count() throws IOException {
        before = open();
    }

    /// The reactor's own are gone by then.
    @AfterEach
    void nothingIsLeftOpen() throws IOException {
        assertThat(open()).isLessThanOrEqualTo(before);
    }

    private static long open() throws IOException {
        try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.count();
        }
    }

    private static InetSocketAddress loopback(String address) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), 0);
    }

    /// A listening socket that blocks, as such come from elsewhere.
    private int listening(int family, SocketAddress where) throws IOException {
        int socket = sockets.open(family, Sockets.STREAM);
        assertThat(system.fcntl(socket, F_SETFL, 0)).isZero();
        sockets.bind(socket, where);
        sockets.listen(socket, 10);
        return socket;
    }

    /// Answers in capitals, and hangs up.
    private static final class Capitals extends Protocol {
        @Override
        public void dataReceived(ByteBuffer unread) {
            transport().write(StandardCharsets.UTF_8.decode(unread).toString().toUpperCase(Locale.ROOT));
            transport().loseConnection();
        }
    }

    /// Says something, and remembers the answer.
    private final class Asker extends Protocol {
        @Override
        public void connectionMade() {
            transport().write("hello");
        }

        @Override
        public void dataReceived(ByteBuffer unread) {
            heard.append(StandardCharsets.UTF_8.decode(unread));
        }

        @Override
        public void connectionLost(Failure reason) {
            reactor.stop();
        }
    }

    private ClientFactory<Protocol> asking() {
        return new ClientFactory<>() {
            @Override
            public Protocol buildProtocol(Address peer) {
                return new Asker();
            }

            @Override
            public void clientConnectionFailed(Connector connector, Failure reason) {
                heard.append(reason.message());
                reactor.stop();
            }
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    @DisplayName("LIS-9: connections are accepted on a TCP socket, and the caller may close his copy at once")
    void acceptsOverTcp(String address) {
        run(() -> {
            var where = loopback(address);
            int family = where.getAddress().getAddress().length == 4 ? Sockets.INET : Sockets.INET6;
            int socket = listening(family, where);
            ListeningPort port = reactor.adoptStreamPort(socket, Factory.of(Capitals::new));
            sockets.close(socket);
            assertThat(port.port()).isPositive();
            reactor.connectTcp(address, port.port(), asking());
        });

        assertThat(heard).hasToString("HELLO");
        assertThat(infos()).anyMatch(line -> line.matches("\\S+ starting on \\d+"));
    }

    @Test
    @DisplayName("LIS-9: connections are accepted on a UNIX socket, whose file is left to who made it")
    void acceptsOverUnix() {
        Path path = folder.resolve("socket");
        run(() -> {
            int socket = listening(Sockets.UNIX, UnixDomainSocketAddress.of(path));
            ListeningPort port = reactor.adoptStreamPort(socket, Factory.of(Capitals::new));
            sockets.close(socket);
            assertThat(port.host()).isEqualTo(new Address.Unix(path.toString()));
            reactor.connectUnix(path, asking(), UnixConnectOptions.DEFAULT);
        });

        assertThat(heard).hasToString("HELLO");
        assertThat(path).exists();
    }

    @Test
    @DisplayName("END-8, END-11: fd:3 is adopted once, and its number closed")
    void servesByDescription() {
        run(() -> {
            int socket = listening(Sockets.INET, loopback("127.0.0.1"));
            ServerEndpoint endpoint = ServerEndpoint.of(reactor, "fd:" + socket);
            endpoint.listen(Factory.of(Capitals::new))
                    .onSuccess(port -> reactor.connectTcp("127.0.0.1", port.port(), asking()));
            assertThat(Errno.EBADF.is(system.close(socket))).isTrue();
            endpoint.listen(Factory.of(Capitals::new)).addErrback(refused -> {
                heard.append(refused.type().getSimpleName());
                return null;
            });
        });

        assertThat(heard).hasToString(AlreadyListened.class.getSimpleName() + "HELLO");
    }

    @Test
    @DisplayName("LIS-9: the socket lives on in the caller's copy when the port is closed, with who waits there")
    void leavesTheCallersCopy() {
        run(() -> {
            int socket = listening(Sockets.INET, loopback("127.0.0.1"));
            ListeningPort first = reactor.adoptStreamPort(socket, Factory.of(Capitals::new));
            int number = first.port();
            first.stopListening().onSuccess(_ -> {
                reactor.connectTcp("127.0.0.1", number, asking());
                reactor.adoptStreamPort(socket, Factory.of(Capitals::new));
                sockets.close(socket);
            });
        });

        assertThat(heard).hasToString("HELLO");
    }

    @Test
    @DisplayName("LIS-9: a port that is started again after its end takes its place anew")
    void startsAgain() {
        run(() -> {
            int socket = listening(Sockets.INET, loopback("127.0.0.1"));
            ListeningPort port = reactor.adoptStreamPort(socket, Factory.of(Capitals::new));
            sockets.close(socket);
            int number = port.port();
            port.stopListening().onSuccess(_ -> {
                port.startListening();
                assertThat(port.port()).isEqualTo(number);
                reactor.connectTcp("127.0.0.1", number, asking());
            });
        });

        assertThat(heard).hasToString("HELLO");
    }

    @Test
    @DisplayName("LIS-9: a connected socket becomes a server's connection, and is told who it is")
    void adoptsConnections() {
        run(() -> {
            int listening = listening(Sockets.INET, loopback("127.0.0.1"));
            var where = (InetSocketAddress) sockets.localAddress(listening);
            reactor.connectTcp("127.0.0.1", where.getPort(), asking());
            sockets.unblock(listening);
            acceptWith(listening, where.getPort());
        });

        assertThat(heard).hasToString("HELLO");
    }

    private void acceptWith(int listening, int port) throws IOException {
        int accepted = sockets.accept(listening);
        if (accepted < 0) {
            reactor.callLater(Duration.ofMillis(1), () -> acceptWith(listening, port));
            return;
        }
        var transport = reactor.adoptStreamConnection(accepted, Factory.of(Capitals::new));
        sockets.close(accepted);
        sockets.close(listening);
        assertThat(transport).isNotNull();
        assertThat(((Address.IPv4) transport.host()).port()).isEqualTo(port);
        assertThat(((Address.IPv4) transport.peer()).host()).isEqualTo("127.0.0.1");
    }

    @Test
    @DisplayName("LIS-9: a factory that wants no connection costs it, and one that fails is logged")
    void givesUpUnwantedConnections() {
        run(() -> {
            int listening = listening(Sockets.UNIX, UnixDomainSocketAddress.of(folder.resolve("socket")));
            int client = sockets.open(Sockets.UNIX, Sockets.STREAM);
            sockets.connect(client, UnixDomainSocketAddress.of(folder.resolve("socket")));
            int accepted = sockets.accept(listening);
            assertThat(reactor.adoptStreamConnection(accepted, building(() -> null)))
                    .isNull();
            assertThat(reactor.adoptStreamConnection(accepted, building(() -> {
                        throw new IllegalStateException("the factory failed");
                    })))
                    .isNull();
            for (int socket : new int[] {listening, client, accepted}) {
                sockets.close(socket);
            }
            reactor.stop();
        });

        assertThat(takeCriticals()).singleElement().isInstanceOf(IllegalStateException.class);
    }

    private static Factory<Protocol> building(Supplier<Protocol> builder) {
        return new Factory<>() {
            @Override
            public Protocol buildProtocol(Address peer) {
                return builder.get();
            }
        };
    }

    /// Sends back what comes.
    private final class Back extends DatagramProtocol {
        @Override
        public void datagramReceived(ByteBuffer datagram, Address from) {
            transport().write(datagram, from);
        }
    }

    /// Asks the port, and ends the test with the answer.
    private final class Sender extends DatagramProtocol {
        private final Address to;

        Sender(Address to) {
            this.to = to;
        }

        @Override
        public void startProtocol() {
            transport().write(ByteBuffer.wrap(new byte[] {'h', 'i'}), to);
        }

        @Override
        public void datagramReceived(ByteBuffer datagram, Address from) {
            assertThat(from).isEqualTo(to);
            heard.append(StandardCharsets.UTF_8.decode(datagram));
            reactor.stop();
        }
    }

    @Test
    @DisplayName("LIS-9: datagrams come and go on a UDP socket of the program's")
    void adoptsDatagrams() {
        run(() -> {
            int socket = sockets.open(Sockets.INET, Sockets.DATAGRAM);
            sockets.bind(socket, loopback("127.0.0.1"));
            UdpPort port = reactor.adoptDatagramPort(socket, new Back(), DatagramOptions.DEFAULT);
            sockets.close(socket);
            reactor.listenUdp(0, new Sender(port.host()));
        });

        assertThat(heard).hasToString("hi");
    }

    @Test
    @DisplayName("LIS-9: a UDP socket that is connected stays so")
    void keepsThePeer() {
        run(() -> {
            UdpPort peer = reactor.listenUdp(0, new Back(), DatagramOptions.DEFAULT.on("127.0.0.1"));
            int socket = sockets.open(Sockets.INET, Sockets.DATAGRAM);
            new DatagramSockets(system, sockets)
                    .connect(socket, Sockets.INET, new InetSocketAddress("127.0.0.1", peer.port()));
            var asker = new DatagramProtocol() {
                @Override
                public void startProtocol() {
                    assertThat(transport().connectedTo()).isEqualTo(peer.host());
                    transport().write(ByteBuffer.wrap(new byte[] {'h', 'i'}));
                }

                @Override
                public void datagramReceived(ByteBuffer datagram, Address from) {
                    heard.append(StandardCharsets.UTF_8.decode(datagram));
                    reactor.stop();
                }
            };
            reactor.adoptDatagramPort(socket, asker, DatagramOptions.DEFAULT);
            sockets.close(socket);
        });

        assertThat(heard).hasToString("hi");
    }

    @Test
    @DisplayName("LIS-9: a socket of another family is refused by UnsupportedAddressFamily")
    void refusesFamilies() {
        int netlink = (int) system.socket(NETLINK, Sockets.DATAGRAM, 0);
        int unix = (int) system.socket(Sockets.UNIX, Sockets.DATAGRAM, 0);
        assertThatThrownBy(() -> reactor.adoptDatagramPort(netlink, new Back(), DatagramOptions.DEFAULT))
                .isInstanceOf(UnsupportedAddressFamily.class)
                .hasMessageContaining("address family 16");
        assertThatThrownBy(() -> reactor.adoptDatagramPort(unix, new Back(), DatagramOptions.DEFAULT))
                .isInstanceOf(UnsupportedAddressFamily.class)
                .hasMessageContaining("IPv4 and IPv6");
        sockets.close(netlink);
        sockets.close(unix);
        run(reactor::stop);
    }

    @Test
    @DisplayName("LIS-9: what is no such socket is refused, and the message says what it is")
    void refusesWhatItIsNot() throws IOException {
        Factory<?> factory = Factory.of(Protocol::new);
        int idle = sockets.open(Sockets.INET, Sockets.STREAM);
        int port = listening(Sockets.INET, loopback("127.0.0.1"));
        int datagrams = sockets.open(Sockets.INET, Sockets.DATAGRAM);
        int sequenced = (int) system.socket(Sockets.UNIX, SEQUENCED, 0);
        int counter = (int) system.eventfd(0, 0);

        refused(() -> reactor.adoptStreamPort(idle, factory), "does not listen");
        refused(() -> reactor.adoptStreamPort(datagrams, factory), "adoptDatagramPort");
        refused(() -> reactor.adoptStreamPort(sequenced, factory), "type 5");
        refused(() -> reactor.adoptStreamPort(counter, factory), "ENOTSOCK");
        refused(() -> reactor.adoptStreamPort(1_000_000, factory), "EBADF");
        refused(() -> reactor.adoptStreamPort(-1, factory), "EBADF");
        refused(() -> reactor.adoptStreamConnection(port, factory), "adoptStreamPort");
        refused(() -> reactor.adoptStreamConnection(idle, factory), "ENOTCONN");
        refused(() -> reactor.adoptDatagramPort(idle, new Back(), DatagramOptions.DEFAULT), "adoptStreamPort");
        refused(() -> reactor.adoptDatagramPort(datagrams, new Back(), DatagramOptions.DEFAULT), "not bound");

        for (int descriptor : new int[] {idle, port, datagrams, sequenced, counter}) {
            assertThat(Errno.EBADF.is(system.close(descriptor))).isFalse();
        }
        run(reactor::stop);
    }

    private static void refused(ThrowingCallable call, String said) {
        assertThatThrownBy(call)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("descriptor ")
                .hasMessageContaining(said);
    }
}
