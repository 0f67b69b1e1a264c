package bowline.linux.device;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import bowline.defer.Deferred;
import bowline.device.SerialEndpoint;
import bowline.device.SerialSettings;
import bowline.device.SerialSettings.FlowControl;
import bowline.device.SerialSettings.Parity;
import bowline.device.SerialTransport;
import bowline.endpoint.ClientEndpoint;
import bowline.failure.Failure;
import bowline.protocol.Address;
import bowline.protocol.ConnectError;
import bowline.protocol.ConnectionAborted;
import bowline.protocol.ConnectionDone;
import bowline.protocol.ConnectionLost;
import bowline.protocol.Protocol;
import bowline.reactor.contract.ReactorContract;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Serial ports, on a pseudoterminal: that has no wire, so it does neither parity nor fewer bits, and has no lines
/// beside the data.
abstract class SerialContract extends ReactorContract {
    private static final int MUCH = 300_000;

    private final Speaker speaker = new Speaker();
    private TerminalPair pair;
    private Failure failure;

    @TempDir
    private Path folder;

    @AfterEach
    void pullThePlug() {
        if (pair != null) {
            pair.close();
        }
    }

    private void echoing() throws IOException {
        pair = new TerminalPair(piece -> piece);
    }

    private void silent() throws IOException {
        pair = new TerminalPair(piece -> new byte[0]);
    }

    /// Keeps what it hears; does something as soon as it can, and when it has heard enough.
    private final class Speaker extends Protocol {
        final ByteArrayOutputStream heard = new ByteArrayOutputStream();
        Runnable atFirst = () -> {};
        Runnable whenHeard = () -> {};
        int enough = Integer.MAX_VALUE;
        Failure end;

        SerialTransport port() {
            return (SerialTransport) transport();
        }

        @Override
        public void connectionMade() {
            atFirst.run();
        }

        @Override
        public void dataReceived(ByteBuffer unread) {
            byte[] piece = new byte[unread.remaining()];
            unread.get(piece);
            heard.writeBytes(piece);
            if (heard.size() >= enough) {
                enough = Integer.MAX_VALUE;
                whenHeard.run();
            }
        }

        @Override
        public void connectionLost(Failure reason) {
            end = reason;
            reactor.stop();
        }
    }

    private void connect(String endpoint) {
        connect(ClientEndpoint.of(reactor, endpoint));
    }

    private void connect(ClientEndpoint endpoint) {
        run(() -> endpoint.connectProtocol(speaker).addErrback(refused -> {
            failure = refused;
            reactor.stop();
            return speaker;
        }));
    }

