package bowline.log;

import java.util.IllegalFormatException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The older log's format language: `%(key)s` and its like, filled from the event's keys (LOG-3).
final class PercentFormat {
    private static final String FLAGS = "-+ 0#.123456789";

    private PercentFormat() {}

    /// `format` filled from `event`. Never throws: what is wrong is told in the text, beside the raw
    /// format and the event (LOG-4).
    static String format(String format, LogEvent event) {
        try {
            return fill(format, event);
        } catch (UnformattableException reason) {
            return "Invalid format string or unformattable object in log message: "
                    + ValueText.foreign(String.valueOf(reason.getMessage()))
                    + "; format " + ValueText.debugField(format) + ", event " + ValueText.values(event);
        }
    }

    private static String fill(String format, LogEvent event) throws UnformattableException {
        var text = new StringBuilder();
        int at = 0;
        while (at < format.length()) {
            int mark = format.indexOf('%', at);
            if (mark < 0) {
                break;
            }
            text.append(format, at, mark);
            if (format.startsWith("%%", mark)) {
                text.append('%');
                at = mark + 2;
            } else {
                at = field(format, mark + 1, event, text);
            }
        }
        return text.append(format, at, format.length()).toString();
    }

    /// Appends the field that begins behind a `%` and returns where it ends.
    private static int field(String format, int start, LogEvent event, StringBuilder text)
            throws UnformattableException {
        int close = format.indexOf(')', start);
        if (!format.startsWith("(", start) || close < 0) {
            throw new UnformattableException("\"%\" without \"(key)\" at " + (start - 1));
        }
        String key = format.substring(start + 1, close);
        int end = close + 1;
        while (end < format.length() && FLAGS.indexOf(format.charAt(end)) >= 0) {
            end++;
        }
        if (end == format.length() || !event.has(key)) {
            throw new UnformattableException("there is nothing for %(" + key + ")");
        }
        text.append(show(event.get(key), format.substring(close + 1, end), format.charAt(end)));
        return end + 1;
    }

    private static String show(@Nullable Object value, String layout, char type) throws UnformattableException {
        Object shown = switch (type) {
            case 's' -> ValueText.field(value);
            case 'r' -> ValueText.debugField(value);
            case 'd', 'i' -> value instanceof Number number ? number.longValue() : value;
            case 'f', 'e', 'g' -> value instanceof Number number ? number.doubleValue() : value;
            default -> value;
        };
        char conversion = type == 'r' ? 's' : type == 'i' ? 'd' : type;
        try {
            return String.format(Locale.ROOT, "%" + layout + conversion, shown);
        } catch (IllegalFormatException wrong) {
            throw new UnformattableException("%" + layout + type + " does not fit the value");
        }
    }
}
