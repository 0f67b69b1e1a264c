package bowline.log;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A format of the log's language (LGR-4), read once and kept. Immutable and safe for any thread.
///
/// Formats are the program's own text: a field may call methods of the values it was given, so a
/// peer's words belong in a value, never in a format.
final class LogFormat {

    /// How many formats are kept. A program has fewer, unless it builds them at run time.
    static final int KEPT_MAX_FORMATS = 1_000;

    /// The longest format kept, in characters.
    static final int KEPT_MAX_CHARS = 1_000;

    private static final ConcurrentHashMap<String, LogFormat> KEPT = new ConcurrentHashMap<>();

    private final String source;
    private final List<Object> pieces;
    private final List<String> roots;
    private final @Nullable String fault;

    private LogFormat(String source, List<Object> pieces, @Nullable String fault) {
        this.source = source;
        this.pieces = pieces;
        this.fault = fault;
        var names = new LinkedHashSet<String>();
        for (Object piece : pieces) {
            if (piece instanceof FormatField field) {
                names.add(field.root());
            }
        }
        this.roots = List.copyOf(names);
    }

    /// The format that `source` says. A faulty one shows its fault when it is rendered.
    static LogFormat of(String source) {
        LogFormat kept = KEPT.get(source);
        if (kept != null) {
            return kept;
        }
        LogFormat format = read(source);
        if (source.length() <= KEPT_MAX_CHARS && KEPT.size() < KEPT_MAX_FORMATS) {
            KEPT.put(source, format);
        }
        return format;
    }

    private static LogFormat read(String source) {
        try {
            return new LogFormat(source, FormatParser.parse(source), null);
        } catch (UnformattableException faulty) {
            return new LogFormat(source, List.of(), faulty.getMessage());
        }
    }

    /// The distinct names that values are given for, in order of appearance.
    List<String> roots() {
        return roots;
    }

    /// The fields, in order, repetitions included.
    List<FormatField> fields() {
        return pieces.stream()
                .filter(FormatField.class::isInstance)
                .map(FormatField.class::cast)
                .toList();
    }

    /// Where the text of a field comes from.
    interface Filler {
        String text(FormatField field) throws UnformattableException;
    }

    /// The text of `event` in this format. Never throws (LGR-4).
    String render(LogEvent event) {
        return render(event, field -> field.render(event));
    }

    /// The same with the fields' texts from elsewhere.
    String render(LogEvent event, Filler filler) {
        try {
            return fill(filler);
        } catch (UnformattableException reason) {
            return event.values().isEmpty() ? source : unformattable(event, String.valueOf(reason.getMessage()));
        } catch (Throwable broken) { // a value's own method, called to be shown
            return unformattable(event, broken.getClass().getName() + " was thrown while showing a value");
        }
    }

    private String fill(Filler filler) throws UnformattableException {
        if (fault != null) {
            throw new UnformattableException(fault);
        }
        if (pieces.size() == 1) {
            return text(pieces.getFirst(), filler);
        }
        var text = new StringBuilder(source.length() + 32);
        for (Object piece : pieces) {
            text.append(text(piece, filler));
        }
        return text.toString();
    }

    private static String text(Object piece, Filler filler) throws UnformattableException {
        return piece instanceof FormatField field ? filler.text(field) : (String) piece;
    }

    private String unformattable(LogEvent event, String why) {
        var text = new StringBuilder("Unable to format event: ").append(ValueText.foreign(why));
        text.append("; format ").append(ValueText.debugField(source)).append(", values ");
        return text.append(ValueText.values(event)).toString();
    }
}
