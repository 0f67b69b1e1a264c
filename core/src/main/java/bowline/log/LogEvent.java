package bowline.log;

import bowline.failure.Failure;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One thing that was logged (LOG-1, LGR-3). It is formatted only if an observer renders it (LGR-4).
///
/// @param time when it was published
/// @param level how much it matters
/// @param namespace who logged it, usually a class name; `log_legacy` for what came by [Log]
/// @param source the object it is about, if any
/// @param format the text with `{fields}` in it; null when there is only a failure, or the parts of [Log#msg]
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

    /// The text without time, prefix and traceback; empty when there is nothing to say. Values in it are
    /// escaped (G10), the format's own line ends are not. Never throws (LGR-4).
    public String text() {
        return EventText.text(this);
    }

    /// The text and, behind it, the traceback of its failure: what an observer that writes lines puts behind
    /// their prefix. Further lines are indented by a TAB and control characters are escaped, so that no line
    /// can be forged (G10). Empty when there is nothing to say. Never throws (LGR-4).
    public String body() {
        var body = new StringBuilder();
        LogText.appendIndented(body, EventText.body(this));
        return body.toString();
    }

    /// The values of the event and its context under their names, as texts of one line each: escaped and,
    /// where they are long, shortened (G10). Never throws (LGR-4).
    public Map<String, String> fieldTexts() {
        var texts = new LinkedHashMap<String, String>();
        context.keys().forEach((key, value) -> texts.put(key, ValueText.field(value)));
        values.forEach((key, value) -> texts.put(key, ValueText.field(value)));
        return texts;
    }

    /// Whether it tells of an error: by its level, or because it has a failure (LGR-13).
    public boolean isError() {
        if (EventKeys.isLegacy(this)) {
            return EventKeys.isTrue(values.get("isError"));
        }
        return failure != null || level.compareTo(LogLevel.ERROR) >= 0;
    }

    /// The prefix of the work it belongs to; `-` when there is none (LOG-8).
    public String system() {
        Object given = values.get("system");
        return given == null ? context.system() : ValueText.plain(given);
    }

    /// Whether the event belongs to somebody's work in particular.
    public boolean hasSystem() {
        return values.get("system") != null || context.hasSystem();
    }

    /// Whether there is a value under `key`: the event's own, its context's, or one of the `log_` keys of LGR-3.
    public boolean has(String key) {
        return EventKeys.has(this, key);
    }

    /// The value under `key`, or null.
    public @Nullable Object get(String key) {
        return EventKeys.get(this, key);
    }

    /// Everything the event carries under its names of LGR-3: `log_level`, `log_time` …, and all other keys.
    public Map<String, @Nullable Object> keys() {
        return EventKeys.all(this);
    }

    /// The event as observers of the older log know it: `message`, `time`, `system`, `isError`, and
    /// `failure` and `why` or `format` where there are any, beside the event's own keys (LOG-1, LGR-13).
    public Map<String, @Nullable Object> legacyKeys() {
        return EventKeys.legacy(this);
    }

    /// The same event with one more key.
    public LogEvent with(String key, @Nullable Object value) {
        var more = new LinkedHashMap<>(values);
        more.put(key, value);
        return new LogEvent(
                time, level, namespace, source, format, Collections.unmodifiableMap(more), context, failure);
    }
}
