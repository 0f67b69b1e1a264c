package bowline.log;

import bowline.failure.Failure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Turns an event into JSON and back (LGR-11). Back comes what can be shown and searched: its text as
/// it was, its failure by the names in it, and of the values those that JSON has a form for.
final class EventJson {
    private static final Set<String> PARTS =
            Set.of("log_time", "log_level", "log_namespace", "log_source", "log_format", "log_failure", "log_system");

    private EventJson() {}

    static String write(LogEvent event) {
        var keys = new LinkedHashMap<>(event.keys());
        keys.remove("log_trace");
        if (!keys.containsKey("log_flattened")) {
            Map<String, String> flattened = Flattened.fields(event);
            if (!flattened.isEmpty()) {
                keys.put("log_flattened", flattened);
            }
        }
        return JsonWriter.write(keys);
    }

    static LogEvent read(String json) throws JsonReader.Malformed {
        if (!(JsonReader.read(json) instanceof Map<?, ?> keys)) {
            throw new JsonReader.Malformed("the record is no object");
        }
        var values = new LinkedHashMap<String, @Nullable Object>();
        keys.forEach((key, value) -> {
            if (!PARTS.contains(key)) {
                values.put((String) key, value);
            }
        });
        return new LogEvent(
                time(keys.get("log_time")),
                level(keys.get("log_level")),
                text(keys.get("log_namespace"), ""),
                null,
                keys.get("log_format") instanceof String format ? format : null,
                values,
                keys.get("log_system") instanceof String system
                        ? LogContext.empty().with("system", system)
                        : LogContext.empty(),
                failure(keys.get("log_failure")));
    }

    private static Instant time(@Nullable Object value) {
        double seconds = value instanceof Number number ? number.doubleValue() : 0;
        // Microseconds are what a double can tell apart in our century.
        return Instant.EPOCH.plusNanos(Math.round(seconds * 1e6) * 1_000);
    }

    private static LogLevel level(@Nullable Object value) {
        if (value instanceof Map<?, ?> object && JsonWriter.LEVEL_CLASS.equals(object.get(JsonWriter.CLASS_KEY))) {
            String name = text(object.get("name"), "").toUpperCase(Locale.ROOT);
            for (LogLevel level : LogLevel.values()) {
                if (level.name().equals(name)) {
                    return level;
                }
            }
        }
        return LogLevel.INFO;
    }

    private static @Nullable Failure failure(@Nullable Object value) {
        if (!(value instanceof Map<?, ?> object)
                || !JsonWriter.FAILURE_CLASS.equals(object.get(JsonWriter.CLASS_KEY))) {
            return null;
        }
        var ancestors = new ArrayList<String>();
        for (Object name : list(object.get("ancestors"))) {
            ancestors.add(text(name, "?"));
        }
        return Failure.departed(
                typeName(object.get("type")), ancestors, text(object.get("message"), ""), frames(object));
    }

    private static String typeName(@Nullable Object type) {
        if (!(type instanceof Map<?, ?> parts)) {
            return "?";
        }
        String module = text(parts.get("__module__"), "");
        return (module.isEmpty() ? "" : module + ".") + text(parts.get("__name__"), "?");
    }

    private static List<StackTraceElement> frames(Map<?, ?> object) {
        var frames = new ArrayList<StackTraceElement>();
        for (Object item : list(object.get("frames"))) {
            if (item instanceof List<?> frame && frame.size() == 4 && frame.get(3) instanceof Number line) {
                frames.add(new StackTraceElement(
                        text(frame.get(0), "?"), text(frame.get(1), "?"), text(frame.get(2), "?"), line.intValue()));
            }
        }
        return frames;
    }

    private static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }

    private static String text(@Nullable Object value, String otherwise) {
        return value instanceof String text ? text : otherwise;
    }
}
