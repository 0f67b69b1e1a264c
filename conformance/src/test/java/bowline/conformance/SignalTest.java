package bowline.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.junit.Program;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Signals to `./bowline` as a real process: the script has become the JVM, so it is the one that gets them
/// (SIG-1 to SIG-4, RUN-2).
class SignalTest {
    /// More than what the sockets between two programs hold, so that a client who does not read keeps the server
    /// waiting.
    private static final int LARGE_BYTES = 20_000_000;

    private static final Duration TIME_LIMIT = Duration.ofSeconds(10);
    private static final String LISTEN = "tcp:0:interface=127.0.0.1";

    @TempDir
    private Path folder;

    @BeforeEach
    void isBuilt() {
        Checkout.requireBuilt();
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    @DisplayName("SIG-1, SIG-3: echo says by which signal it ends, and closes its port and connections")
    void endsEcho(String signal, int exitCode) throws Exception {
        try (Program echo = Checkout.bowline("echo", "--listen", LISTEN)) {
            int port = readyAt(echo);
            try (var client = new Socket("127.0.0.1", port)) {
                client.getOutputStream().write('a');
                assertEquals('a', client.getInputStream().read());

                echo.signal(signal);

                assertEquals(-1, client.getInputStream().read());
            }
            endedBy(signal, exitCode, echo, port);
        }
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    @DisplayName("SIG-1: an idle web server ends at once, and takes its pid file along")
    void endsWeb(String signal, int exitCode) throws Exception {
        Path pid = folder.resolve("pid");
        try (Program web = Checkout.bowline(
                "--pid-file", pid.toString(), "web", "--listen", LISTEN, "--path", folder.toString())) {
            int port = readyAt(web);
            assertTrue(Files.exists(pid));

            web.signal(signal);

            endedBy(signal, exitCode, web, port);
            assertFalse(Files.exists(pid));
        }
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    @DisplayName("a download in flight is completed before the process ends, while new clients are refused")
    void completesADownload(String signal, int exitCode) throws Exception {
        byte[] file = largeFile();
        try (Program web = web("30s")) {
            int port = readyAt(web);
            try (Socket download = download(port)) {
                web.signal(signal);
                web.await("Waiting at most 30.0 s for 1 connections to finish");
                awaitRefusal(port);

                byte[] answer = download.getInputStream().readAllBytes();

                String end = new String(answer, answer.length - file.length, file.length, StandardCharsets.ISO_8859_1);
                assertArrayEquals(file, end.getBytes(StandardCharsets.ISO_8859_1));
            }
            endedBy(signal, exitCode, web, port);
        }
    }

    @Test
    @DisplayName("a download that nobody reads is ended at --drain")
    void endsADownloadAtTheDeadline() throws Exception {
        largeFile();
        try (Program web = web("1s")) {
            int port = readyAt(web);
            try (Socket download = download(port)) {
                web.signal("TERM");

                web.await("1 connections did not finish in time and are aborted");
                assertEquals(143, web.exitCode());
                assertCutShort(download);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    @DisplayName("SIG-4: a second signal ends the draining at once, and leaves its files in order")
    void aSecondSignalEndsAtOnce(String signal, int exitCode) throws Exception {
        largeFile();
        Path pid = folder.resolve("pid");
        try (Program web = web("600s", "--pid-file", pid.toString())) {
            int port = readyAt(web);
            try (Socket download = download(port)) {
                web.signal(signal);
                web.await("Waiting at most 600.0 s");

                web.signal(signal);

                web.await("Interrupted again: aborting what is still open");
                endedBy(signal, exitCode, web, port);
                assertCutShort(download);
            }
            assertFalse(Files.exists(pid));
            assertThat(Files.readString(accessLog()))
                    .as("whole lines")
                    .matches("(127\\.0\\.0\\.1 .*\"GET /file HTTP/1\\.1\".*\n)?");
        }
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    @DisplayName("SIG-4: signals that keep coming do no harm")
    void manySignals(String signal, int exitCode) throws Exception {
        largeFile();
        try (Program web = web("600s")) {
            int port = readyAt(web);
            try (Socket download = download(port)) {
                web.signal(signal);
                web.await("Waiting at most 600.0 s");
                for (int i = 0; i < 5; i++) {
                    web.signal(signal);
                }
                assertEquals(exitCode, web.exitCode());
                assertThat(web.rest()).noneMatch(line -> line.contains("Exception") || line.contains("Error"));
                assertRefused(port);
                assertCutShort(download);
            }
        }
    }

    private Program web(String drain, String... global) throws IOException {
        var words = new ArrayList<>(List.of(global));
        words.addAll(List.of("web", "--listen", LISTEN, "--path", folder.toString(), "--drain", drain));
        words.addAll(List.of("--access-log", accessLog().toString()));
        return Checkout.bowline(words.toArray(String[]::new));
    }

    /// Where it listens, once it hears signals: before, they end it as they end any process.
    private static int readyAt(Program service) throws InterruptedException {
        return Integer.parseInt(service.await("is ready: listening on tcp 127\\.0\\.0\\.1:(\\d+)")
                .group(1));
    }

    private Path accessLog() {
        return folder.resolve("access.log");
    }

    private byte[] largeFile() throws IOException {
        byte[] bytes = new byte[LARGE_BYTES];
        new Random(4).nextBytes(bytes);
        Files.write(folder.resolve("file"), bytes);
        return bytes;
    }

    /// A download that has begun and goes on when it is read.
    private static Socket download(int port) throws IOException {
        var socket = new Socket("127.0.0.1", port);
        socket.getOutputStream().write("GET /file HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        assertEquals('H', socket.getInputStream().read());
        return socket;
    }

    private static void endedBy(String signal, int exitCode, Program program, int port) throws Exception {
        assertEquals(exitCode, program.exitCode());
        program.rest();
        assertThat(program.seen())
                .anyMatch(line -> line.endsWith("Received SIG" + signal + ", shutting down."))
                .last()
                .asString()
                .endsWith("Main loop terminated.");
        assertRefused(port);
    }

    /// Reads what is still on its way, which is not all of the file.
    private static void assertCutShort(Socket download) {
        long bytes = 0;
        try (var in = download.getInputStream()) {
            byte[] piece = new byte[100_000];
            for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
                bytes += length;
            }
        } catch (IOException reset) {
            // An aborted connection is reset, unless the process was gone first.
        }
        assertThat(bytes).isLessThan(LARGE_BYTES);
    }

    /// The system closes the port a moment after the log says so.
    private static void awaitRefusal(int port) {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < TIME_LIMIT.toNanos()) {
            try (var late = new Socket("127.0.0.1", port)) {
                Thread.onSpinWait();
            } catch (IOException refused) {
                return;
            }
        }
        throw new AssertionError("port " + port + " still takes connections");
    }

    private static void assertRefused(int port) {
        assertThrows(ConnectException.class, () -> new Socket("127.0.0.1", port).close());
    }
}
