package bowline.run;

import bowline.log.FilteringLogObserver;
import bowline.log.JsonLogObserver;
import bowline.log.LogLevelFilter;
import bowline.log.LogObserver;
import bowline.log.TextLogObserver;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Where the log goes, as the options say (RUN-1).
final class LogTarget {

    private LogTarget() {}

    /// Opens it.
    ///
    /// @throws Refusal if the file cannot be written
    static LogObserver open(GlobalOptions options, Surroundings surroundings) {
        OutputStream out = switch (options.logFile()) {
            case "-" -> surroundings.out();
            case "+" -> surroundings.err();
            default -> file(options.logFile());
        };
        LogObserver writer = isText(options, surroundings) ? new TextLogObserver(out) : new JsonLogObserver(out, "");
        return new FilteringLogObserver(writer, new LogLevelFilter(options.logLevel()));
    }

    private static boolean isText(GlobalOptions options, Surroundings surroundings) {
        if (options.logFormat() != null) {
            return options.logFormat() == GlobalOptions.LogFormat.TEXT;
        }
        boolean standard = options.logFile().equals("-") || options.logFile().equals("+");
        return standard && surroundings.outIsTerminal().getAsBoolean();
    }

    private static OutputStream file(String name) {
        try {
            return Files.newOutputStream(Path.of(name), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException | InvalidPathException refused) {
            throw new Refusal(
                    ExitCode.IO, "cannot write the log file " + name + ": " + Refusal.reason(refused), refused);
        }
    }
}
