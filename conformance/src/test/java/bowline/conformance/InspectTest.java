package bowline.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import bowline.junit.Program;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `./bowline inspect` and a service that it asks, each a process of its own (issue 4, section 4).
class InspectTest {
    private static final String LISTEN = "tcp:0:interface=127.0.0.1";

    @TempDir
    private Path home;

    @BeforeEach
    void isBuilt() {
        Checkout.requireBuilt();
    }

    private Path sockets() {
        return home.resolve("sockets");
    }

    private Program bowline(String... words) throws IOException {
        Stream<String> command = Stream.of(
                "env",
                "BOWLINE_BUILD=never",
                "BOWLINE_INSPECT_DIR=" + sockets(),
                Checkout.folder().resolve("bowline").toString());
        return Program.command(Stream.concat(command, Stream.of(words)).toList());
    }

    private Program echo(String... globalOptions) throws IOException {
        return bowline(Stream.of(
                        Stream.of("--log-format", "text"),
                        Stream.of(globalOptions),
                        Stream.of("echo", "--listen", LISTEN))
                .flatMap(words -> words)
                .toArray(String[]::new));
    }

    private String inspect(int exitCode, String... words) throws Exception {
        try (Program asker =
                bowline(Stream.concat(Stream.of("inspect"), Stream.of(words)).toArray(String[]::new))) {
            String said = String.join("\n", asker.rest());
            assertEquals(exitCode, asker.exitCode(), said);
            return said;
        }
    }

    private static int readyAt(Program service) throws InterruptedException {
        return Integer.parseInt(service.await("echo is ready: listening on tcp 127\\.0\\.0\\.1:(\\d+)")
                .group(1));
    }

    @Test
    @DisplayName("a running echo is listed and described, and its socket goes with it")
    void describesARunningService() throws Exception {
        try (Program echo = echo("--reactors", "2")) {
            int port = readyAt(echo);
            try (var client = new Socket("127.0.0.1", port)) {
                client.getOutputStream().write('a');
                assertEquals('a', client.getInputStream().read());

                String listed = inspect(0);
                assertThat(listed).matches("\\d+  echo, since 20\\S+Z, 2 reactors");
                String pid = listed.substring(0, listed.indexOf(' '));

                assertThat(inspect(0, pid))
                        .startsWith("process " + pid + ": echo, since ")
                        .contains("reactor 1: running on thread ", "reactor 2: running on thread ")
                        .containsPattern("127\\.0\\.0\\.1:" + port + " for \\S+, 1 accepted")
                        .contains(":" + client.getLocalPort() + " at ")
                        .containsPattern("reading, .* old, 1 bytes in, 1 out")
                        .contains("services: 1\n    echo: ServerService, running, listening at 127.0.0.1:" + port);
                assertThat(inspect(0, pid, "--json"))
                        .startsWith("{\"pid\": " + pid + ", ")
                        .contains("\"received\": 1, \"sent\": 1");
                assertThat(inspect(0, "--metrics", pid))
                        .contains("bowline_received_bytes_total{reactor=\"1\"}")
                        .contains("# TYPE bowline_connections_open gauge");

                echo.signal("USR1");
                echo.await("reactor 1: running on thread");
                echo.await("reading, .* old, 1 bytes in, 1 out");
            }
            echo.signal("TERM");
            assertEquals(143, echo.exitCode());
        }
        assertThat(sockets()).isEmptyDirectory();
        assertThat(inspect(0)).isEqualTo("No bowline of yours runs that could be asked.");
    }

    @Test
    @DisplayName("who wants not to be asked is not, and other processes are told from ours")
    void saysWhyItCannotAsk() throws Exception {
        try (Program echo = echo("--no-inspect")) {
            readyAt(echo);
            assertThat(sockets()).doesNotExist();
        }

        String self = "" + ProcessHandle.current().pid();
        assertThat(inspect(69, self)).contains("process " + self + " (").contains("it is not Bowline");
        assertThat(inspect(69, "1099511627776")).isEqualTo("bowline: there is no process 1099511627776");
        assertThat(inspect(64, "echo")).contains("\"echo\" is not the number of a process");
    }

    @Test
    @DisplayName("a folder that others may use is refused, and the service runs all the same")
    void refusesAFolderOfOthers() throws Exception {
        Files.createDirectory(
                sockets(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")));
        try (Program echo = echo()) {
            readyAt(echo);
            assertThat(echo.seen())
                    .filteredOn(line -> line.contains("bowline inspect cannot ask this process"))
                    .hasSize(1)
                    .allMatch(line -> line.contains("rwxr-x---"));
            assertThat(sockets()).isEmptyDirectory();
        }
        assertThat(inspect(74)).contains("rwxr-x---");
    }

    @Test
    @DisplayName("what a killed process left is cleared away by the next")
    void clearsAwayWhatAKilledProcessLeft() throws Exception {
        Path left;
        try (Program killed = echo()) {
            readyAt(killed);
            left = onlySocket();
            killed.signal("KILL");
            killed.exitCode();
        }
        assertThat(left).exists();
        String pid = left.getFileName().toString().replace(".sock", "");
        assertThat(inspect(69, pid)).contains("has ended without removing it");

        try (Program next = echo()) {
            readyAt(next);
            assertThat(left).doesNotExist();
            assertThat(onlySocket()).isNotEqualTo(left);
        }
    }

    private Path onlySocket() throws IOException {
        try (Stream<Path> files = Files.list(sockets())) {
            List<Path> found = files.toList();
            assertThat(found).hasSize(1);
            return found.getFirst();
        }
    }
}
