package bowline.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import bowline.junit.Program;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// `bowline procmon` and `bowline inetd` as processes of their own (RUN-6, RUN-7).
@DisabledOnOs(OS.WINDOWS)
class SupervisedTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void isBuilt() {
        Checkout.requireBuilt();
    }

    private static ProcessHandle next(Program procmon, String name) throws Exception {
        String pid =
                procmon.await("\\[" + name + "\\] started as process (\\d+)").group(1);
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }

    @Test
    @DisplayName("RUN-6: a child that is killed comes back; when procmon is told to end, nothing is left")
    void procmon() throws Exception {
        Path table = Files.writeString(
                folder.resolve("programs.conf"), "# two of them\na run sleep 1000\nb run sh -c 'sleep 1000 & wait'\n");
        try (Program procmon = Checkout.bowline(
                "procmon", "--config", table.toString(), "--threshold", "0s", "--kill-timeout", "2s")) {
            ProcessHandle first = next(procmon, "a");
            ProcessHandle family = next(procmon, "b");
            procmon.await("procmon is ready");
            Await.until(() -> family.children().count() == 1, () -> "b has its child");
            ProcessHandle grandchild = family.children().findFirst().orElseThrow();
            first.destroyForcibly();
            procmon.await("\\[a\\] process \\d+ was ended by signal 9 \\(KILL\\) .*starting it again at once");
            ProcessHandle second = next(procmon, "a");
            assertNotEquals(first.pid(), second.pid());

            procmon.signal("TERM");

            assertEquals(143, procmon.exitCode());
            for (ProcessHandle each : new ProcessHandle[] {second, family, grandchild}) {
                Await.until(() -> !each.isAlive(), () -> each.pid() + " is gone");
            }
        }
    }

    @Test
    @DisplayName("RUN-7: inetd serves while it runs, and ends its programs when it ends")
    void inetd() throws Exception {
        try (Program inetd = Checkout.bowline(
                "inetd",
                "--service",
                "tcp:0:interface=127.0.0.1 name=greeter run sh -c 'echo hello; exec sleep 1000'")) {
            String port = inetd.await("inetd is ready: listening on tcp 127\\.0\\.0\\.1:(\\d+)")
                    .group(1);
            try (var client = new Socket("127.0.0.1", Integer.parseInt(port))) {
                byte[] greeting = client.getInputStream().readNBytes(6);
                assertEquals("hello\n", new String(greeting, StandardCharsets.US_ASCII));
                String pid =
                        inetd.await("\\[greeter\\] process (\\d+) started for ").group(1);
                ProcessHandle greeter = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();

                inetd.signal("TERM");
                inetd.await("Waiting at most");
                inetd.signal("TERM");

                inetd.exitCode();
                Await.until(() -> !greeter.isAlive(), () -> pid + " is gone");
            }
        }
        assertThat(folder).isEmptyDirectory();
    }
}
