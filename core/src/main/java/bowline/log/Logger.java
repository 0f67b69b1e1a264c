package bowline.log;

import bowline.failure.Failure;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Publishes events under one namespace (LGR-1). Immutable and safe for any thread.
///
///     private static final Logger log = Logger.of(PoetryServer.class);
///     log.info("{poet} has read {count} lines", poet, count);
///
/// The values fill the distinct fields of the format in their order of appearance. Nothing is
/// formatted unless an observer renders the event (LGR-4).
public final class Logger {
    private final String namespace;
    private final @Nullable Object source;
    private final LogObserver observer;

    private Logger(String namespace, @Nullable Object source, LogObserver observer) {
        this.namespace = namespace;
        this.source = source;
        this.observer = observer;
    }

    /// The logger of a class, publishing to the process's publisher.
    public static Logger of(Class<?> owner) {
        return new Logger(owner.getName(), null, LogPublisher.global());
    }

    /// A logger with a namespace of its own and the process's publisher.
    public static Logger of(String namespace) {
        return new Logger(namespace, null, LogPublisher.global());
    }

    /// The same logger for the events of one object.
    public Logger withSource(Object source) {
        return new Logger(namespace, source, observer);
    }

    /// The same logger, publishing elsewhere.
    public Logger to(LogObserver observer) {
        return new Logger(namespace, source, observer);
    }

    /// Logs at level debug.
    public void debug(String format, @Nullable Object... values) {
        emit(LogLevel.DEBUG, format, values);
    }

    /// Logs at level info.
    public void info(String format, @Nullable Object... values) {
        emit(LogLevel.INFO, format, values);
    }

    /// Logs at level warn.
    public void warn(String format, @Nullable Object... values) {
        emit(LogLevel.WARN, format, values);
    }

    /// Logs at level error.
    public void error(String format, @Nullable Object... values) {
        emit(LogLevel.ERROR, format, values);
    }

    /// Logs at level critical.
    public void critical(String format, @Nullable Object... values) {
        emit(LogLevel.CRITICAL, format, values);
    }

    /// Logs at a level chosen at run time.
    public void emit(LogLevel level, String format, @Nullable Object... values) {
        publish(level, format, named(format, values), null);
    }

    /// Logs a failure at level critical. Always returns null, so that `addErrback(log::failure)` logs
    /// the failure and handles it.
    @SuppressWarnings("TypeParameterUnusedInFormals") // so that a method reference fits an errback of any type
    public <T> @Nullable T failure(Failure failure) {
        publish(LogLevel.CRITICAL, null, Map.of(), failure);
        return null;
    }

    /// Logs a failure at level critical, with a text.
    public void failure(String format, Failure failure, @Nullable Object... values) {
        publish(LogLevel.CRITICAL, format, named(format, values), failure);
    }

    private void publish(LogLevel level, @Nullable String format, Map<String, @Nullable Object> values, @Nullable Failure failure) {
        observer.observe(new LogEvent(Instant.now(), level, namespace, source, format, values, LogContext.current(), failure));
    }

    private static Map<String, @Nullable Object> named(String format, @Nullable Object[] values) {
        var named = new LinkedHashMap<String, @Nullable Object>();
        int at = 0;
        for (Object value : values) {
            int open = format.indexOf('{', at);
            int close = format.indexOf('}', open);
            named.put(open < 0 ? "value" + named.size() : format.substring(open + 1, close), value);
            at = close;
        }
        return named;
    }
}
