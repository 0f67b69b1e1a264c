package bowline.log;

import bowline.failure.Failure;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The text of an event, with and without its traceback (LOG-3, LGR-5).
final class EventText {
    private static final String UNHANDLED = "Unhandled Error";

    private EventText() {}

    /// What the event says, without its traceback.
    static String text(LogEvent event) {
        if (event.values().get("log_flattened") instanceof Map<?, ?> flattened && event.format() != null) {
            return Flattened.render(event, flattened);
        }
        if (EventKeys.isLegacy(event)) {
            return legacyText(event);
        }
        if (event.format() != null) {
            return LogFormat.of(event.format()).render(event);
        }
        return event.failure() == null ? "" : UNHANDLED;
    }

    /// All that is to be printed behind the prefix; empty when the event is to be passed over.
    static String body(LogEvent event) {
        String text = text(event);
        Failure failure = event.failure();
        if (failure == null || saysItAll(event)) {
            return text;
        }
        return (text.isEmpty() ? UNHANDLED : text) + "\n"
                + failure.traceback(Failure.Detail.DEFAULT).stripTrailing()
                + causes(event);
    }

    /// How the error came about, if that is known.
    private static String causes(LogEvent event) {
        List<String> causes = event.context().causes();
        return causes.isEmpty() ? "" : "\nWhat led to this, the latest first:\n\t" + String.join("\n\t", causes);
    }

    /// One line of a log: time, prefix, and the body with its further lines indented (LOG-6, LOG-9).
    static String line(String time, String prefix, String body) {
        var line = new StringBuilder(time.length() + prefix.length() + body.length() + 8);
        line.append(time).append(" [").append(ValueText.foreign(prefix)).append("] ");
        LogText.appendIndented(line, body);
        return line.append('\n').toString();
    }

    private static String legacyText(LogEvent event) {
        if (event.get("message") instanceof List<?> parts && !parts.isEmpty()) {
            return parts.stream().map(ValueText::plain).collect(Collectors.joining(" "));
        }
        if (event.failure() != null) {
            Object why = event.get("why");
            return why == null ? UNHANDLED : ValueText.plain(why);
        }
        return event.get("format") instanceof String format ? PercentFormat.format(format, event) : "";
    }

    /// Whether the event has parts of a message, which stand for the whole event, failure or not (LOG-3).
    private static boolean saysItAll(LogEvent event) {
        return EventKeys.isLegacy(event) && event.get("message") instanceof List<?> parts && !parts.isEmpty();
    }
}
