package bowline.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import bowline.reactor.inspect.InspectFolder;
import bowline.reactor.inspect.InspectSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The words of `bowline inspect`; the conformance tests ask real processes.
@Timeout(20)
@DisabledOnOs(OS.WINDOWS)
class InspectCommandTest {
    private final Console console = new Console();
    private final String self = "" + ProcessHandle.current().pid();

    @TempDir
    private Path home;

    @BeforeEach
    void chooseFolder() {
        console.inspectFolders = List.of(new InspectFolder(home.resolve("sockets")));
    }

    @Test
    void helps() {
        assertEquals(0, console.run("inspect", "--help"));
        assertThat(console.out()).contains("bowline inspect 4711 --json", "kill -USR1", "BOWLINE_INSPECT_DIR");
        console.forget();
        assertEquals(0, console.run("--help"));
        assertThat(console.out()).contains("inspect ", "--no-inspect");
    }

    @Test
    void takesItsOptionsBeforeAndBehindTheNumber() throws Exception {
        try (InspectSocket _ = InspectSocket.open("a test", console.inspectFolders)) {
            assertEquals(0, console.run("inspect", self, "--metrics"), console.err());
            assertThat(console.out()).contains("# TYPE bowline_turns_total counter");
            console.forget();
            assertEquals(0, console.run("inspect", "--json", self), console.err());
            assertThat(console.out()).startsWith("{\"pid\": " + self);
            console.forget();
            assertEquals(0, console.run("inspect"), console.err());
            assertThat(console.out()).startsWith(self + "  a test, since ");
        }
    }

    @Test
    void refusesWhatItCannotMake() {
        assertEquals(64, console.run("inspect", "--json", "--metrics", self));
        assertThat(console.err()).contains("--json and --metrics are two answers");
        console.forget();
        assertEquals(64, console.run("inspect", "--json"));
        assertThat(console.err()).contains("which process?");
        console.forget();
        assertEquals(64, console.run("inspect", "-1"));
        console.forget();
        assertEquals(64, console.run("inspect", self, "4712"));
        assertThat(console.err()).contains("4712");
        console.forget();
        assertEquals(69, console.run("inspect", self));
        assertThat(console.err())
                .contains("cannot be asked")
                .contains(console.inspectFolders.getFirst().toString());
    }

    @Test
    void isFoundByWhoMistypesIt() {
        assertEquals(64, console.run("inspct"));
        assertThat(console.err()).contains("did you mean inspect?");
    }
}
