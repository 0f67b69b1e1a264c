package bowline.log;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The names under which an event's parts are known: those of LGR-3, and the older ones of LOG-1.
final class EventKeys {

    /// The namespace of events that came by [Log] (LGR-13).
    static final String LEGACY_NAMESPACE = "log_legacy";

    private EventKeys() {}

    /// Whether the event's text is the parts of [Log#msg] and not a format.
    static boolean isLegacy(LogEvent event) {
        return event.format() == null && event.values().containsKey("message");
    }

    static boolean has(LogEvent event, String key) {
        return get(event, key) != null
                || event.values().containsKey(key)
                || event.context().keys().containsKey(key);
    }

    static @Nullable Object get(LogEvent event, String key) {
        Object own = key.startsWith("log_") ? named(event, key) : null;
        if (own != null) {
            return own;
        }
        Object value = event.values().get(key);
        return value != null || event.values().containsKey(key)
                ? value
                : event.context().keys().get(key);
    }

    private static @Nullable Object named(LogEvent event, String key) {
        return switch (key) {
            case "log_time" -> seconds(event);
            case "log_level" -> event.level();
            case "log_namespace" -> event.namespace();
            case "log_source" -> event.source();
            case "log_format" -> isLegacy(event) ? "{log_text}" : event.format();
            case "log_text" -> isLegacy(event) ? event.text() : null;
            case "log_failure" -> event.failure();
            case "log_system" -> event.hasSystem() ? event.system() : null;
            case "log_reactor" -> orNull(event.context().reactor());
            case "log_turn" -> orNull(event.context().turn());
            case "log_causes" ->
                event.context().causes().isEmpty() ? null : event.context().causes();
            case "log_connection" -> orNull(event.context().connection());
            default -> null;
        };
    }

    static Map<String, @Nullable Object> all(LogEvent event) {
        var all = new LinkedHashMap<String, @Nullable Object>(event.context().keys());
        all.putAll(event.values());
        for (String key : List.of(
                "log_time",
                "log_level",
                "log_namespace",
                "log_source",
                "log_format",
                "log_text",
                "log_failure",
                "log_system",
                "log_reactor",
                "log_turn",
                "log_causes",
                "log_connection")) {
            Object value = named(event, key);
            if (value != null) {
                all.put(key, value);
            }
        }
        return all;
    }

    static Map<String, @Nullable Object> legacy(LogEvent event) {
        var all = all(event);
        all.putIfAbsent("message", List.of());
        all.put("time", seconds(event));
        all.put("system", event.system());
        all.put("isError", event.isError() ? 1 : 0);
        if (event.failure() != null) {
            all.put("failure", event.failure());
            all.putIfAbsent("why", event.text());
        }
        if (!isLegacy(event)) {
            // An older observer fills percent formats: one that only takes the text is what it can do with ours.
            all.put("format", "%(log_legacy)s");
            all.put("log_legacy", event.text());
        }
        return all;
    }

    /// Whether a flag of the older log is set, in any of the ways people set them.
    static boolean isTrue(@Nullable Object flag) {
        return switch (flag) {
            case null -> false;
            case Boolean set -> set;
            case Number number -> number.doubleValue() != 0;
            default -> true;
        };
    }

    private static @Nullable Long orNull(long number) {
        return number == 0 ? null : number;
    }

    private static double seconds(LogEvent event) {
        var sinceEpoch = Duration.between(Instant.EPOCH, event.time());
        return sinceEpoch.toSeconds() + sinceEpoch.toNanosPart() / 1e9;
    }
}
