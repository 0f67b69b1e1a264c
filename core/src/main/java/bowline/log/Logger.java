package bowline.log;

import bowline.failure.Failure;
import bowline.time.Action;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Publishes events under one namespace (LGR-1). Immutable and safe for any thread.
///
///     private static final Logger log = Logger.of(PoetryServer.class);
///     log.info("{poet} has read {count} lines", poet, count);
///
/// The values fill the distinct names of the format in their order of appearance; `{}` is a name too.
/// An exception or [Failure] left over at the end becomes the event's failure. Nothing is formatted
/// unless an observer renders the event, and where no observer wants the level there is no event (LGR-4).
///
/// Formats are the program's own words. What a peer says belongs in a value: values are escaped (G10).
public final class Logger {
    private static final StackWalker STACK = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    private final String namespace;
    private final @Nullable Object source;
    private final LogObserver observer;
    private final @Nullable InstantSource times;
    private final Map<String, @Nullable Object> keys;

    private Logger(
            String namespace,
            @Nullable Object source,
            LogObserver observer,
            @Nullable InstantSource times,
            Map<String, @Nullable Object> keys) {
        this.namespace = namespace;
        this.source = source;
        this.observer = observer;
        this.times = times;
        this.keys = keys;
    }

    /// The logger of a class, publishing to the process's publisher.
    public static Logger of(Class<?> owner) {
        return of(owner.getName());
    }

    /// A logger with a namespace of its own and the process's publisher.
    public static Logger of(String namespace) {
        return new Logger(namespace, null, LogPublisher.global(), null, Map.of());
    }

    /// The logger of the class that calls this.
    public static Logger here() {
        return of(STACK.getCallerClass());
    }

    /// The same logger for the events of one object.
    public Logger withSource(Object source) {
        return new Logger(namespace, source, observer, times, keys);
    }

    /// The same logger, publishing elsewhere.
    public Logger to(LogObserver observer) {
        return new Logger(namespace, source, observer, times, keys);
    }

    /// The same logger with the time from elsewhere than the publisher's source.
    public Logger timedBy(InstantSource times) {
        return new Logger(namespace, source, observer, times, keys);
    }

    /// The same logger with a key that each of its events carries; formats may name it.
    ///
    /// @throws IllegalArgumentException if the key begins with `log_`, which is the log's own (LGR-3);
    ///     `log_trace` with a [LogTrace] may be given (LGR-16)
    public Logger with(String key, @Nullable Object value) {
        if (key.startsWith("log_") && !(value instanceof LogTrace && key.equals("log_trace"))) {
            throw new IllegalArgumentException(
                    "key \"" + key + "\" begins with log_, which is the log's own; rename it");
        }
        var more = new LinkedHashMap<>(keys);
        more.put(key, value);
        return new Logger(namespace, source, observer, times, Collections.unmodifiableMap(more));
    }

    /// `text` as a format without fields, for text that is our own and has lines of its own: in a value the
    /// line ends would be escaped (G10).
    public static String literal(String text) {
        return text.replace("{", "{{").replace("}", "}}");
    }

    /// The name under which this logs.
    public String namespace() {
        return namespace;
    }

    /// Whether an event of `level` would be seen by anyone: ask before work that only the log needs.
    public boolean isEnabled(LogLevel level) {
        return observer.wants(level);
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

    /// Logs at a level chosen at run time. No level at all is itself logged as a failure (LGR-2).
    public void emit(@Nullable LogLevel level, String format, @Nullable Object... values) {
        if (level == null) {
            failure("there is no level for \"{text}\"", Failure.of(new IllegalArgumentException("no level")), format);
        } else if (observer.wants(level)) {
            publish(level, format, values, null);
        }
    }

    /// Logs a failure at level critical. Always returns null, so that `addErrback(log::failure)` logs
    /// the failure and handles it.
    @SuppressWarnings({"TypeParameterUnusedInFormals", "NullAway"}) // so that a method reference fits any errback
    public <T extends @Nullable Object> T failure(Failure failure) {
        if (observer.wants(LogLevel.CRITICAL)) {
            send(LogLevel.CRITICAL, null, keys, failure);
        }
        return null;
    }

    /// Logs a failure at level critical, with a text.
    public void failure(String format, Failure failure, @Nullable Object... values) {
        failure(LogLevel.CRITICAL, format, failure, values);
    }

    /// Logs a failure with a text, at a level of choice.
    public void failure(LogLevel level, String format, Failure failure, @Nullable Object... values) {
        if (observer.wants(level)) {
            publish(level, format, values, failure);
        }
    }

    /// Does `work`. An exception from it is logged at level critical with this text and goes no further;
    /// the answer tells (LGR-15). Costs nothing more than the call while all goes well.
    ///
    /// @throws VirtualMachineError if `work` throws a [fatal one][Failure#isFatal] (FAI-13)
    public Handled failuresHandled(String format, Action work, @Nullable Object... values) {
        return failuresHandled(LogLevel.CRITICAL, format, work, values);
    }

    /// As [#failuresHandled(String, Action, Object...)], at a level of choice.
    public Handled failuresHandled(LogLevel level, String format, Action work, @Nullable Object... values) {
        try {
            work.run();
            return Handled.SUCCESS;
        } catch (Throwable thrown) { // an AssertionError, too, is what the caller wants logged
            Failure failure = Failure.of(thrown);
            failure(level, format, failure, values);
            return new Handled(failure);
        }
    }

    /// How work done by [#failuresHandled] ended.
    ///
    /// @param failure what went wrong; null when nothing did
    public record Handled(@Nullable Failure failure) {
        private static final Handled SUCCESS = new Handled(null);

        /// Whether the work threw nothing.
        public boolean succeeded() {
            return failure == null;
        }

        /// Whether it threw something, which is now logged.
        public boolean failed() {
            return failure != null;
        }
    }

    private void publish(
            LogLevel level, String format, @Nullable Object @Nullable [] values, @Nullable Failure failure) {
        if (values == null || values.length == 0) {
            send(level, format, keys, failure);
        } else {
            Bound bound = Bound.of(keys, format, failure, values);
            send(level, format, bound.values(), bound.failure());
        }
    }

    private void send(
            LogLevel level, @Nullable String format, Map<String, @Nullable Object> values, @Nullable Failure failure) {
        InstantSource clock = times == null ? LogPublisher.global().times() : times;
        observer.observe(new LogEvent(
                clock.instant(), level, namespace, source, format, values, LogContext.ofEvent(failure), failure));
    }
}
