package bowline.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import bowline.log.CapturedLogs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// TLS-16: the file of secrets.
class KeyLogFileTest {
    @TempDir
    private Path folder;

    private static String rights(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    @DisplayName("RFC 9850: a line each, behind what is there; for the owner alone, and loud in the log")
    void writesLines() throws IOException {
        Path file = folder.resolve("keys.log");
        try (var logs = CapturedLogs.open()) {
            try (KeyLogFile keys = KeyLogFile.open(file)) {
                keys.line("CLIENT_RANDOM 00 01");
                keys.line("CLIENT_RANDOM 02 03");
            }
            assertThat(logs.texts())
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains("keys.log: whoever reads it reads their traffic");
        }
        assertThat(rights(file)).isEqualTo("rw-------");

        try (KeyLogFile keys = KeyLogFile.open(file)) {
            keys.line("CLIENT_RANDOM 04 05");
        }
        assertThat(Files.readString(file)).isEqualTo("CLIENT_RANDOM 00 01\nCLIENT_RANDOM 02 03\nCLIENT_RANDOM 04 05\n");
    }

    @Test
    void aFileThatOthersCouldReadIsClosedToThem() throws IOException {
        Path file = folder.resolve("keys.log");
        Files.writeString(file, "old\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        KeyLogFile.open(file).close();

        assertThat(rights(file)).isEqualTo("rw-------");
        assertThat(Files.readString(file)).isEqualTo("old\n");
    }

    @Test
    void linesOfManyThreadsStayWhole() throws Exception {
        Path file = folder.resolve("keys.log");
        String line = "x".repeat(150);
        List<Thread> threads = new ArrayList<>();
        try (KeyLogFile keys = KeyLogFile.open(file)) {
            for (int i = 0; i < 4; i++) {
                threads.add(Thread.ofPlatform().start(() -> {
                    for (int j = 0; j < 50; j++) {
                        keys.line(line);
                    }
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
        assertThat(Files.readAllLines(file)).hasSize(200).containsOnly(line);
    }

    @Test
    void theEnvironmentNamesItOrNot() throws IOException {
        assertThat(KeyLogFile.ofEnvironment(null)).isNull();
        assertThat(KeyLogFile.ofEnvironment("")).isNull();
        Path file = folder.resolve("named");
        KeyLogFile keys = KeyLogFile.ofEnvironment(file.toString());
        assertThat(keys).isNotNull();
        assertThat(keys.file()).isEqualTo(file);
        keys.close();
        keys.line("nobody hears this");
        assertThat(file).isEmptyFile();
    }

    @Test
    void whatCannotBeWrittenIsRefused() {
        assertThatThrownBy(() -> KeyLogFile.open(folder)).isInstanceOf(IOException.class);
    }

    @Test
    @DisplayName("a full disk costs the file, and is told once")
    void aFullDisk() throws IOException {
        Path full = Path.of("/dev/full");
        assumeThat(full).exists();
        try (var logs = CapturedLogs.open();
                KeyLogFile keys = KeyLogFile.open(full)) {
            keys.line("a");
            keys.line("b");
            assertThat(logs.failures()).hasSize(1);
        }
    }
}
