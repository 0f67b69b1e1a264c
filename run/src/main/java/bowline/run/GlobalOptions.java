package bowline.run;

import bowline.log.LogLevel;
import bowline.reactor.Sharing;
import bowline.service.ServiceArguments;
import bowline.service.ServiceOption;
import bowline.service.UsageError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The words up to the service's name, and those behind it (RUN-1).
///
/// @param version whether to tell the version
/// @param help whether to show the help
/// @param reactor the backend's name; empty: the best there is
/// @param everyService what may stand behind a service's name too
/// @param sharing how they share ports
/// @param affinity which processors they run on
/// @param logLevel what is logged at least
/// @param logFile `-` standard output, `+` standard error, or a file that is appended to
/// @param logFormat how it is written; null: text for people, JSON for files and pipes
/// @param logSyslog a syslog daemon that is told as well; null for none
/// @param inspect whether other processes of the same user may ask this one what it does
/// @param restartOn the signal to restart on, `auto` or `never`
/// @param pidFile where to write the process id
/// @param words the service's name and what follows it
record GlobalOptions(
        boolean version,
        boolean help,
        String reactor,
        EveryServiceOptions everyService,
        Sharing sharing,
        Affinity affinity,
        LogLevel logLevel,
        String logFile,
        @Nullable LogFormat logFormat,
        @Nullable String logSyslog,
        boolean inspect,
        String restartOn,
        @Nullable Path pidFile,
        List<String> words) {

    /// Taken by `./bowline` before there is a JVM; it stands here for the help.
    private static final String PLUGIN_PATH = "plugin-path";

    /// The options, in the order of the help.
    static final List<ServiceOption> OPTIONS = options();

    private static List<ServiceOption> options() {
        var options = new ArrayList<ServiceOption>();
        options.add(ServiceOption.flag("version", "Tell the version"));
        options.add(ServiceOption.value(
                "reactor", "NAME", "Backend of the reactor, as in nio. Default: the best there is"));
        options.addAll(EveryServiceOptions.ALL);
        options.addAll(List.of(
                ServiceOption.value(
                                "sharing",
                                "WAY",
                                "How several reactors share a port: hand-off (one accepts for all), reuse-port (each has a"
                                        + " socket, SO_REUSEPORT; TCP alone) or auto, which is what serves best here")
                        .defaultsTo("auto"),
                ServiceOption.value(
                        "affinity",
                        "PROCESSORS",
                        "Bind each reactor's thread to one processor: auto, or their numbers, as in 0,2-5 (Linux). Default:"
                                + " no"),
                ServiceOption.value(
                                "log-level", "LEVEL", "Log from this level up: debug, info, warn, error or critical")
                        .defaultsTo("info"),
                ServiceOption.value("log-file", "FILE", "Log to this file; - is standard output, + standard error")
                        .defaultsTo("-"),
                ServiceOption.value(
                        "log-format", "FORMAT", "text or json. Default: text on a terminal, otherwise json"),
                ServiceOption.value(
                        "log-syslog", "ENDPOINT", "Log to this syslog as well, as in udp:127.0.0.1:514 or tcp:..."),
                ServiceOption.flag("no-inspect", "Do not answer bowline inspect and the signal USR1"),
                ServiceOption.value(
                                "restart-on",
                                "SIGNAL",
                                "Start a successor on this signal and hand it all ports (uring and epoll), or never;"
                                        + " auto: on HUP where there is no terminal")
                        .defaultsTo(Restart.AUTOMATIC),
                ServiceOption.value("pid-file", "FILE", "Write the process id here, and refuse to run twice"),
                ServiceOption.value(
                                PLUGIN_PATH,
                                "PATH",
                                "A jar with services of your own, or a folder of jars; the first option")
                        .repeats()));
        return List.copyOf(options);
    }

    enum LogFormat {
        TEXT,
        JSON
    }

    static GlobalOptions parse(List<String> words) {
        Given given = CommandLines.read("bowline", OPTIONS, words, true);
        ServiceArguments values = ServiceArguments.of(OPTIONS, given.values());
        if (values.has(PLUGIN_PATH)) {
            throw new UsageError(
                    "--plugin-path stands behind another option, or there is no ./bowline to take it",
                    "write it first, or put the jar on the class path");
        }
        return new GlobalOptions(
                values.flag("version"),
                given.help(),
                values.has("reactor") ? values.string("reactor") : "",
                new EveryServiceOptions(given.values()),
                sharing(values),
                values.has("affinity") ? Affinity.of(values) : Affinity.NONE,
                logLevel(values),
                values.string("log-file"),
                values.has("log-format") ? logFormat(values) : null,
                values.has("log-syslog") ? values.string("log-syslog") : null,
                !values.flag("no-inspect"),
                restartOn(values),
                values.has("pid-file") ? values.path("pid-file") : null,
                given.rest());
    }

    private static String restartOn(ServiceArguments values) {
        String text = values.string("restart-on");
        if (text.equals(Restart.AUTOMATIC) || text.equals(Restart.NEVER)) {
            return text;
        }
        String name = text.toUpperCase(Locale.ROOT);
        String signal = name.startsWith("SIG") ? name.substring("SIG".length()) : name;
        if (!Restart.SIGNALS.contains(signal)) {
            throw values.refusal(
                    "restart-on",
                    text,
                    "no signal to restart on",
                    "write " + String.join(", ", Restart.SIGNALS) + ", auto or never");
        }
        return signal;
    }

    private static Sharing sharing(ServiceArguments values) {
        String text = values.string("sharing");
        return switch (text) {
            case "auto" -> Sharing.AUTOMATIC;
            case "hand-off" -> Sharing.HAND_OFF;
            case "reuse-port" -> Sharing.REUSE_PORT;
            default ->
                throw values.refusal("sharing", text, "no way to share a port", "write auto, hand-off or reuse-port");
        };
    }

    private static LogLevel logLevel(ServiceArguments values) {
        String text = values.string("log-level");
        for (LogLevel level : LogLevel.values()) {
            if (level.name().equalsIgnoreCase(text)) {
                return level;
            }
        }
        throw values.refusal("log-level", text, "no log level", "write debug, info, warn, error or critical");
    }

    private static LogFormat logFormat(ServiceArguments values) {
        String text = values.string("log-format");
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "text" -> LogFormat.TEXT;
            case "json" -> LogFormat.JSON;
            default -> throw values.refusal("log-format", text, "no log format", "write text or json");
        };
    }
}
