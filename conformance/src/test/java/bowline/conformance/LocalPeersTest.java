package bowline.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import bowline.defer.Deferred;
import bowline.endpoint.ClientEndpoint;
import bowline.endpoint.EndpointString;
import bowline.endpoint.ServerEndpoint;
import bowline.failure.Failure;
import bowline.junit.Program;
import bowline.protocol.CannotListenError;
import bowline.protocol.Factory;
import bowline.protocol.HalfCloseable;
import bowline.protocol.Protocol;
import bowline.reactor.ListeningPort;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// UNIX sockets against `nc`, `socat` and Twisted, and standard input and output in a shell's pipe.
class LocalPeersTest {
    private static final String PYTHON_SERVER = """
            import sys
            from twisted.internet import endpoints, protocol, reactor, stdio
            class Echo(protocol.Protocol):
                def dataReceived(self, data):
                    self.transport.write(data)
            class Parent(protocol.Protocol):
                def connectionLost(self, reason):
                    reactor.stop()
            d = endpoints.serverFromString(reactor, "unix:" + sys.argv[1]).listen(protocol.Factory.forProtocol(Echo))
            def listening(port):
                print("listening", flush=True)
                stdio.StandardIO(Parent())
            def refused(failure):
                print(failure.type.__name__, flush=True)
                reactor.callWhenRunning(reactor.stop)
            d.addCallbacks(listening, refused)
            reactor.run()
            """;
    private static final String PYTHON_CLIENT = """
            import sys
            from twisted.internet import endpoints, protocol, reactor
            class Client(protocol.Protocol):
                def connectionMade(self):
                    self.transport.write(b"hello")
                def dataReceived(self, data):
                    print("got", data.decode(), self.transport.getPeer().name.decode())
                    self.transport.loseConnection()
                def connectionLost(self, reason):
                    reactor.stop()
            def failed(failure):
                print(failure.type.__name__)
                reactor.stop()
            endpoint = endpoints.clientFromString(reactor, "unix:" + sys.argv[1] + ":lockfile=1")
            endpoint.connect(protocol.Factory.forProtocol(Client)).addErrback(failed)
            reactor.run()
            """;

    @TempDir
    private Path folder;

    private Path socket;
    private Path lock;
    private LiveReactor live;

    @BeforeEach
    void begin() {
        socket = folder.resolve("socket");
        lock = folder.resolve("socket.lock");
        live = new LiveReactor();
    }

    @AfterEach
    void end() {
        live.close();
        assertThat(Files.exists(lock, LinkOption.NOFOLLOW_LINKS))
                .as("a lock is left")
                .isFalse();
    }

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

    /// Says something, and fires with all that came back when the connection is lost.
    private static final class Asking extends Protocol implements HalfCloseable {
        private final Deferred<String> answer = new Deferred<>();
        private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

        @Override
        public void connectionMade() {
            transport().write("hello");
        }

        @Override
        public void dataReceived(ByteBuffer unread) {
            while (unread.hasRemaining()) {
                heard.write(unread.get());
            }
            if (heard.size() == 5) {
                transport().loseConnection();
            }
        }

        @Override
        public void readConnectionLost() {
            transport().loseConnection();
        }

        @Override
        public void writeConnectionLost() {}

        @Override
        public void connectionLost(Failure reason) {
            answer.callback(heard.toString(StandardCharsets.UTF_8));
        }
    }

    private ListeningPort listen() throws Exception {
        return live.await(() -> ServerEndpoint.of(live.reactor(), "unix:" + EndpointString.quote(socket.toString()))
                .listen(Factory.of(Echo::new)));
    }

    private String ask(String arguments) throws Exception {
        var asking = new Asking();
        return live.await(
                () -> ClientEndpoint.of(live.reactor(), "unix:" + EndpointString.quote(socket.toString()) + arguments)
                        .connectProtocol(asking)
                        .addCallbackDeferring(it -> it.answer));
    }

    private static byte[] random(int count) {
        var bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }

    @Test
    @DisplayName("UNX-1: nc gets three megabytes back from our echo")
    void netcat() throws Exception {
        Foreign.require("nc");
        listen();
        byte[] bytes = random(3_000_000);
        assertArrayEquals(
                bytes, Foreign.run(bytes, "nc", "-N", "-U", socket.toString()).out());
    }

    @Test
    @DisplayName("UNX-1: so does socat, which has bound its own end to a name")
    void socatClient() throws Exception {
        Foreign.require("socat");
        listen();
        byte[] bytes = random(1_000_000);
        String named = "UNIX-CONNECT:" + socket + ",bind=" + folder.resolve("named");
        assertArrayEquals(bytes, Foreign.run(bytes, "socat", "-t10", "-", named).out());
    }

