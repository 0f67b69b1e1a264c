package bowline.log;

import bowline.failure.Failure;
import java.util.LinkedHashMap;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.jspecify.annotations.Nullable;

/// Brings what libraries log by `java.util.logging` into our log (LGR-14). Only for programs that have
/// the module `java.logging`:
///
///     java.util.logging.Logger.getLogger("").addHandler(new JulHandler(LogPublisher.global()));
///
/// What a [PlatformLogObserver] sends out that way does not come in again here. Safe for any thread.
@SuppressWarnings("exports") // who uses this class has java.logging; `import module` of ours must not bring its Logger
public final class JulHandler extends Handler {
    private static final SimpleFormatter TEXTS = new SimpleFormatter();

    private final LogPublisher publisher;

    /// Publishes records to `publisher`.
    public JulHandler(LogPublisher publisher) {
        this.publisher = publisher;
    }

    @Override
    public void publish(@Nullable LogRecord record) {
        if (record == null || !isLoggable(record)) {
            return;
        }
        LogLevel level = ours(record.getLevel());
        String text = String.valueOf(TEXTS.formatMessage(record));
        if (!publisher.wants(level) || LogEcho.isBack(text)) {
            return;
        }
        var keys = new LinkedHashMap<String, @Nullable Object>();
        keys.put("text", text); // any library's words: a value, never a format
        keys.put(PlatformLogger.ORIGIN, record.getLevel().getName());
        Throwable thrown = record.getThrown();
        boolean fatal = thrown != null && Failure.isFatal(thrown); // no Failure can hold it (FAI-13)
        if (fatal) {
            keys.put("thrown", thrown);
        }
        Failure failure = thrown == null || fatal ? null : Failure.of(thrown);
        publisher.observe(new LogEvent(
                record.getInstant(),
                level,
                record.getLoggerName() == null ? "" : record.getLoggerName(),
                null,
                fatal ? "{text}: {thrown}" : "{text}",
                keys,
                LogContext.ofEvent(failure),
                failure));
    }

    private static LogLevel ours(Level level) {
        if (level.intValue() >= Level.SEVERE.intValue()) {
            return LogLevel.ERROR;
        }
        if (level.intValue() >= Level.WARNING.intValue()) {
            return LogLevel.WARN;
        }
        return level.intValue() >= Level.INFO.intValue() ? LogLevel.INFO : LogLevel.DEBUG;
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
