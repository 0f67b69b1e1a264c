package bowline.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import bowline.defer.Deferred;
import bowline.junit.Program;
import bowline.protocol.Address;
import bowline.protocol.DatagramProtocol;
import bowline.protocol.Factory;
import bowline.protocol.FileDescriptorReceiver;
import bowline.protocol.HalfCloseable;
import bowline.protocol.Protocol;
import bowline.protocol.UnixTransport;
import bowline.reactor.DatagramOptions;
import bowline.reactor.ReactorProvider;
import bowline.reactor.UnixDatagramOptions;
import bowline.reactor.UnixListenOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What UNIX sockets can on Linux alone, against Python and socat.
class LinuxPeersTest {
    /// Passes a file that it has open, and reads the one that comes back.
    private static final String PASSER = """
            import os, socket, sys
            with socket.socket(socket.AF_UNIX) as connection, open(sys.argv[2], "rb") as poem:
                connection.connect(sys.argv[1])
                socket.send_fds(connection, [b"x"], [poem.fileno()])
                data, passed, flags, address = socket.recv_fds(connection, 16, 4)
                with os.fdopen(passed[0], "rb") as back:
                    print(data.decode(), len(passed), back.read().decode())
            """;

    /// Sends from a name of its own, to a path or an abstract name, an empty datagram among others, and prints the
    /// answers and who gave them.
    private static final String ASKER = """
            import socket, sys
            server = sys.argv[1].replace("@", "\\0")
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as s:
                s.settimeout(10)
                s.bind(sys.argv[2])
                for question in b"hello", b"", b"x" * 100:
                    s.sendto(question, server)
                    answer, sender = s.recvfrom(200)
                    if isinstance(sender, bytes):
                        sender = "@" + sender[1:].decode()
                    print(len(answer), sender)
            """;

    /// Answers three datagrams in upper case, with the user who sent each.
    private static final String ANSWERER = """
            import socket, struct, sys
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as s:
                s.settimeout(10)
                s.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
                s.bind(sys.argv[1])
                print("ready", flush=True)
                for i in range(3):
                    data, beside, flags, sender = s.recvmsg(100, 100)
                    pid, uid, gid = struct.unpack("iii", beside[0][2])
                    s.sendto(data.upper() + b" " + str(pid).encode(), sender)
            """;

    @TempDir
    private Path folder;

    private LiveReactor live;

    @BeforeEach
    void begin() {
        String backend = ReactorProvider.best().name();
        assumeTrue(
                backend.equals("uring") || backend.equals("epoll"), "the reactor " + backend + " has no descriptors");
        live = new LiveReactor();
    }

    @AfterEach
    void end() {
        if (live != null) {
            live.close();
        }
    }

    /// Reads the file that is passed, and passes another one back.
    private static final class Exchange extends Protocol implements FileDescriptorReceiver {
        private final Path answer;
        private String read = "";
        private int user = -1;

        Exchange(Path answer) {
            this.answer = answer;
        }

        @Override
        public void connectionMade() {
            user = ((UnixTransport) transport()).peerCredentials().uid();
        }

