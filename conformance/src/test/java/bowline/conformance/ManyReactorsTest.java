package bowline.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import bowline.junit.Program;
import bowline.run.Main;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `bowline web --reactors 2` as a real process, under load (LIS-10, RUN-2).
class ManyReactorsTest {
    private static final String LISTEN = "tcp:0:interface=127.0.0.1";
    private static final int CLIENTS = 8;

    @TempDir
    private Path site;

    @BeforeEach
    void aPage() throws IOException {
        Files.writeString(site.resolve("hello.txt"), "hello, world\n");
    }

    private Program web(String... more) throws Exception {
        String[] words = {
            "--log-format",
            "text",
            "web",
            "--reactors",
            "2",
            "--listen",
            LISTEN,
            "--path",
            site.toString(),
            "--max-connections-per-source",
            "1000",
            "--access-log",
            site.resolve("access.log").toString()
        };
        String[] all = java.util.stream.Stream.concat(java.util.Arrays.stream(words), java.util.Arrays.stream(more))
                .toArray(String[]::new);
        return Program.start(Main.class, all);
    }

    @Test
    @DisplayName("wrk gets nothing but answers, and each has its whole line in the access log")
    void wrk() throws Exception {
        Foreign.require("wrk");
        try (Program web = web()) {
            String report = Foreign.run("wrk", "-t1", "-c32", "-d2s", "http://127.0.0.1:" + web.port() + "/hello.txt")
                    .text();
            assertThat(report)
                    .contains("requests in")
                    .doesNotContain("Socket errors")
                    .doesNotContain("Non-2xx");
        }
        assertThat(Files.readAllLines(site.resolve("access.log")))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).matches("127\\.0\\.0\\.1 - - \\[.*\" 200 13 \"-\" \"-\""));
    }

    @Test
    @DisplayName("SIGTERM under load: whoever was answered was answered whole, and the process ends by 143")
    void drainsUnderLoad() throws Exception {
        var whole = new AtomicInteger();
        var cut = new AtomicInteger();
        var told = new AtomicBoolean();
        try (Program web = web()) {
            int port = Integer.parseInt(web.port());
            try (var clients = Executors.newFixedThreadPool(CLIENTS)) {
                for (int i = 0; i < CLIENTS; i++) {
                    clients.submit((Callable<@Nullable Void>) () -> {
                        while (ask(port, whole, cut)) {
                            if (whole.get() > 400 && told.compareAndSet(false, true)) {
                                web.signal("TERM");
                            }
                        }
                        return null;
                    });
                }
            }
            assertEquals(143, web.exitCode());
        }
        assertThat(whole.get()).isGreaterThan(400);
        assertEquals(0, cut.get());
    }

    /// Asks for the page on a connection of its own, until nobody listens.
    private static boolean ask(int port, AtomicInteger whole, AtomicInteger cut) {
        var answer = new StringBuilder();
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream()
                    .write("GET /hello.txt HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            for (int next = socket.getInputStream().read();
                    next >= 0;
                    next = socket.getInputStream().read()) {
                answer.append((char) next);
            }
        } catch (ConnectException nobody) {
            return false;
        } catch (IOException broken) {
            // It was not accepted, or not yet heard, when the server closed its doors: its answer is empty.
        }
        if (answer.toString().endsWith("hello, world\n")) {
            whole.incrementAndGet();
        } else if (!answer.isEmpty()) {
            cut.incrementAndGet();
        }
        return true;
    }
}
