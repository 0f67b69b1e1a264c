package bowline.log;

import bowline.failure.Failure;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One thing that was logged (LGR-3). It is formatted only if an observer renders it (LGR-4).
///
/// @param time when it was published
/// @param level how much it matters
/// @param namespace who logged it, usually a class name
/// @param source the object it is about, if any
/// @param format the text with `{fields}` in it; null when there is only a failure
/// @param values the fields' values and any further keys, in order
/// @param context what the logging thread worked for
/// @param failure what went wrong, if anything
public record LogEvent(
        Instant time,
        LogLevel level,
        String namespace,
        @Nullable Object source,
        @Nullable String format,
        Map<String, @Nullable Object> values,
        LogContext context,
        @Nullable Failure failure) {

    /// The formatted text without time and prefix. Never throws (LGR-4).
    public String text() {
        return format == null ? "" : LogFormat.format(format, values);
    }
}
