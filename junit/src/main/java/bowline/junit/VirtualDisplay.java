package bowline.junit;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A display that exists in memory only, for tests of programs with windows: an X server of its own (`Xvfb`).
///
///     try (VirtualDisplay display = VirtualDisplay.open(800, 600);
///             Program program = Program.command(List.of("env", "DISPLAY=" + display.name(), "xeyes"))) {
///         …
///     }
///
/// From outside it is reached by its local socket alone.
public final class VirtualDisplay implements AutoCloseable {
    private static final String SERVER = "Xvfb";

    private final Process server;
    private final String name;

    private VirtualDisplay(Process server, String name) {
        this.server = server;
        this.name = name;
    }

    /// Whether the X server is installed; a test that needs one is skipped where it is not.
    public static boolean isAvailable() {
        String path = System.getenv("PATH");
        return path != null
                && List.of(path.split(":")).stream().anyMatch(folder -> Files.isExecutable(Path.of(folder, SERVER)));
    }

    /// Starts a display of that size in pixels, with a number that was free.
    ///
    /// @throws IOException if the X server is missing or does not start
    public static VirtualDisplay open(int width, int height) throws IOException {
        Process server = new ProcessBuilder(
                        SERVER, "-displayfd", "1", "-screen", "0", width + "x" + height + "x24", "-nolisten", "tcp")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader said = server.inputReader();
        String number = said.readLine(); // it tells its number when it is ready
        if (number == null) {
            throw new IOException(SERVER + " ended without a display; does it start from a shell?");
        }
        return new VirtualDisplay(server, ":" + number);
    }

    /// What the environment variable `DISPLAY` is to say, as in `:7`.
    public String name() {
        return name;
    }

    /// Ends the display, and with it every window on it.
    @Override
    public void close() {
        server.destroy();
    }
}