    private static byte[] dice(int count) {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        byte[] bytes = new byte[count];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private byte[] heardThere() throws Exception {
        return pair.heard().get(20, TimeUnit.SECONDS);
    }

    @Test
    @DisplayName("every byte goes both ways as it is")
    void carriesBytes() throws Exception {
        echoing();
        byte[] all = new byte[512];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        speaker.atFirst = () -> speaker.port().write(all);
        speaker.enough = all.length;
        speaker.whenHeard = () -> speaker.port().loseConnection();
        connect("serial:" + pair.path() + ":baud=115200");

        assertThat(speaker.heard.toByteArray()).isEqualTo(all);
        assertThat(heardThere()).isEqualTo(all);
        assertThat(speaker.end.check(ConnectionDone.class)).isNotNull();
    }

    @Test
    @DisplayName("TRA-2, TRA-3: much is sent as the line takes it, and loseConnection waits for it")
    void sendsMuch() throws Exception {
        silent();
        byte[] much = dice(MUCH);
        speaker.atFirst = () -> {
            speaker.port().write(much, 0, MUCH / 2);
            speaker.port().writeOwned(ByteBuffer.wrap(much, MUCH / 2, MUCH - MUCH / 2));
            speaker.port().loseConnection();
        };
        connect("serial:" + pair.path());

        assertThat(heardThere()).isEqualTo(much);
    }

    @Test
    @DisplayName("TRA-3: a file goes out like everything else")
    void sendsAFile() throws Exception {
        silent();
        byte[] content = dice(MUCH);
        Path file = Files.write(folder.resolve("content"), content);
        try (FileChannel channel = FileChannel.open(file)) {
            speaker.atFirst = () -> {
                speaker.port().write("head ");
                speaker.port()
                        .sendFile(channel, 1000, 200_000)
                        .onBoth(() -> speaker.port().loseConnection());
            };
            connect("serial:" + pair.path());
        }

        byte[] heard = heardThere();
        assertThat(new String(heard, 0, 5, US_ASCII)).isEqualTo("head ");
        assertThat(Arrays.copyOfRange(heard, 5, heard.length)).isEqualTo(Arrays.copyOfRange(content, 1000, 201_000));
    }

    @Test
    @DisplayName("PRO-2: a paused port reads nothing until it is resumed")
    void pauses() throws Exception {
        echoing();
        speaker.atFirst = () -> {
            speaker.port().pauseProducing();
            speaker.port().write("hello");
            reactor.callLater(Duration.ofMillis(50), () -> {
                assertThat(speaker.heard.size()).isZero();
                speaker.port().resumeProducing();
            });
        };
        speaker.enough = 5;
        speaker.whenHeard = () -> speaker.port().loseConnection();
        connect("serial:" + pair.path());

        assertThat(speaker.heard.toString(US_ASCII)).isEqualTo("hello");
    }

    @Test
    @DisplayName("a device that goes away is a lost connection")
    void noticesThePulledPlug() throws Exception {
        silent();
        speaker.atFirst = pair::close;
        connect("serial:" + pair.path());

        assertThat(speaker.end.check(ConnectionLost.class)).isNotNull();
    }

    @Test
    @DisplayName("TRA-8: aborting drops what is to be sent")
    void aborts() throws Exception {
        silent();
        speaker.atFirst = () -> {
            speaker.port().write(new byte[MUCH]);
            speaker.port().abortConnection();
        };
        connect("serial:" + pair.path());

        assertThat(speaker.end.check(ConnectionAborted.class)).isNotNull();
        assertThat(speaker.port().connected()).isFalse();
        assertThatThrownBy(() -> speaker.port().discardInput()).isInstanceOf(IllegalStateException.class);
    }

    // How the bits go

    @Test
    @DisplayName("the system has the settings of the endpoint, and those that come later: stty and Python say so")
    void sets() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/stty")), "there is no stty");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "there is no Debian python3");
        assumeTrue(System.getProperty("user.name").equals("root"), "only root may look at an exclusive port");
        silent();
        var said = new StringBuilder();
        speaker.atFirst = () -> {
            said.append(settings()).append('|');
            speaker.port().settings(SerialSettings.DEFAULT.baud(12_345).flowControl(FlowControl.SOFTWARE));
            said.append(settings());
            speaker.port().loseConnection();
        };
        connect("serial:" + pair.path() + ":baud=115200:bits=8:parity=none:stop=2:flow=hardware");

        assertThat(said.toString().split("\\|")[0])
                .contains(
                        "speeds 115200 115200 ",
                        " cs8 ",
                        " cstopb ",
                        " crtscts",
                        " clocal ",
                        "-ixon",
                        "-icanon",
                        "-echo ");
        assertThat(said.toString().split("\\|")[1])
                .contains("speeds 12345 12345 ", "-cstopb", "-crtscts", " ixon ", "ixoff", "-opost");
    }

    /// Speeds that have no name of their own stty does not know.
    private String settings() {
        String termios2 = """
                import fcntl, struct, sys
                with open(sys.argv[1], "rb", 0) as port:
                    print("speeds", *struct.unpack_from("=4IB19s2I", fcntl.ioctl(port, 0x802C542A, bytes(44)))[6:])
                """;
        String path = pair.path().toString();
        return said("stty", "-a", "-F", path) + said("/usr/bin/python3", "-c", termios2, path);
    }

