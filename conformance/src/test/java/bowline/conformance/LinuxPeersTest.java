package bowline.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import bowline.protocol.Address;
import bowline.protocol.Factory;
import bowline.protocol.FileDescriptorReceiver;
import bowline.protocol.HalfCloseable;
import bowline.protocol.Protocol;
import bowline.protocol.UnixTransport;
import bowline.reactor.ReactorProvider;
import bowline.reactor.UnixListenOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
}
