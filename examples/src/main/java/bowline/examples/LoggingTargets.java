package bowline.examples;

import bowline.log.Log;
import bowline.log.LogFile;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The places a log can go to (seed P24): standard output, standard error, a file, a file that rotates.
///
///     ./bowline example logging-targets stdout|stderr|file|rotating [DIRECTORY]
public final class LoggingTargets {
    private static final int ROTATE_BYTES = 100;

    private LoggingTargets() {}

    /// Logs ten lines to the place that was named.
    public static void main(String... args) throws IOException {
        String target = args.length > 0 ? args[0] : "stdout";
        Path directory = Path.of(args.length > 1 ? args[1] : ".");
        Files.createDirectories(directory);
        switch (target) {
            case "stdout" -> Log.startLogging(System.out);
            case "stderr" -> Log.startLogging(System.err);
            case "file" ->
                Log.startLogging(
                        new FileOutputStream(directory.resolve("plain.log").toFile()));
            case "rotating" -> Log.startLogging(new LogFile("rotating.log", directory, ROTATE_BYTES));
            default -> {
                System.err.println("Usage: logging-targets stdout|stderr|file|rotating [DIRECTORY]");
                System.exit(64);
            }
        }
        for (int i = 1; i <= 10; i++) {
            Log.msg("this is message number " + i);
        }
    }
}
