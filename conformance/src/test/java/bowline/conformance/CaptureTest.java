package bowline.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.capture.CaptureEvent;
import bowline.capture.CaptureEvent.Kind;
import bowline.capture.CapturedConnection;
import bowline.junit.Program;
import bowline.testing.Replay;
import bowline.testing.ReplayReport;
import bowline.web.file.StaticFiles;
import bowline.web.server.Site;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `--capture` of commands that run as processes (issue 4, section 4).
class CaptureTest {
    private static final String LISTEN = "tcp:0:interface=127.0.0.1";
    private static final String REQUEST =
            "GET /poem.txt HTTP/1.1\r\nHost: here\r\nAuthorization: Basic c2VjcmV0\r\nConnection: close\r\n\r\n";

    @TempDir
    private Path home;

    @BeforeEach
    void isBuilt() {
        Checkout.requireBuilt();
    }

    private Program captured(String service, Path folder, String... options) throws IOException {
        Stream<String> words =
                Stream.of(service, "--listen", LISTEN, "--capture", folder.toString(), "--capture-mode", "on");
        return Checkout.bowline(Stream.concat(words, Stream.of(options)).toArray(String[]::new));
    }

    private static int port(Program service) throws InterruptedException {
        return Integer.parseInt(service.await("is ready: listening on tcp 127\\.0\\.0\\.1:(\\d+)")
                .group(1));
    }

    private static String get(int port) throws IOException {
        try (var client = new Socket("127.0.0.1", port)) {
            client.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
            return new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static CapturedConnection only(Program service, Path folder) throws Exception {
        service.await("A connection with .* was captured in ");
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> all = files.toList();
            assertEquals(1, all.size());
            return CapturedConnection.read(all.getFirst());
        }
    }

    private static String bytes(CapturedConnection captured, Kind kind) {
        var bytes = new ByteArrayOutputStream();
        captured.events().stream()
                .filter(event -> event.kind() == kind)
                .map(CaptureEvent::bytes)
                .forEach(bytes::writeBytes);
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    @DisplayName("what a web server was asked and answered is replayed against the same site")
    void web() throws Exception {
        Path files = Files.createDirectory(home.resolve("files"));
        Files.writeString(files.resolve("poem.txt"), "Some say the world will end in fire");
        Path folder = home.resolve("captures");
        try (Program web = captured("web", folder, "--path", files.toString())) {
            assertThat(get(port(web))).endsWith("end in fire");

            CapturedConnection captured = only(web, folder);

            assertThat(bytes(captured, Kind.RECEIVED))
                    .startsWith("GET /poem.txt HTTP/1.1\r\n")
                    .doesNotContain("c2VjcmV0");
            ReplayReport report =
                    Replay.of(captured).against(new Site(new StaticFiles(files, List.of("index.html"), false)));
            assertTrue(report.isSame(), report.toString());
        }
    }

    @Test
    @DisplayName("echo and port forwarding are captured by the same words")
    void echoBehindPortForward() throws Exception {
        Path near = home.resolve("near");
        Path far = home.resolve("far");
        try (Program echo = captured("echo", far);
                Program forward = captured("portforward", near, "--to", "tcp:127.0.0.1:" + port(echo))) {
            try (var client = new Socket("127.0.0.1", port(forward))) {
                client.getOutputStream().write("over the hills".getBytes(StandardCharsets.US_ASCII));
                assertEquals(
                        "over the hills",
                        new String(client.getInputStream().readNBytes(14), StandardCharsets.US_ASCII));
            }
            for (CapturedConnection captured : List.of(only(echo, far), only(forward, near))) {
                assertEquals("over the hills", bytes(captured, Kind.RECEIVED));
                assertEquals("over the hills", bytes(captured, Kind.WRITTEN));
            }
        }
    }
}
