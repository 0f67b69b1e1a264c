package bowline.run;

import bowline.log.LogLevel;
import bowline.service.UsageError;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// The words up to the service's name, and those behind it (RUN-1).
///
/// @param version whether to tell the version
/// @param help whether to show the help
/// @param reactor the backend's name; empty: the best there is
/// @param logLevel what is logged at least
/// @param logFile `-` standard output, `+` standard error, or a file that is appended to
/// @param logFormat how it is written; null: text for people, JSON for files and pipes
/// @param pidFile where to write the process id
/// @param words the service's name and what follows it
record GlobalOptions(
        boolean version,
        boolean help,
        String reactor,
        LogLevel logLevel,
        String logFile,
        @Nullable LogFormat logFormat,
        @Nullable Path pidFile,
        List<String> words) {

    enum LogFormat {
        TEXT,
        JSON
    }

    static GlobalOptions parse(List<String> words) {
        CommandLine commandLine = commandLine();
        ParseResult given = CommandLines.parse(commandLine, words);
        return new GlobalOptions(
                given.hasMatchedOption("--version"),
                given.hasMatchedOption("--help"),
                given.matchedOptionValue("--reactor", ""),
                logLevel(given.matchedOptionValue("--log-level", "info")),
                given.matchedOptionValue("--log-file", "-"),
                logFormat(given.matchedOptionValue("--log-format", "")),
                pidFile(given.matchedOptionValue("--pid-file", "")),
                List.of(given.matchedPositionalValue(0, new String[0])));
    }

    /// The options as picocli knows them, for reading and for the help.
    static CommandLine commandLine() {
        CommandSpec spec = CommandSpec.create().name("bowline");
        spec.addOption(flag("--help", "Show this help.", "-h").usageHelp(true).build());
        spec.addOption(flag("--version", "Tell the version.").versionHelp(true).build());
        spec.addOption(value("--reactor", "NAME", "Backend of the reactor, as in nio. Default: the best there is."));
        spec.addOption(value("--log-level", "LEVEL", "Log from here on: debug, info, warn, error or critical. Default: info."));
        spec.addOption(value("--log-file", "FILE", "Log to this file; - is standard output, + standard error. Default: -."));
        spec.addOption(value("--log-format", "FORMAT", "text or json. Default: text on a terminal, otherwise json."));
        spec.addOption(value("--pid-file", "FILE", "Write the process id here, and refuse to run twice."));
        spec.addPositional(PositionalParamSpec.builder()
                .index("0..*")
                .arity("0..*")
                .type(String[].class)
                .hidden(true)
                .build());
        return CommandLines.of(spec).setStopAtPositional(true);
    }

    private static OptionSpec.Builder flag(String name, String description, String... more) {
        return OptionSpec.builder(name, more).description(description);
    }

    private static OptionSpec value(String name, String label, String description) {
        return OptionSpec.builder(name)
                .paramLabel(label)
                .type(String.class)
                .description(description)
                .build();
    }

    private static LogLevel logLevel(String text) {
        for (LogLevel level : LogLevel.values()) {
            if (level.name().equalsIgnoreCase(text)) {
                return level;
            }
        }
        throw new UsageError(
                "--log-level \"" + text + "\" is no log level", "write debug, info, warn, error or critical");
    }

    private static @Nullable LogFormat logFormat(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "" -> null;
            case "text" -> LogFormat.TEXT;
            case "json" -> LogFormat.JSON;
            default -> throw new UsageError("--log-format \"" + text + "\" is no log format", "write text or json");
        };
    }

    private static @Nullable Path pidFile(String text) {
        try {
            return text.isEmpty() ? null : Path.of(text);
        } catch (InvalidPathException invalid) {
            throw new UsageError("--pid-file \"" + text + "\" is not a path here", "give the name of a file");
        }
    }
}
