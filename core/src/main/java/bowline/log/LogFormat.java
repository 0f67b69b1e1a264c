package bowline.log;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The format language of log events (LGR-4).
final class LogFormat {

    private LogFormat() {}

    /// `format` with its `{fields}` replaced.
    static String format(String format, Map<String, @Nullable Object> values) {
        String text = format;
        for (var entry : values.entrySet()) {
            text = text.replace("{" + entry.getKey() + "}", String.valueOf(entry.getValue()));
        }
        return text;
    }
}
