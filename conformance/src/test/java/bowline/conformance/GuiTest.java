package bowline.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.junit.Program;
import bowline.junit.VirtualDisplay;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// REA-14: module `gui` as a user meets it: by the jars alone, on the module path, and from the launcher.
class GuiTest {
    private final Path lib = Checkout.folder().resolve("launcher/target/lib");

    @TempDir
    Path folder;

    @BeforeEach
    void isBuilt() {
        Checkout.requireBuilt();
    }

    @Test
    @DisplayName("REA-14: a module that requires bowline.gui runs its callbacks on Swing's event thread")
    void swingOnTheModulePath() throws Exception {
        try (Program program = module("""
                SwingUtilities.invokeLater(() -> IO.println("Swing is there"));
                Reactor reactor = Reactor.create("swing");
                reactor.callLater(Duration.ofMillis(1), () -> {
                    IO.println(Main.class.getModule() + ", event thread " + SwingUtilities.isEventDispatchThread());
                    reactor.stop();
                });
                reactor.run();
                IO.println("stopped");
                """)) {
            program.await("module app, event thread true");
            program.await("stopped");
            assertThat(program.exitCode()).isZero();
        }
    }

    @Test
    @DisplayName("REA-12, REA-14: without JavaFX the module is whole, and who asks for it hears what is missing")
    void javaFxMayBeAbsent() throws Exception {
        try (Program program = module("""
                try {
                    Reactor.create("javafx");
                } catch (IllegalStateException | IllegalArgumentException absent) {
                    IO.println(absent.getMessage());
                }
                """)) {
            program.await("reactor backend \"javafx\" cannot be used here: there is no JavaFX; add"
                    + " org.openjfx:javafx-graphics to the class path, or to the module path with --add-modules"
                    + " javafx.graphics");
            assertThat(program.exitCode()).isZero();
        }
    }

    @Test
    @DisplayName("P30: ./bowline example poetry-gui fetches into a window")
    void theWindowFromTheLauncher() throws Exception {
        Assumptions.assumeTrue(VirtualDisplay.isAvailable(), "Xvfb is not installed");
        try (var display = VirtualDisplay.open(800, 600);
                var poet = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Program window = gui("DISPLAY=" + display.name(), poet.getLocalPort())) {
            try (Socket reader = poet.accept()) {
                reader.getOutputStream().write('x');
            }
            assertThat(window.isAlive()).isTrue();
            window.signal("TERM");
            assertThat(window.exitCode()).isZero();
        }
    }

    @Test
    @DisplayName("P30: without a display ./bowline example poetry-gui says so")
    void noDisplay() throws Exception {
        try (Program window = gui("DISPLAY=", 1)) {
            window.await("there is no display to open a window on");
            window.await("set DISPLAY, or use poetry-deferred");
            assertThat(window.exitCode()).isEqualTo(64);
        }
    }

    private static Program gui(String display, int port) throws Exception {
        String bowline = Checkout.folder().resolve("bowline").toString();
        return Program.command(
                List.of("env", "BOWLINE_BUILD=never", display, bowline, "example", "poetry-gui", String.valueOf(port)));
    }

    /// A module of its own with this body of its `main`, compiled and started with nothing but the module path.
    private Program module(String body) throws Exception {
        Path source = Files.createDirectories(folder.resolve("source/app"));
        Path classes = folder.resolve("classes");
        Path info = Files.writeString(folder.resolve("source/module-info.java"), """
                module app {
                    requires bowline.gui;
                    requires java.desktop;
                }
                """);
        Path main = Files.writeString(source.resolve("Main.java"), """
                package app;

                import bowline.reactor.Reactor;
                import java.time.Duration;
                import javax.swing.SwingUtilities;

                class Main {
                    static void main(String... args) {
                %s
                    }
                }
                """.formatted(body));
        compile(
                "-Xlint:all,-path", // the manifests name neighbours that lie elsewhere in a build
                "-Werror",
                "-p",
                lib.toString(),
                "-d",
                classes.toString(),
                info.toString(),
                main.toString());
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return Program.command(
                List.of(java.toString(), "-Djava.awt.headless=true", "-p", lib + ":" + classes, "-m", "app/app.Main"));
    }

    private static void compile(String... options) {
        var said = new ByteArrayOutputStream();
        int result = ToolProvider.getSystemJavaCompiler().run(null, said, said, options);
        assertThat(result).as(said.toString(StandardCharsets.UTF_8)).isZero();
    }
}