    private static String said(String... command) {
        try {
            Process program =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            return new String(program.getInputStream().readAllBytes(), US_ASCII).replace('\n', ' ');
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bits=7", "bits=5", "parity=even", "parity=mark"})
    @DisplayName("what a device silently does not do is refused")
    void refusesWhatTheDeviceDoesNotDo(String wish) throws IOException {
        silent();
        connect("serial:" + pair.path() + ":" + wish);

        assertThat(failure.value())
                .isInstanceOf(ConnectError.class)
                .hasMessageContaining(pair.path().toString())
                .hasMessageContaining("does not do 9600 ");
    }

    @Test
    @DisplayName("new settings that are refused leave the old ones")
    void keepsWhatItHad() throws IOException {
        echoing();
        speaker.atFirst = () -> {
            assertThatThrownBy(() -> speaker.port().settings(SerialSettings.DEFAULT.parity(Parity.ODD)))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining("9600 8O1");
            assertThat(speaker.port().settings()).isEqualTo(SerialSettings.DEFAULT);
            speaker.port().write("still");
        };
        speaker.enough = 5;
        speaker.whenHeard = () -> speaker.port().loseConnection();
        connect("serial:" + pair.path());

        assertThat(speaker.heard.toString(US_ASCII)).isEqualTo("still");
    }

    @Test
    @DisplayName("a pseudoterminal has no lines of a modem: that is said with the system's error")
    void hasNoLines() throws IOException {
        silent();
        speaker.atFirst = () -> {
            SerialTransport port = speaker.port();
            for (Runnable asked : new Runnable[] {
                port::modemLines, () -> port.dataTerminalReady(true), () -> port.requestToSend(false)
            }) {
                assertThatThrownBy(asked::run)
                        .isInstanceOf(UnsupportedOperationException.class)
                        .hasMessageMatching("the device refuses .*\\(E[A-Z]+\\)");
            }
            port.loseConnection();
        };
        connect("serial:" + pair.path());

        assertThat(speaker.end.check(ConnectionDone.class)).isNotNull();
    }

    @Test
    @DisplayName("a break tells when it is over")
    void breaks() throws IOException {
        silent();
        speaker.atFirst = () -> speaker.port()
                .sendBreak(Duration.ofMillis(5))
                .onBoth(() -> speaker.port().loseConnection());
        connect("serial:" + pair.path());

        assertThat(speaker.end.check(ConnectionDone.class)).isNotNull();
    }

    @Test
    @DisplayName("socat at the other end")
    void talksToSocat() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/socat")), "there is no socat");
        Path port = folder.resolve("port");
        Process socat = new ProcessBuilder("socat", "-d", "-d", "PTY,link=" + port + ",rawer", "EXEC:cat")
                .redirectErrorStream(true)
                .start();
        try (var lines = socat.inputReader()) {
            String line = lines.readLine();
            while (line != null && !line.contains("starting data transfer")) {
                line = lines.readLine();
            }
            assertThat(line).as("socat is ready").isNotNull();
            speaker.atFirst = () -> speaker.port().write("drawer\n");
            speaker.enough = 7;
            speaker.whenHeard = () -> speaker.port().loseConnection();
            connect("serial:" + port + ":baud=19200");
        } finally {
            socat.destroy();
        }

        assertThat(speaker.heard.toString(US_ASCII)).isEqualTo("drawer\n");
    }

    @Test
    void forgetsWhatWasNotRead() throws Exception {
        silent();
        speaker.atFirst = () -> {
            speaker.port().pauseProducing();
            pair.say("old".getBytes(US_ASCII));
            reactor.callLater(Duration.ofMillis(50), () -> {
                speaker.port().discardInput();
                speaker.port().resumeProducing();
                pair.say("new".getBytes(US_ASCII));
            });
        };
        speaker.enough = 3;
        speaker.whenHeard = () -> speaker.port().loseConnection();
        connect("serial:" + pair.path());

        assertThat(speaker.heard.toString(US_ASCII)).isEqualTo("new");
    }

    // Opening

    @Test
    @DisplayName("a port is for one at a time; the next one may have it afterwards")
    void isExclusive() throws IOException {
        echoing();
        var endpoint = new SerialEndpoint(reactor, pair.path(), SerialSettings.DEFAULT);
        var order = new StringBuilder();
        var second = new Protocol() {
            @Override
            public void connectionMade() {
                order.append("second ");
                transport().loseConnection();
            }

            @Override
            public void connectionLost(Failure reason) {
                reactor.stop();
            }
        };
        var first = new Protocol() {
            @Override
            public void connectionLost(Failure reason) {
                endpoint.connectProtocol(second);
            }
        };
        run(() -> endpoint.connectProtocol(first).addCallback(made -> {
            assertThat(made.transport().peer())
                    .isEqualTo(new Address.Device(pair.path().toString()));
            Deferred<Protocol> refused = endpoint.connectProtocol(new Protocol());
            refused.addErrback(reason -> {
                order.append(reason.message()).append(' ');
                return new Protocol();
            });
            refused.onBoth(() -> made.transport().loseConnection());
            return made;
        }));

        assertThat(order.toString()).contains("another program uses it").endsWith("second ");
    }

    @Test
    void saysWhyItCannotBeOpened() throws IOException {
        connect("serial:" + folder.resolve("ttyS99"));
        assertThat(failure.value())
                .isInstanceOf(ConnectError.class)
                .hasMessageContaining("cannot open device:")
                .hasMessageContaining("ENOENT");
    }

    @Test
    void refusesWhatIsNoSerialPort() throws IOException {
        connect("serial:" + Files.createFile(folder.resolve("file")));
        assertThat(failure.value())
                .isInstanceOf(ConnectError.class)
                .hasMessageContaining("no serial port")
                .hasMessageContaining("ENOTTY");
    }

    @Test
    @DisplayName("nothing of it is left open, whether it could be opened or not")
    void leavesNothingOpen() throws Exception {
        silent();
        var endpoint = new SerialEndpoint(reactor, pair.path(), SerialSettings.DEFAULT);
        var impossible = new SerialEndpoint(reactor, pair.path(), SerialSettings.DEFAULT.dataBits(7));
        run(() -> {
            long before = open();
            impossible
                    .connectProtocol(new Protocol())
                    .addErrback(_ -> new Protocol())
                    .onBoth(() -> {
                        assertThat(open()).isLessThanOrEqualTo(before);
                        endpoint.connectProtocol(new Protocol() {
                            @Override
                            public void connectionMade() {
                                transport().loseConnection();
                            }

                            @Override
                            public void connectionLost(Failure reason) {
                                reactor.callLater(Duration.ofMillis(50), () -> {
                                    assertThat(open()).isLessThanOrEqualTo(before);
                                    reactor.stop();
                                });
                            }
                        });
                    });
        });
    }

    private static long open() {
        try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.filter(SerialContract::isTerminal).count();
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    private static boolean isTerminal(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("/dev/pts/");
        } catch (IOException gone) {
            return false;
        }
    }
}
