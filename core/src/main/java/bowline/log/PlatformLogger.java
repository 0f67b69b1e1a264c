package bowline.log;

import bowline.failure.Failure;
import java.text.MessageFormat;
import java.util.LinkedHashMap;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/// A `System.Logger` that publishes to our log (LGR-14). Its texts come from any library, so they are
/// values here and never formats.
final class PlatformLogger implements System.Logger, LogEntrance {

    /// The key of events that came from the platform.
    static final String ORIGIN = "platform_level";

    private final String name;
    private final LogPublisher publisher;

    PlatformLogger(String name, LogPublisher publisher) {
        this.name = name;
        this.publisher = publisher;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public boolean isLoggable(Level level) {
        return level != Level.OFF && publisher.wants(ours(level));
    }

    @Override
    public void log(
            Level level, @Nullable ResourceBundle bundle, @Nullable String message, @Nullable Throwable thrown) {
        if (isLoggable(level)) {
            publish(level, translated(bundle, message), thrown);
        }
    }

    @Override
    public void log(
            Level level,
            @Nullable ResourceBundle bundle,
            @Nullable String format,
            @Nullable Object @Nullable ... values) {
        if (isLoggable(level)) {
            publish(level, filled(translated(bundle, format), values), null);
        }
    }

    private void publish(Level level, String text, @Nullable Throwable thrown) {
        var keys = new LinkedHashMap<String, @Nullable Object>();
        keys.put("text", text);
        keys.put(ORIGIN, level.getName());
        String format = "{text}";
        Failure failure = null;
        if (thrown != null && Failure.isFatal(thrown)) { // no Failure can hold it (FAI-13), and here it is only news
            format = "{text}: {thrown}";
            keys.put("thrown", thrown);
        } else if (thrown != null) {
            failure = Failure.of(thrown);
        }
        publisher.observe(new LogEvent(
                publisher.times().instant(),
                ours(level),
                name,
                null,
                format,
                keys,
                LogContext.ofEvent(failure),
                failure));
    }

    private static String translated(@Nullable ResourceBundle bundle, @Nullable String key) {
        if (bundle == null || key == null) {
            return String.valueOf(key);
        }
        try {
            return bundle.getString(key);
        } catch (MissingResourceException | ClassCastException absent) {
            return key;
        }
    }

    private static String filled(String format, @Nullable Object @Nullable [] values) {
        if (values == null || values.length == 0) {
            return format;
        }
        try {
            return MessageFormat.format(format, values);
        } catch (IllegalArgumentException wrong) {
            return format;
        }
    }

    private static LogLevel ours(Level level) {
        return switch (level) {
            case ALL, TRACE, DEBUG -> LogLevel.DEBUG;
            case INFO -> LogLevel.INFO;
            case WARNING -> LogLevel.WARN;
            case ERROR, OFF -> LogLevel.ERROR;
        };
    }
}
