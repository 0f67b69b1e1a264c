package bowline.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.log.Logger;
import bowline.log.daemon.JournalObserver;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// LGR-17: what systemd-journald keeps of our log. A journal of the test's own, by a namespace of journald.
class JournalTest {
    private static final Path PROGRAM = Path.of("/lib/systemd/systemd-journald");
    private static final Path KEPT = Path.of("/var/log/journal");

    private final String namespace = "bowline-" + ProcessHandle.current().pid();
    private final Path sockets = Path.of("/run/systemd/journal." + namespace);

    @Test
    void journaldKeepsNameSeverityAndLines() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(PROGRAM), PROGRAM + " is not installed");
        Assumptions.assumeTrue(Files.isWritable(Path.of("/run/systemd")), "only root may start a journald");
        Process journald = new ProcessBuilder(PROGRAM.toString(), namespace)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            Path socket = sockets.resolve("stdout");
            Await.until(() -> listens(socket) || !journald.isAlive(), () -> "journald listens at " + socket);
            Assumptions.assumeTrue(journald.isAlive(), "journald does not start here");
            try (var journal = new JournalObserver("poetry", socket)) {
                Logger log = Logger.of("poetry.Server").to(journal);
                log.info("{} readers", 3);
                log.error("a peer said {text}", "x\n<0>forged");
                log.critical("two\nlines");
            }

            Await.until(() -> entries().size() >= 4, () -> "four entries, there are " + entries());
            assertThat(entries())
                    .containsExactly(
                            "6 [poetry.Server] 3 readers",
                            "3 [poetry.Server] a peer said x\\n<0>forged",
                            "2 [poetry.Server] two",
                            "2 lines");
        } finally {
            journald.destroy();
            journald.waitFor(10, TimeUnit.SECONDS);
            delete(sockets);
            for (Path kept : ourFolders()) {
                delete(kept);
            }
        }
    }

    /// The socket is there a moment before journald listens at it.
    private static boolean listens(Path socket) {
        try (var probe = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            return probe.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /// Severity and text of what the journal has under our name.
    private List<String> entries() throws Exception {
        String json = Foreign.run(
                        "journalctl", "--namespace=" + namespace, "-t", "poetry", "-o", "export", "--no-pager")
                .text();
        return Stream.of(json.split("\n\n"))
                .filter(entry -> entry.contains("\nMESSAGE="))
                .map(entry ->
                        field(entry, "PRIORITY") + " " + field(entry, "MESSAGE").strip())
                .toList();
    }

    private static String field(String entry, String name) {
        return entry.lines()
                .filter(line -> line.startsWith(name + "="))
                .map(line -> line.substring(name.length() + 1))
                .findFirst()
                .orElse("no " + name);
    }

    private List<Path> ourFolders() throws IOException {
        if (!Files.isDirectory(KEPT)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(KEPT)) {
            return all.filter(folder -> folder.toString().endsWith("." + namespace))
                    .toList();
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
