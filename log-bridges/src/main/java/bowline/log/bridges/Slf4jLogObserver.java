package bowline.log.bridges;

import bowline.failure.Failure;
import bowline.log.LogEcho;
import bowline.log.LogEntrance;
import bowline.log.LogEvent;
import bowline.log.LogLevel;
import bowline.log.LogObserver;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/// Shows events to SLF4J, each to the logger of its namespace, and by it to whatever log a program has: Logback,
/// Log4j (LGR-14). The text is the message; the keys of the event and of its context, the prefix `system`
/// among them, are key-value pairs; a failure is the cause. Critical events are errors with the marker
/// `CRITICAL`. Safe for any thread.
///
///     LogBeginner.global().beginLoggingTo(List.of(new Slf4jLogObserver()), KEEP_STANDARD_IO);
///
/// Keep standard output as it is, as here: a console appender prints there, and would come back.
public final class Slf4jLogObserver implements LogObserver {

    /// What tells critical events from other errors.
    private static final Marker CRITICAL = new BasicMarkerFactory().getMarker("CRITICAL");

    private final ILoggerFactory loggers;

    /// Shows events to SLF4J as the program has it.
    ///
    /// @throws IllegalStateException if SLF4J leads back into our log, for `bowline-slf4j` provides it
    public Slf4jLogObserver() {
        this(LoggerFactory.getILoggerFactory());
    }

    /// Shows events to the loggers of `loggers`.
    ///
    /// @throws IllegalStateException if they lead back into our log
    public Slf4jLogObserver(ILoggerFactory loggers) {
        if (loggers instanceof LogEntrance) {
            throw new IllegalStateException("SLF4J's provider here is bowline-slf4j, which brings SLF4J's log into"
                    + " Bowline's: sending Bowline's to SLF4J would go in a circle; take bowline-slf4j off the path, or"
                    + " leave this observer out");
        }
        this.loggers = loggers;
    }

    @Override
    public void observe(LogEvent event) {
        if (LogEcho.isSending()) {
            return;
        }
        Logger logger = loggers.getLogger(event.namespace());
        Level level = theirs(event.level());
        if (logger.isEnabledForLevel(level)) {
            String text = event.text();
            LogEcho.sendOut(text, () -> send(logger, level, text, event));
        }
    }

    private static void send(Logger logger, Level level, String text, LogEvent event) {
        LoggingEventBuilder builder = logger.makeLoggingEventBuilder(level);
        if (event.level() == LogLevel.CRITICAL) {
            builder = builder.addMarker(CRITICAL);
        }
        Failure failure = event.failure();
        if (failure != null) {
            builder = builder.setCause(failure.value());
        }
        for (var pair : pairs(event).entrySet()) {
            builder = builder.addKeyValue(pair.getKey(), pair.getValue());
        }
        builder.log(text);
    }

    private static Map<String, @Nullable Object> pairs(LogEvent event) {
        var pairs = new LinkedHashMap<String, @Nullable Object>(event.context().keys());
        pairs.putAll(event.values());
        if (event.hasSystem()) {
            pairs.put("system", event.system());
        }
        return pairs;
    }

    private static Level theirs(LogLevel level) {
        return switch (level) {
            case DEBUG -> Level.DEBUG;
            case INFO -> Level.INFO;
            case WARN -> Level.WARN;
            case ERROR, CRITICAL -> Level.ERROR;
        };
    }
}
