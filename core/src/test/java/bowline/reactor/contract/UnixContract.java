package bowline.reactor.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import bowline.failure.Failure;
import bowline.protocol.Address;
import bowline.protocol.BadFileError;
import bowline.protocol.CannotListenError;
import bowline.protocol.ClientFactory;
import bowline.protocol.ConnectError;
import bowline.protocol.ConnectTimeout;
import bowline.protocol.ConnectionRefused;
import bowline.protocol.Connector;
import bowline.protocol.DatagramProtocol;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.protocol.TcpTransport;
import bowline.protocol.UnixTransport;
import bowline.reactor.ListeningPort;
import bowline.reactor.UnixConnectOptions;
import bowline.reactor.UnixDatagramOptions;
import bowline.reactor.UnixListenOptions;
import java.io.IOException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// UNIX sockets (section 24), but for what they share with TCP.
@DisabledOnOs(OS.WINDOWS)
public abstract class UnixContract extends ConnectionContract {
    private static final Factory<Protocol> FACTORY = Factory.of(Protocol::new);
    private static final UnixListenOptions PLAIN = UnixListenOptions.DEFAULT;

    @TempDir
    private Path folder;

    private Path socket;
    private Path lock;

    @BeforeEach
    final void name() {
        socket = folder.resolve("socket");
        lock = folder.resolve("socket.lock");
    }

    private ListeningPort listen(UnixListenOptions options) {
        return reactor.listenUnix(socket, FACTORY, options);
    }

    @Override
    protected Wire wire() {
        return new Wire.Unix();
    }

    private static final class Failing extends ClientFactory<Protocol> {
        Failure reason;
        private final Runnable whenFailed;

        Failing(Runnable whenFailed) {
            this.whenFailed = whenFailed;
        }

        @Override
        public Protocol buildProtocol(Address peer) {
            return new Protocol();
        }

        @Override
        public void clientConnectionFailed(Connector connector, Failure why) {
            reason = why;
            whenFailed.run();
        }
    }

    /// What comes of an attempt to connect to `where`.
    private Failure failure(Path where, UnixConnectOptions options) {
        var factory = new Failing(reactor::stop);
        run(() -> reactor.connectUnix(where, factory, options));
        return factory.reason;
    }

