package bowline.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import bowline.junit.Program;
import bowline.reactor.ReactorProvider;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// END-10: `./bowline` with sockets that were opened before it was started: by Python in the manager's part, and by
/// systemd-socket-activate.
class SocketActivationTest {
    /// Opens the sockets that the first word names, prints their ports, and becomes the program behind that.
    private static final String ACTIVATOR = """
            import os, socket, sys
            names, held = [], []
            for word in sys.argv[1].split(","):
                name, where = word.split("=")
                if where.startswith("/"):
                    s = socket.socket(socket.AF_UNIX); s.bind(where)
                else:
                    s = socket.socket(socket.AF_INET6 if ":" in where else socket.AF_INET); s.bind((where, 0))
                    print(name, s.getsockname()[1], flush=True)
                s.listen(50)
                held.append(s); names.append(name)
            copies = [os.dup(s.fileno()) for s in held]
            high = [os.dup2(c, 200 + i) for i, c in enumerate(copies)]
            os.closerange(3, 200)
            for i, h in enumerate(high):
                os.dup2(h, 3 + i, inheritable=True); os.close(h)
            os.environ.update(LISTEN_PID=str(os.getpid()), LISTEN_FDS=str(len(names)), LISTEN_FDNAMES=":".join(names))
            os.execvp(sys.argv[2], sys.argv[2:])
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void isBuilt() {
        Checkout.requireBuilt();
        assumeTrue(ReactorProvider.best().name().matches("uring|epoll"), "the reactor adopts no descriptors");
    }

    private static Program activated(String sockets, String... words) throws Exception {
        return Checkout.bowlineBehind(List.of(Foreign.python("socket"), "-c", ACTIVATOR, sockets), words);
    }

    private static void assertEchoes(int port) throws IOException {
        try (var client = new Socket("localhost", port)) {
            client.setSoTimeout(20_000);
            client.getOutputStream().write("ahoy".getBytes(StandardCharsets.US_ASCII));
            assertThat(client.getInputStream().readNBytes(4)).asString().isEqualTo("ahoy");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    @DisplayName("by name and by place, of all kinds, shared by several reactors")
    void servesAtThem(String reactors) throws Exception {
        Path path = folder.resolve("socket");
        try (Program echo = activated(
                "first=127.0.0.1,second=::1,third=" + path,
                "echo",
                "--reactors",
                reactors,
                "--listen",
                "systemd:domain=INET:index=0",
                "--listen",
                "systemd:domain=INET6:name=second",
                "--listen",
                "systemd:name=third")) {
            int first = Integer.parseInt(echo.await("^first (\\d+)").group(1));
            int second = Integer.parseInt(echo.await("^second (\\d+)").group(1));
            echo.await("echo is ready: listening on tcp 127.0.0.1:" + first + ", tcp \\[::1\\]:" + second + ", unix:"
                    + path);

            for (int i = 0; i < 3; i++) {
                assertEchoes(first);
            }
            try (var client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                client.connect(UnixDomainSocketAddress.of(path));
            }
            echo.signal("TERM");
            assertThat(echo.exitCode()).isEqualTo(143);
            assertThat(path).as("whose it is removes it").exists();
        }
    }

    @Test
    @DisplayName("what is not there, and what is of another kind, is refused with what there is")
    void refusesOthers() throws Exception {
        try (Program echo = activated("web=127.0.0.1", "echo", "--listen", "systemd:name=poem")) {
            echo.await("there is no socket named \"poem\" .* there are 1, named web");
            assertThat(echo.exitCode()).isEqualTo(64);
        }
        try (Program echo = activated("web=127.0.0.1", "echo", "--listen", "systemd:domain=UNIX:index=0")) {
            echo.await("cannot listen on systemd:index=0: .*socket of INET at .*write domain=INET");
            assertThat(echo.exitCode()).isEqualTo(69);
        }
        try (Program echo = activated("web=127.0.0.1", "--reactor", "nio", "echo", "--listen", "systemd:index=0")) {
            echo.await("NioReactor cannot adopt descriptor 3, .*epoll and uring");
            assertThat(echo.exitCode()).isEqualTo(69);
        }
    }

    @Test
    @DisplayName("children hear nothing of it")
    void keepsTheVariablesFromChildren() throws Exception {
        try (Program inetd = activated("web=127.0.0.1", "inetd", "--service", "systemd:name=web run env")) {
            int port = Integer.parseInt(inetd.await("^web (\\d+)").group(1));
            inetd.await("inetd is ready");
            try (var client = new Socket("127.0.0.1", port)) {
                client.setSoTimeout(20_000);
                assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                        .contains("PATH=", "REMOTE_ADDR=127.0.0.1")
                        .doesNotContain("LISTEN_");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"systemd:name=web", "fd:3"})
    @DisplayName("a successor gets them too, and the successor's successor")
    void handsThemOver(String endpoint) throws Exception {
        Path log = folder.resolve("log");
        try (Program echo = activated(
                        "web=127.0.0.1",
                        "--log-file",
                        log.toString(),
                        "--restart-on",
                        "HUP",
                        "echo",
                        "--listen",
                        endpoint);
                Program lines = Program.command(List.of("tail", "-n", "+1", "-F", log.toString()))) {
            int port = Integer.parseInt(echo.await("^web (\\d+)").group(1));
            lines.await("echo is ready");
            long pid = echo.pid();
            for (int i = 0; i < 2; i++) {
                Foreign.run("kill", "-HUP", String.valueOf(pid));
                long next =
                        Long.parseLong(lines.await("process (\\d+) serves now").group(1));
                Await.end(pid);
                pid = next;
                assertEchoes(port);
            }
            Foreign.run("kill", "-TERM", String.valueOf(pid));
            Await.end(pid);
        }
    }

    @Test
    @DisplayName("systemd-socket-activate starts it with the first client, who is served")
    void startedBySystemd() throws Exception {
        Foreign.require("systemd-socket-activate");
        int port;
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        try (Program echo = Checkout.bowlineBehind(
                List.of("systemd-socket-activate", "-l", "127.0.0.1:" + port, "--fdname=web"),
                "echo",
                "--listen",
                "systemd:name=web")) {
            echo.await("Listening on 127.0.0.1:" + port);

            assertEchoes(port);

            echo.await("echo is ready: listening on tcp 127.0.0.1:" + port);
        }
    }
}
