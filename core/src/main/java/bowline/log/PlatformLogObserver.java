package bowline.log;

import bowline.failure.Failure;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Shows events to the platform's logger, `System.Logger`, and by it to whatever that leads to (LGR-14).
///
/// What came from the platform is not sent back to it: neither what a [PlatformLoggerFinder] took in, nor
/// what is logged while an event is on its way out. Safe for any thread.
public final class PlatformLogObserver implements LogObserver {
    private final Function<String, System.Logger> loggers;

    /// Shows events to the platform's loggers, each to the one of its namespace.
    public PlatformLogObserver() {
        this(System::getLogger);
    }

    /// Shows events to the loggers that `loggers` has for their namespaces.
    public PlatformLogObserver(Function<String, System.Logger> loggers) {
        this.loggers = loggers;
    }

    @Override
    public void observe(LogEvent event) {
        if (LogEcho.isSending() || event.values().containsKey(PlatformLogger.ORIGIN)) {
            return;
        }
        System.Logger logger = loggers.apply(event.namespace());
        System.Logger.Level level = platform(event.level());
        if (!(logger instanceof LogEntrance) && logger.isLoggable(level)) {
            String text = text(event);
            LogEcho.sendOut(text, () -> send(logger, level, text, event.failure()));
        }
    }

    private static void send(System.Logger logger, System.Logger.Level level, String text, @Nullable Failure failure) {
        if (failure == null) {
            logger.log(level, text);
        } else {
            logger.log(level, text, failure.value());
        }
    }

    private static String text(LogEvent event) {
        var text = new StringBuilder();
        if (event.hasSystem()) {
            text.append('[').append(ValueText.foreign(event.system())).append("] ");
        }
        LogText.appendIndented(text, event.text());
        return text.toString();
    }

    private static System.Logger.Level platform(LogLevel level) {
        return switch (level) {
            case DEBUG -> System.Logger.Level.DEBUG;
            case INFO -> System.Logger.Level.INFO;
            case WARN -> System.Logger.Level.WARNING;
            case ERROR, CRITICAL -> System.Logger.Level.ERROR;
        };
    }
}