        @Override
        public void fileDescriptorReceived(int descriptor) {
            try (var file = Files.newInputStream(Path.of("/proc/self/fd/" + descriptor))) {
                read = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }

        @Override
        public void dataReceived(ByteBuffer unread) {
            unread.position(unread.limit());
            passBack();
        }

        /// The descriptor of a file that Java has open is found by where it leads.
        private void passBack() {
            try (var open = Files.newByteChannel(answer);
                    var all = Files.list(Path.of("/proc/self/fd"))) {
                int descriptor = all.filter(entry -> leadsTo(entry, answer))
                        .map(entry -> Integer.parseInt(entry.getFileName().toString()))
                        .findFirst()
                        .orElseThrow();
                assertThat(open.isOpen()).isTrue();
                ((UnixTransport) transport()).sendFileDescriptor(descriptor);
                transport().write("y");
                transport().loseConnection();
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }

        private static boolean leadsTo(Path entry, Path file) {
            try {
                return Files.readSymbolicLink(entry).equals(file.toRealPath());
            } catch (IOException gone) {
                return false;
            }
        }
    }

    @Test
    @DisplayName("UNX-9: Python passes an open file and gets another one back; the system says who it is")
    void exchangesDescriptorsWithPython() throws Exception {
        String python = Foreign.python("socket");
        Path socket = folder.resolve("socket");
        Path poem = Files.writeString(folder.resolve("poem"), "so much depends");
        var exchange = new Exchange(Files.writeString(folder.resolve("answer"), "upon"));
        live.call(() -> live.reactor().listenUnix(socket, Factory.of(() -> exchange), UnixListenOptions.DEFAULT));

        Foreign.Result result = Foreign.run(python, "-c", PASSER, socket.toString(), poem.toString());

        assertThat(result.err()).isEmpty();
        assertThat(result.text().strip()).isEqualTo("y 1 upon");
        assertThat(exchange.read).isEqualTo("so much depends");
        assertThat(exchange.user).isEqualTo(Files.getAttribute(poem, "unix:uid"));
    }

    /// Says everything back.
    private static final class Echo extends Protocol implements HalfCloseable {
        @Override
        public void dataReceived(ByteBuffer unread) {
            transport().write(unread);
        }

        @Override
        public void readConnectionLost() {
            transport().loseConnection();
        }

        @Override
        public void writeConnectionLost() {}
    }

    @Test
    @DisplayName("UNX-5: socat finds an abstract name")
    void isFoundByItsAbstractName() throws Exception {
        Foreign.require("socat");
        String name = "bowline-conformance-" + ProcessHandle.current().pid();
        live.call(() -> live.reactor()
                .listenUnix(new Address.Unix("\0" + name), Factory.of(Echo::new), UnixListenOptions.DEFAULT));

        Foreign.Result result =
                Foreign.run("hello".getBytes(StandardCharsets.UTF_8), "socat", "-t10", "-", "ABSTRACT-CONNECT:" + name);

        assertThat(result.text()).isEqualTo("hello");
    }

    /// Says every datagram back.
    private static final class PacketEcho extends DatagramProtocol {
        @Override
        public void datagramReceived(ByteBuffer datagram, Address from) {
            transport().write(datagram, from);
        }
    }

    @Test
    @DisplayName("UNX-8: Python gets its datagrams back, by a path and by an abstract name")
    void answersPythonsDatagrams() throws Exception {
        String python = Foreign.python("socket");
        Path path = folder.resolve("server");
        String name = "bowline-datagrams-" + ProcessHandle.current().pid();
        live.call(() -> live.reactor()
                .listenUnixDatagram(
                        new Address.Unix(path.toString()),
                        new PacketEcho(),
                        UnixDatagramOptions.DEFAULT.packetMaxBytes(50)));
        live.call(() -> live.reactor()
                .listenUnixDatagram(new Address.Unix("\0" + name), new PacketEcho(), UnixDatagramOptions.DEFAULT));

        Foreign.Result byPath = Foreign.run(
                python, "-c", ASKER, path.toString(), folder.resolve("one").toString());
        Foreign.Result byName = Foreign.run(
                python, "-c", ASKER, "@" + name, folder.resolve("two").toString());

        assertThat(byPath.text() + byPath.err()).isEqualTo("5 %1$s\n0 %1$s\n50 %1$s\n".formatted(path));
        assertThat(byName.text() + byName.err()).isEqualTo("5 @%1$s\n0 @%1$s\n100 @%1$s\n".formatted(name));
    }

    /// Asks three times, and remembers the answers.
    private static final class PacketAsker extends DatagramProtocol {
        private final List<String> answers = new ArrayList<>();
        private final Deferred<List<String>> done = new Deferred<>();

        @Override
        public void startProtocol() {
            transport().write("one");
        }

        @Override
        public void datagramReceived(ByteBuffer datagram, Address from) {
            answers.add(StandardCharsets.UTF_8.decode(datagram).toString());
            if (answers.size() == 3) {
                done.callback(answers);
            } else {
                transport().write(answers.size() == 1 ? "two" : "three");
            }
        }
    }

    @Test
    @DisplayName("UNX-8: Python answers ours, and is told by the system who we are")
    void asksPythonByDatagrams() throws Exception {
        Path path = folder.resolve("python");
        String pid = String.valueOf(ProcessHandle.current().pid());
        try (Program python = Program.command(List.of(Foreign.python("socket"), "-c", ANSWERER, path.toString()))) {
            python.await("ready");
            List<String> answers = live.await(() -> {
                var asker = new PacketAsker();
                live.reactor()
                        .connectUnixDatagram(
                                new Address.Unix(path.toString()),
                                asker,
                                UnixDatagramOptions.DEFAULT.from(
                                        new Address.Unix(folder.resolve("ours").toString())));
                return asker.done;
            });
            assertThat(answers).containsExactly("ONE " + pid, "TWO " + pid, "THREE " + pid);
        }
    }

    @Test
    @DisplayName("UNX-8: socat's datagrams come, and it gets the answers")
    void answersSocatsDatagrams() throws Exception {
        Foreign.require("socat");
        Path path = folder.resolve("server");
        live.call(() -> live.reactor()
                .listenUnixDatagram(new Address.Unix(path.toString()), new PacketEcho(), UnixDatagramOptions.DEFAULT));

        // Two seconds for the answer: socat has no other way to know that no more will come.
        Foreign.Result result = Foreign.run(
                "hello".getBytes(StandardCharsets.UTF_8),
                "socat",
                "-t2",
                "-T2",
                "-",
                "UNIX-SENDTO:" + path + ",bind=" + folder.resolve("socat"));

        assertThat(result.text()).isEqualTo("hello");
        assertThat(result.err()).isEmpty();
    }

    /// Says every datagram back, from where it came to.
    private static final class LocalEcho extends DatagramProtocol {
        @Override
        public void datagramReceived(ByteBuffer datagram, Address from) {
            Address local = transport().localAddress();
            assertThat(local).isNotNull();
            transport().write(datagram, from, local);
        }
    }

    @Test
    @DisplayName("a port on all addresses answers socat from the one that it was asked at: others socat does not hear")
    void answersFromTheAddressThatWasAsked() throws Exception {
        Foreign.require("socat");
        int four = localEcho("");
        int both = localEcho("::");
        for (String address : List.of("UDP4:127.0.0.5:" + four, "UDP4:127.0.0.6:" + both, "UDP6:[::1]:" + both)) {
            // Two seconds for the answer: socat has no other way to know that no more will come.
            Foreign.Result result =
                    Foreign.run(address.getBytes(StandardCharsets.UTF_8), "socat", "-t2", "-T2", "-", address);

            assertThat(result.text()).isEqualTo(address);
            assertThat(result.err()).isEmpty();
        }
    }

    private int localEcho(String on) throws Exception {
        DatagramOptions options = DatagramOptions.DEFAULT.on(on).withLocalAddresses();
        return live.call(
                () -> live.reactor().listenUdp(0, new LocalEcho(), options).port());
    }

    /// Sends four runs of equal datagrams, each by one call that has the system cut it, and counts what comes back.
    private static final String CUTTER = """
            import socket, struct, sys
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
                s.settimeout(10)
                s.connect(("127.0.0.1", int(sys.argv[1])))
                for run in range(4):
                    data = b"".join(bytes([run * 10 + i]) * 100 for i in range(10))
                    s.sendmsg([data], [(17, 103, struct.pack("H", 100))])
                    back = [s.recv(2000) for i in range(10)]
                    print(b"".join(back) == data, set(map(len, back)))
            """;

    @Test
    @DisplayName("datagrams that the system joins come one by one, and go back so (UDP_GRO, UDP_SEGMENT)")
    void takesAndSendsJoinedDatagrams() throws Exception {
        String python = Foreign.python("socket");
        DatagramOptions options =
                DatagramOptions.DEFAULT.on("127.0.0.1").withReceiveOffload().withSendOffload();
        int port = live.call(
                () -> live.reactor().listenUdp(0, new PacketEcho(), options).port());

        Foreign.Result result = Foreign.run(python, "-c", CUTTER, String.valueOf(port));

        assertThat(result.text() + result.err()).isEqualTo("True {100}\n".repeat(4));
    }
}
