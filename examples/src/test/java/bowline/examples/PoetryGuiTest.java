package bowline.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import bowline.junit.Program;
import bowline.junit.VirtualDisplay;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// P30: the window on a display in memory, its pictures in `target/pictures`.
class PoetryGuiTest {
    private static final Path PICTURES = Path.of("target", "pictures");

    private static VirtualDisplay display;
    private static Program quick;
    private static Program slow;
    private static String quickPort;
    private static String slowPort;

    @BeforeAll
    static void openDisplay() throws Exception {
        Assumptions.assumeTrue(VirtualDisplay.isAvailable(), "Xvfb is not installed");
        display = VirtualDisplay.open(1024, 768);
        Files.createDirectories(PICTURES);
        quick = Program.start(PoetryServer.class, "-", "0", "5", "50");
        slow = Program.start(PoetryServer.class, "-", "0", "60", "10");
        quickPort = quick.port();
        slowPort = slow.port();
    }

    @AfterAll
    static void closeDisplay() {
        if (display != null) {
            quick.close();
            slow.close();
            display.close();
        }
    }

    @Test
    @DisplayName("P30: the bars move with the poems, and a failure is told in its row")
    void showsHowFarItIs() throws Exception {
        String closed = closedPort();
        List<String> seen = use("watch", quickPort, "127.0.0.1:" + slowPort, closed);

        int whole = seen.indexOf("== whole");
        assertThat(seen.subList(0, whole))
                .contains(
                        "count: 1 of 3 poems",
                        "total: 1/3",
                        "bar 0: 1/1",
                        "state 0: complete, 419 bytes",
                        "bar 1: moving",
                        "state 2: failed",
                        "status: Fetching …",
                        "button: Cancel",
                        "painted: in part")
                .anyMatch(line -> line.startsWith("fault 2: cannot connect to 127.0.0.1:" + closed));
        assertThat(seen.subList(whole, seen.size()))
                .contains(
                        "count: 2 of 3 poems",
                        "total: 2/3",
                        "bar 1: 1/1",
                        "status: 1 could not be fetched.",
                        "button: Close")
                .endsWith("the program ends");
        assertThat(ImageIO.read(picture("whole")).getWidth()).isGreaterThan(400);
    }

    @Test
    @DisplayName("P30: Cancel hangs up on every server and says so")
    void cancels() throws Exception {
        List<String> seen = use("cancel", slowPort, slowPort);

        assertThat(seen)
                .contains("state 0: cancelled", "state 1: cancelled", "status: Cancelled.", "painted: evenly")
                .endsWith("the program ends");
    }

    @Test
    @DisplayName("P30, REA-14: closing the window stops the reactor, and the program ends")
    void endsWithItsWindow() throws Exception {
        assertThat(use("close", slowPort)).endsWith("the program ends");
    }

    @Test
    @DisplayName("P30: without a display it says what to do")
    void needsADisplay() throws Exception {
        try (Program program = Program.command(java("", PoetryGui.class, slowPort))) {
            assertThat(program.rest()).anyMatch(line -> line.contains("there is no display to open a window on"));
            assertEquals(1, program.exitCode());
        }
    }

    private static List<String> use(String what, String... addresses) throws Exception {
        String[] words = Stream.concat(Stream.of(PICTURES.toString(), what), Stream.of(addresses))
                .toArray(String[]::new);
        try (Program program = Program.command(java(display.name(), PoetryGuiTrial.class, words))) {
            List<String> seen = program.rest();
            assertEquals(0, program.exitCode(), seen::toString);
            return seen;
        }
    }

    private static List<String> java(String displayName, Class<?> main, String... words) {
        var command = new ArrayList<>(List.of(
                "env",
                "DISPLAY=" + displayName,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(words));
        return command;
    }

    private static File picture(String name) {
        return PICTURES.resolve("poetry-gui-" + name + ".png").toFile();
    }

    private static String closedPort() throws Exception {
        return String.valueOf(ReactorProgramsTest.closedPort());
    }
}
