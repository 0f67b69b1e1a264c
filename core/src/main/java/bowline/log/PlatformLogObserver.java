package bowline.log;

import java.util.function.Function;

/// Shows events to the platform's logger, `System.Logger`, and by it to whatever that leads to (LGR-14).
///
/// What came from the platform is not sent back to it: neither what a [PlatformLoggerFinder] took in, nor
/// what is logged while an event is on its way out. Safe for any thread.
public final class PlatformLogObserver implements LogObserver {
    private final Function<String, System.Logger> loggers;
    private final ThreadLocal<Boolean> sending = ThreadLocal.withInitial(() -> false);

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
        if (sending.get() || event.values().containsKey(PlatformLogger.ORIGIN)) {
            return;
        }
        sending.set(true);
        try {
            System.Logger logger = loggers.apply(event.namespace());
            System.Logger.Level level = platform(event.level());
            if (!(logger instanceof PlatformLogger) && logger.isLoggable(level)) {
                send(logger, level, event);
            }
        } finally {
            sending.remove();
        }
    }

    private static void send(System.Logger logger, System.Logger.Level level, LogEvent event) {
        var text = new StringBuilder();
        if (event.hasSystem()) {
            text.append('[').append(ValueText.foreign(event.system())).append("] ");
        }
        LogText.appendIndented(text, event.text());
        if (event.failure() == null) {
            logger.log(level, text.toString());
        } else {
            logger.log(level, text.toString(), event.failure().value());
        }
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