    @Test
    @DisplayName("UNX-2: we talk to a server of socat")
    void socatServer() throws Exception {
        Foreign.require("socat");
        try (Program socat = Program.command(List.of("socat", "-d", "-d", "UNIX-LISTEN:" + socket, "EXEC:cat"))) {
            socat.await("listening on");
            assertEquals("hello", ask(""));
        }
    }

    @Test
    @DisplayName("UNX-2, UNX-7: Twisted's client finds our lock, and our echo behind it")
    void twistedClient() throws Exception {
        String python = Foreign.python("twisted");
        listen();
        Foreign.Result result = Foreign.run(python, "-c", PYTHON_CLIENT, socket.toString());
        assertEquals("got hello " + socket + "\n", result.text(), result.err());
    }

    @Test
    @DisplayName("UNX-2: Twisted's client misses a lock where we have none")
    void twistedClientWithoutLock() throws Exception {
        String python = Foreign.python("twisted");
        live.await(() -> ServerEndpoint.of(live.reactor(), "unix:" + socket + ":lockfile=0")
                .listen(Factory.of(Echo::new)));
        Foreign.Result result = Foreign.run(python, "-c", PYTHON_CLIENT, socket.toString());
        assertEquals("BadFileError\n", result.text(), result.err());
    }

    @Test
    @DisplayName("UNX-3, UNX-7: we find Twisted's lock, and do not take its place while it lives")
    void twistedServer() throws Exception {
        String python = Foreign.python("twisted");
        try (Program server = Program.command(List.of(python, "-c", PYTHON_SERVER, socket.toString()))) {
            server.await("listening");
            assertEquals("hello", ask(":lockfile=1"));
            assertThatThrownBy(this::listen)
                    .isInstanceOf(CannotListenError.class)
                    .hasMessageContaining("a living process holds the lock");
        }
        Files.deleteIfExists(lock);
    }

    @Test
    @DisplayName("UNX-3, UNX-7: Twisted does not take our place while we live")
    void twistedServerBesideOurs() throws Exception {
        String python = Foreign.python("twisted");
        listen();
        Foreign.Result result = Foreign.run(python, "-c", PYTHON_SERVER, socket.toString());
        assertEquals("CannotListenError\n", result.text(), result.err());
        assertEquals("hello", ask(":lockfile=1"));
    }

    @Test
    @DisplayName("UNX-3: we take over what a killed Twisted left")
    void takesOverFromTwisted() throws Exception {
        String python = Foreign.python("twisted");
        Process killed = new ProcessBuilder(python, "-c", PYTHON_SERVER, socket.toString()).start();
        assertEquals("listening", killed.inputReader().readLine());
        killed.destroyForcibly().waitFor();
        assertThat(Files.exists(lock, LinkOption.NOFOLLOW_LINKS)).isTrue();

        listen();
        assertEquals("hello", ask(":lockfile=1"));
    }

    @Test
    @DisplayName("STD-1: ten megabytes through our echo in a pipe of the shell, which then ends by itself")
    void pipeOfTheShell() throws Exception {
        Checkout.requireBuilt();
        byte[] bytes = random(10_000_000);
        Foreign.Result result = Foreign.run(
                bytes,
                "env",
                "BOWLINE_BUILD=never",
                Checkout.folder().resolve("bowline").toString(),
                "--log-format",
                "text",
                "echo",
                "--listen",
                "stdio:");
        assertArrayEquals(bytes, result.out(), result.err());
        assertEquals(0, result.exitCode());
        assertThat(result.err()).contains("echo is ready: listening on standard input");
    }

    @Test
    @DisplayName("STD-1: it ends too when the reader of its output goes")
    void readerThatGoes() throws Exception {
        Checkout.requireBuilt();
        Foreign.Result result = Foreign.run(
                "sh",
                "-c",
                "yes | BOWLINE_BUILD=never '" + Checkout.folder().resolve("bowline")
                        + "' echo --listen stdio: 2>/dev/null | head -n 1");
        assertEquals("y\n", result.text());
    }

    @Test
    @DisplayName("UNX-1, WEB-8: curl fetches a page by a UNIX socket, and the access log knows no host")
    void curl() throws Exception {
        Foreign.require("curl");
        Checkout.requireBuilt();
        Files.writeString(folder.resolve("page.txt"), "hello");
        try (Program web = Checkout.bowline("web", "--path", folder.toString(), "--listen", "unix:" + socket)) {
            web.await("listening on unix:");
            Foreign.Result got =
                    Foreign.run("curl", "-s", "--unix-socket", socket.toString(), "http://localhost/page.txt");
            assertEquals("hello", got.text());
            web.await("- - - \\[.*\"GET /page.txt HTTP/1.1\" 200");
        }
        Files.deleteIfExists(lock);
    }
}
