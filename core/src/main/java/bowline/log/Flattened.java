package bowline.log;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// An event's fields as texts, so that it can be shown when its values are gone (LGR-11). The text of
/// a field is kept under `name!conversion:spec`, and `/2`, `/3` behind it for its repetitions.
final class Flattened {

    private Flattened() {}

    /// The fields of `event` as texts; empty when it has no fields or they cannot be shown.
    static Map<String, String> fields(LogEvent event) {
        var texts = new LinkedHashMap<String, String>();
        String format = event.format();
        if (format == null) {
            return texts;
        }
        var seen = new HashMap<String, Integer>();
        for (FormatField field : LogFormat.of(format).fields()) {
            String key = key(field, seen);
            try {
                texts.put(key, field.render(event));
            } catch (UnformattableException absent) {
                texts.put(key, "(" + absent.getMessage() + ")");
            }
        }
        return texts;
    }

    /// The text of an event whose fields were flattened.
    static String render(LogEvent event, Map<?, ?> texts) {
        String format = String.valueOf(event.format());
        return LogFormat.of(format).render(event, Flattened.lookup(texts));
    }

    private static LogFormat.Filler lookup(Map<?, ?> texts) {
        var seen = new HashMap<String, Integer>();
        return field -> {
            String key = key(field, seen);
            if (texts.get(key) instanceof String text) {
                // The file may have been written by another program: what it holds is foreign again.
                return ValueText.foreign(text);
            }
            throw new UnformattableException("the event was written without {" + field.name() + "}");
        };
    }

    private static String key(FormatField field, Map<String, Integer> seen) {
        char conversion = field.conversion() == 'r' ? 'r' : 's';
        String key = field.name() + "!" + conversion + ":" + field.spec();
        int count = seen.merge(key, 1, Integer::sum);
        return count == 1 ? key : key + "/" + count;
    }
}
