package bowline.web.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.endpoint.ServerEndpoint;
import bowline.protocol.Address;
import bowline.reactor.Reactor;
import bowline.service.ServerService;
import bowline.web.file.StaticFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The server on a real reactor, with a blocking client on a port of the system's choice.
@Timeout(30)
class RealConnectionTest {
    @TempDir
    private Path root;

    private final byte[] large = new byte[5_000_000];
    private Reactor reactor;
    private ServerService service;
    private Thread thread;
    private int port;

    @BeforeEach
    void start() throws Exception {
        new Random(1).nextBytes(large);
        Files.write(root.resolve("large.bin"), large);
        Files.writeString(root.resolve("hello.txt"), "hello");
        reactor = Reactor.create();
        var site = new Site(new StaticFiles(root));
        service = ServerService.throwing(ServerEndpoint.of(reactor, "tcp:0:interface=127.0.0.1"), site);
        service.start();
        port = ((Address.IPv4) Objects.requireNonNull(service.host())).port();
        thread = Thread.ofPlatform().start(() -> reactor.run(false));
        var running = new CountDownLatch(1);
        reactor.callFromThread(running::countDown);
        assertTrue(running.await(10, TimeUnit.SECONDS));
    }

    @AfterEach
    void stop() throws Exception {
        reactor.callFromThread(() -> service.drain(Duration.ZERO).onBoth(reactor::stop));
        thread.join(10_000);
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), port);
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n";
    }

    /// Reads a head, and a body as long as it says.
    private static byte[] body(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
            int b = in.read();
            if (b < 0) {
                throw new IOException("ended in the head: " + head);
            }
            head.write(b);
        }
        String text = head.toString(StandardCharsets.US_ASCII);
        int at = text.indexOf("Content-Length: ") + "Content-Length: ".length();
        return in.readNBytes(Integer.parseInt(text, at, text.indexOf('\r', at), 10));
    }

    @Test
    @DisplayName("files small and large, pipelined, come whole and in order")
    void servesPipelinedFiles() throws IOException {
        try (Socket socket = connect()) {
            for (int round = 0; round < 3; round++) {
                send(
                        socket,
                        get("/hello.txt")
                                + get("/large.bin")
                                + get("/nothing")
                                + get("/large.bin")
                                + get("/hello.txt"));
                assertEquals("hello", new String(body(socket.getInputStream()), StandardCharsets.US_ASCII));
                assertArrayEquals(large, body(socket.getInputStream()));
                assertTrue(new String(body(socket.getInputStream()), StandardCharsets.US_ASCII).contains("404"));
                assertArrayEquals(large, body(socket.getInputStream()));
                assertEquals("hello", new String(body(socket.getInputStream()), StandardCharsets.US_ASCII));
            }
        }
    }

    @Test
    @DisplayName("H1-9: more pipelined requests than may wait are all answered")
    void answersManyPipelinedRequests() throws IOException {
        try (Socket socket = connect()) {
            send(socket, get("/hello.txt").repeat(500));
            for (int i = 0; i < 500; i++) {
                assertEquals("hello", new String(body(socket.getInputStream()), StandardCharsets.US_ASCII));
            }
        }
    }

    @Test
    @DisplayName("H1-8: a refusal reaches a client that goes on sending")
    void refusalsArrive() throws IOException {
        try (Socket socket = connect()) {
            send(
                    socket,
                    "POST /hello.txt HTTP/1.1\r\nHost: a\r\nContent-Length: 60000000\r\n\r\n" + "x".repeat(100_000));
            String response = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertTrue(response.startsWith("HTTP/1.1 405 "), response);
        }
    }

    @Test
    @DisplayName("TRA-10: a client that closes its side is answered and then closed")
    void answersHalfClosedClients() throws IOException {
        try (Socket socket = connect()) {
            send(socket, get("/large.bin"));
            socket.shutdownOutput();
            assertArrayEquals(large, body(socket.getInputStream()));
            assertEquals(-1, socket.getInputStream().read());
        }
    }

    @Test
    @DisplayName("draining: a large response that is under way is finished, an idle connection is closed")
    void drains() throws Exception {
        try (Socket idle = connect();
                Socket busy = connect()) {
            send(idle, get("/hello.txt"));
            body(idle.getInputStream());
            send(busy, get("/large.bin"));
            assertEquals('H', busy.getInputStream().read());
            reactor.callFromThread(() -> service.stop());

            assertEquals(-1, idle.getInputStream().read());
            assertArrayEquals(large, body(busy.getInputStream()));
            assertEquals(-1, busy.getInputStream().read());
        }
    }
}