    private void leaveASocketBehind() throws IOException {
        ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(socket))
                .close();
    }

    private void leaveALockBehind() throws Exception {
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        Files.createSymbolicLink(lock, Path.of(String.valueOf(gone.pid())));
    }

    /// UNX-1, LIS-4: whatever the umask, and the path goes with the port
    @ParameterizedTest
    @CsvSource({"666, rw-rw-rw-", "600, rw-------", "777, rwxrwxrwx", "0, ---------", "246, -w-r--rw-"})
    void givesTheSocketItsMode(String mode, String permissions) throws IOException {
        needsRealSystem("it looks at files of the system");
        port = listen(PLAIN.mode(Integer.parseInt(mode, 8)));
        assertEquals(permissions, PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)));
        assertEquals(new Address.Unix(socket.toString()), port.host());

        run(reactor::stop);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void takesNoModeThatIsNone() {
        assertThatThrownBy(() -> PLAIN.mode(01000)).hasMessage("mode 1000 (octal) is not between 0 and 777");
        assertThatThrownBy(() -> PLAIN.mode(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PLAIN.backlog(0)).isInstanceOf(IllegalArgumentException.class);
    }

    /// UNX-1
    @Test
    void removesThePathAtOnceWhenItStopsListening() {
        run(() -> {
            port = listen(PLAIN);
            port.stopListening();
            assertThat(socket).doesNotExist();
            reactor.stop();
        });
    }

    /// UNX-4: whatever is there stays there
    @Test
    void doesNotTakeAPathThatIsTaken() throws IOException {
        needsRealSystem("it looks at files of the system");
        leaveASocketBehind();
        assertThatThrownBy(() -> listen(PLAIN))
                .isInstanceOf(CannotListenError.class)
                .hasMessageStartingWith("cannot listen on unix:" + socket + ": there is a file already")
                .hasMessageContaining("wantPid");

        assertThat(Files.exists(socket, LinkOption.NOFOLLOW_LINKS)).isTrue();
        run(reactor::stop);
    }

    @Test
    void saysWhatIsWrongWithADirectory() {
        needsRealSystem("it looks at files of the system");
        Path nowhere = folder.resolve("absent/socket");
        assertThatThrownBy(() -> reactor.listenUnix(nowhere, FACTORY, PLAIN))
                .isInstanceOf(CannotListenError.class)
                .hasMessageContaining("No such file")
                .hasMessageContaining("its directory must be there");
        assertThatThrownBy(() -> reactor.listenUnix(nowhere, FACTORY, PLAIN.withLock()))
                .hasMessageContaining("no such file")
                .hasMessageContaining("its directory must be there");
        run(reactor::stop);
    }

    /// The longest path there can be, and one byte more: a letter may be two
    @Test
    @EnabledOnOs(OS.LINUX)
    void tellsHowLongAPathMayBe() {
        int most = 106 - folder.toString().length() - 1;
        reactor.listenUnix(folder.resolve("x".repeat(most)), FACTORY, PLAIN);
        for (String name : List.of("x".repeat(most + 1), "x".repeat(most - 1) + "é")) {
            assertThatThrownBy(() -> reactor.listenUnix(folder.resolve(name), FACTORY, PLAIN.withLock()))
                    .isInstanceOf(CannotListenError.class)
                    .hasMessageContaining("the path is 107 bytes long, and a socket's is at most 106 (sun_path)");
        }
        assertThat(failure(folder.resolve("x".repeat(most + 1)), UnixConnectOptions.DEFAULT)
                        .message())
                .contains("107 bytes long");
    }

    /// UNX-3, UNX-7: the lock is a link to our number, and goes with the port
    @Test
    void holdsALockWhileItListens() throws IOException {
        needsRealSystem("it looks at files of the system");
        port = listen(PLAIN.withLock());
        assertEquals(
                String.valueOf(ProcessHandle.current().pid()),
                Files.readSymbolicLink(lock).toString());
        assertThatThrownBy(() -> listen(PLAIN.withLock()))
                .isInstanceOf(CannotListenError.class)
                .hasMessageContaining("a living process holds the lock " + lock);
        assertThat(Files.exists(socket)).isTrue();

        run(reactor::stop);
        assertThat(folder).isEmptyDirectory();
    }

    /// UNX-3
    @Test
    void takesOverFromAProcessThatDied() throws Exception {
        needsRealSystem("it looks at files of the system");
        leaveASocketBehind();
        leaveALockBehind();
        port = listen(PLAIN.withLock());
        SocketChannel.open(UnixDomainSocketAddress.of(socket)).close();

        run(reactor::stop);
        assertThat(folder).isEmptyDirectory();
    }

    /// UNX-3: neither before the socket is bound nor when it is closed
    @Test
    void neverRemovesARegularFile() throws Exception {
        needsRealSystem("it looks at files of the system");
        Files.writeString(socket, "precious");
        leaveALockBehind();
        assertThatThrownBy(() -> listen(PLAIN.withLock())).isInstanceOf(CannotListenError.class);
        assertThat(socket).hasContent("precious");
        assertThat(Files.exists(lock, LinkOption.NOFOLLOW_LINKS))
                .as("the lock is given back")
                .isFalse();

        Files.delete(socket);
        port = listen(PLAIN);
        Files.delete(socket);
        Files.writeString(socket, "precious");
        run(reactor::stop);
        assertThat(socket).hasContent("precious");
    }

    /// A socket that another program has put in place of ours is not ours to remove.
    @Test
    void leavesTheSocketOfASuccessorAlone() throws IOException {
        needsRealSystem("it looks at files of the system");
        port = listen(PLAIN);
        Files.move(socket, folder.resolve("old")); // keeps its inode, so that no other gets it
        leaveASocketBehind();

        run(reactor::stop);
        assertThat(Files.exists(socket, LinkOption.NOFOLLOW_LINKS)).isTrue();
    }

    /// UNX-3, FAC-1: nothing is left of a port whose factory cannot start
    @Test
    void leavesNothingBehindWhenTheFactoryCannotStart() {
        var factory = new Factory<Protocol>() {
            @Override
            public Protocol buildProtocol(Address peer) {
                return new Protocol();
            }

            @Override
            public void startFactory() {
                throw new IllegalStateException("not ready");
            }
        };
        assertThatThrownBy(() -> reactor.listenUnix(socket, factory, PLAIN.withLock()))
                .hasMessage("not ready");

        assertThat(folder).isEmptyDirectory();
        run(reactor::stop);
    }

    /// UNX-2: a look at the lock changes nothing
    @Test
    void connectsOnlyWhereALivingProcessHoldsTheLock() throws Exception {
        needsRealSystem("it looks at files of the system");
        UnixConnectOptions checking = UnixConnectOptions.DEFAULT.checkingLock();
        leaveALockBehind();
        Failure reason = failure(socket, checking);

        assertEquals(BadFileError.class, reason.type());
        assertEquals(
                "cannot connect to unix:" + socket + ": no living process holds the lock " + lock
                        + "; is the server running?",
                reason.message());
        assertThat(Files.exists(lock, LinkOption.NOFOLLOW_LINKS)).isTrue();
    }

    /// UNX-2
    @Test
    void connectsToTheHolderOfALock() {
        var server = new Talker();
        var client = new Talker().onMade(it -> it.transport().loseConnection());
        reactor.listenUnix(socket, Factory.of(() -> server), PLAIN.withLock());
        reactor.connectUnix(socket, serving(client), UnixConnectOptions.DEFAULT.checkingLock());
        runUntilLost(server, client);
    }

    /// Whether the backend knows more of UNIX sockets than the JDK: abstract names, descriptors that are
    /// passed, and who a peer is (UNX-5, UNX-9).
    protected boolean knowsMore() {
        return false;
    }

    /// UNX-6, UNX-9; the options of TCP are none of a UNIX socket's
    @Test
    void hasNoNameAsAClientAndSaysWhatItCannot() {
        var server = new Talker().onMade(it -> {
            assertEquals(new Address.Unix(null), it.transport().peer());
            assertEquals(port.host(), it.transport().host());
            assertThat(it.transport()).isNotInstanceOf(TcpTransport.class).isInstanceOf(UnixTransport.class);
            if (!knowsMore()) {
                UnixTransport transport = (UnixTransport) it.transport();
                assertThatThrownBy(() -> transport.sendFileDescriptor(2))
                        .isInstanceOf(UnsupportedOperationException.class)
                        .hasMessageContaining("bowline.linux");
                assertThatThrownBy(transport::peerCredentials)
                        .isInstanceOf(UnsupportedOperationException.class)
                        .hasMessageContaining("bowline.linux");
            }
            it.transport().loseConnection();
        });
        var client = new Talker().onMade(it -> {
            assertEquals(new Address.Unix(null), it.transport().host());
            assertEquals(port.host(), it.transport().peer());
        });
        converse(server, client);

        assertThat(server.calls).containsExactly("made", "lost");
    }

    /// UNX-5
    @Test
    void knowsNoAbstractNames() {
        assumeFalse(knowsMore(), "the backend knows them");
        var where = new Address.Unix("\0name");
        assertEquals("unix:@name", where.toString());
        assertThatThrownBy(() -> reactor.listenUnix(where, FACTORY, PLAIN))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("unix:@name")
                .hasMessageContaining("bowline.linux");
        assertThatThrownBy(() -> reactor.connectUnix(where, new Failing(() -> {}), UnixConnectOptions.DEFAULT))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("bowline.linux");
        assertThatThrownBy(() -> reactor.listenUnix(new Address.Unix(null), FACTORY, PLAIN))
                .isInstanceOf(IllegalArgumentException.class);
        run(reactor::stop);
    }

    /// UNX-8
    @Test
    void knowsNoDatagrams() {
        assumeFalse(knowsMore(), "the backend knows them");
        var where = new Address.Unix(socket.toString());
        var options = UnixDatagramOptions.DEFAULT;
        assertThatThrownBy(() -> reactor.listenUnixDatagram(where, new DatagramProtocol(), options))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("unix:" + socket)
                .hasMessageContaining("bowline.linux");
        assertThatThrownBy(() -> reactor.connectUnixDatagram(where, new DatagramProtocol(), options))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("or a UNIX stream");
        assertThat(folder).isEmptyDirectory();
        run(reactor::stop);
    }

    /// CON-12
    @Test
    void saysWhyItCannotConnect() throws IOException {
        Failure absent = failure(socket, UnixConnectOptions.DEFAULT);
        assertEquals(ConnectError.class, absent.type());
        assertThat(absent.message())
                .startsWith("cannot connect to unix:" + socket)
                .contains("is a server running there, and is the path right?");
    }

    /// CON-12: a socket that nobody listens at
    @Test
    void isRefusedByALeftOverSocket() throws IOException {
        needsRealSystem("the left-over socket is one of the system");
        leaveASocketBehind();
        assertEquals(
                ConnectionRefused.class,
                failure(socket, UnixConnectOptions.DEFAULT).type());
    }

    /// CON-11: a queue that is full lets one wait, and does not pretend to be connected
    @Test
    void waitsForRoomInTheQueueOfAServer() throws IOException {
        needsRealSystem("its peers are sockets of the system");
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            fill(server);
            var client = new Talker().onMade(it -> it.transport().loseConnection());
            reactor.connectUnix(socket, serving(client), UnixConnectOptions.DEFAULT);
            reactor.callLater(Duration.ofMillis(70), () -> {
                assertThat(client.calls).isEmpty();
                server.accept().close();
            });
            runUntilLost(client);
            assertThat(client.calls).startsWith("made");
        }
    }

    /// CON-11
    @Test
    void timesOutWhileTheQueueIsFull() throws IOException {
        needsRealSystem("its peers are sockets of the system");
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            fill(server);
            Failure reason = failure(socket, UnixConnectOptions.DEFAULT.timeout(Duration.ofMillis(50)));
            assertEquals(ConnectTimeout.class, reason.type());
            assertThat(reactor.delayedCalls()).isEmpty();
        }
    }

    private void fill(ServerSocketChannel server) throws IOException {
        server.bind(UnixDomainSocketAddress.of(socket), 1);
        for (boolean room = true; room; ) {
            SocketChannel waiting = SocketChannel.open(StandardProtocolFamily.UNIX);
            waiting.configureBlocking(false);
            try {
                waiting.connect(UnixDomainSocketAddress.of(socket));
            } catch (SocketException full) {
                room = false;
                waiting.close();
            }
        }
    }
}
