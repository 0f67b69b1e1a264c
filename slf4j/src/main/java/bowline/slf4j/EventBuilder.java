package bowline.slf4j;

import bowline.failure.Failure;
import bowline.log.LogContext;
import bowline.log.LogEcho;
import bowline.log.LogEvent;
import bowline.log.LogLevel;
import bowline.log.LogPublisher;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;

/// Puts one event together from what SLF4J says, and publishes it.
final class EventBuilder {

    /// How many names of markers an event shows: markers may refer to any number of others.
    static final int MARKERS_MAX = 64;

    private static final Set<String> OURS = Set.of("text", "slf4j_level", "markers", "thrown", "system");

    private final LogPublisher publisher;
    private final String namespace;
    private final Level level;
    private final MessageText text;
    private final Map<String, @Nullable Object> keys = LinkedHashMap.newLinkedHashMap(2); // most have no more
    private @Nullable Set<String> markers;

    EventBuilder(LogPublisher publisher, String namespace, Level level, MessageText text) {
        this.publisher = publisher;
        this.namespace = namespace;
        this.level = level;
        this.text = text;
        keys.put("text", text);
        keys.put("slf4j_level", level.name());
    }

    /// Adds a marker and those it refers to.
    EventBuilder marker(@Nullable Marker marker) {
        if (marker == null) {
            return this;
        }
        if (markers == null) {
            markers = new LinkedHashSet<>();
        }
        if (markers.size() < MARKERS_MAX && markers.add(marker.getName())) {
            for (Iterator<Marker> more = marker.iterator(); more.hasNext(); ) {
                marker(more.next());
            }
        }
        return this;
    }

    EventBuilder markers(@Nullable List<Marker> all) {
        if (all != null) {
            all.forEach(this::marker);
        }
        return this;
    }

    /// Adds the pairs of the fluent API; of two with the same key the later one stays.
    EventBuilder pairs(@Nullable List<KeyValuePair> pairs) {
        if (pairs != null) {
            pairs.forEach(pair -> keys.put(key(pair.key), pair.value));
        }
        return this;
    }

    /// The name that a key of SLF4J has in our events.
    static String key(@Nullable String given) {
        String key = String.valueOf(given);
        return OURS.contains(key) || key.startsWith("log_") ? "slf4j_" + key : key;
    }

    void publish(@Nullable Throwable thrown) {
        if (LogEcho.isSending() && LogEcho.isBack(text.toString())) {
            return;
        }
        if (markers != null) {
            keys.put("markers", List.copyOf(markers));
        }
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
                namespace,
                null,
                format,
                Collections.unmodifiableMap(keys),
                LogContext.current(),
                failure));
    }

    private static LogLevel ours(Level level) {
        return switch (level) {
            case TRACE, DEBUG -> LogLevel.DEBUG;
            case INFO -> LogLevel.INFO;
            case WARN -> LogLevel.WARN;
            case ERROR -> LogLevel.ERROR;
        };
    }
}
