package bowline.run;

import bowline.log.FilteringLogObserver;
import bowline.log.JsonLogObserver;
import bowline.log.LogLevelFilter;
import bowline.log.LogObserver;
import bowline.log.LogPublisher;
import bowline.log.TextLogObserver;
import bowline.log.daemon.SyslogObserver;
import bowline.service.UsageError;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// Where the log goes, as the options say (RUN-1).
///
/// @param observer what sees every event
/// @param syslog the daemon that is told as well, which has something to send until it is closed
record LogTarget(LogObserver observer, @Nullable SyslogObserver syslog) implements AutoCloseable {

    /// Opens it.
    ///
    /// @param logFile `-`, `+` or a file: what the options say, but where standard output is taken
    /// @throws Refusal if the file cannot be written
    /// @throws UsageError if the syslog daemon is described wrongly
    static LogTarget open(GlobalOptions options, String logFile, Surroundings surroundings) {
        OutputStream out = switch (logFile) {
            case "-" -> surroundings.out();
            case "+" -> surroundings.err();
            default -> file(logFile);
        };
        LogObserver writer =
                isText(options, logFile, surroundings) ? new TextLogObserver(out) : new JsonLogObserver(out, "");
        SyslogObserver syslog = options.logSyslog() == null ? null : SyslogTarget.open(options.logSyslog());
        LogObserver all = syslog == null ? writer : new LogPublisher(writer, syslog);
        return new LogTarget(new FilteringLogObserver(all, new LogLevelFilter(options.logLevel())), syslog);
    }

    /// Sends what the daemon has not been sent.
    @Override
    public void close() {
        if (syslog != null) {
            syslog.close();
        }
    }

    private static boolean isText(GlobalOptions options, String logFile, Surroundings surroundings) {
        if (options.logFormat() != null) {
            return options.logFormat() == GlobalOptions.LogFormat.TEXT;
        }
        boolean standard = logFile.equals("-") || logFile.equals("+");
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
