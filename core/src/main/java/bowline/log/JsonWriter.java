package bowline.log;

import bowline.failure.Failure;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes values as JSON (RFC 8259), as LGR-11 has it: levels and failures are objects that say what
/// they are, bytes are Latin-1 text, and what has no form in JSON is `{"unpersistable": true}`.
public final class JsonWriter {

    /// Deepest nesting written; what lies deeper, as in a list that contains itself, is unpersistable.
    static final int DEPTH_MAX = 32;

    /// The key that says what kind of object an object is.
    static final String CLASS_KEY = "__class_uuid__";

    static final String LEVEL_CLASS = "02e59486-f24d-46ad-8224-3acdf2a5732a";
    static final String FAILURE_CLASS = "e76887e2-20ed-49bf-a8f8-ba25cc586f2d";

    private static final String UNPERSISTABLE = "{\"unpersistable\": true}";

    private final StringBuilder out = new StringBuilder();

    private JsonWriter() {}

    /// The JSON text of a map. Never throws: a value whose own methods do is unpersistable.
    public static String write(Map<?, ?> map) {
        var writer = new JsonWriter();
        writer.object(map, 0);
        return writer.out.toString();
    }

    private void value(@Nullable Object value, int depth) {
        int start = out.length();
        try {
            if (depth > DEPTH_MAX) {
                out.append(UNPERSISTABLE);
            } else {
                persist(value, depth);
            }
        } catch (Throwable broken) { // from the program's own toString or collection, perhaps changed meanwhile
            if (Failure.isFatal(broken)) {
                throw broken;
            }
            out.setLength(start);
            out.append(UNPERSISTABLE);
        }
    }

    private void persist(@Nullable Object value, int depth) {
        switch (value) {
            case null -> out.append("null");
            case Boolean flag -> out.append(flag);
            case Double number -> out.append(Double.isFinite(number) ? number.toString() : UNPERSISTABLE);
            case Float number -> out.append(Float.isFinite(number) ? number.toString() : UNPERSISTABLE);
            case Number number when isExact(number) -> out.append(number);
            case CharSequence text -> string(text.toString());
            case Character c -> string(c.toString());
            case byte[] bytes -> string(new String(bytes, StandardCharsets.ISO_8859_1));
            case ByteBuffer bytes ->
                string(StandardCharsets.ISO_8859_1.decode(bytes.duplicate()).toString());
            case LogLevel level -> object(level(level), depth);
            case Failure failure -> object(failure(failure), depth);
            case Map<?, ?> map -> object(map, depth);
            // Not any Iterable: a Path is one, of itself.
            case Collection<?> list -> array(list, depth);
            case Object[] array -> array(Arrays.asList(array), depth);
            default -> out.append(UNPERSISTABLE);
        }
    }

    private static boolean isExact(Number number) {
        return number instanceof Integer
                || number instanceof Long
                || number instanceof Short
                || number instanceof Byte
                || number instanceof BigInteger
                || number instanceof BigDecimal;
    }

    private static Map<String, Object> level(LogLevel level) {
        var object = new LinkedHashMap<String, Object>();
        object.put("name", level.label());
        object.put(CLASS_KEY, LEVEL_CLASS);
        return object;
    }

    private static Map<String, Object> failure(Failure failure) {
        var object = new LinkedHashMap<String, Object>();
        object.put("type", type(failure.typeName()));
        object.put("ancestors", failure.ancestorNames());
        object.put("message", failure.message());
        object.put("frames", frames(failure));
        object.put(CLASS_KEY, FAILURE_CLASS);
        return object;
    }

    /// Package and class apart, as Twisted reads it.
    private static Map<String, Object> type(String name) {
        int dot = name.lastIndexOf('.');
        var type = new LinkedHashMap<String, Object>();
        type.put("__module__", dot < 0 ? "" : name.substring(0, dot));
        type.put("__name__", name.substring(dot + 1));
        return type;
    }

    private static List<List<Object>> frames(Failure failure) {
        return Arrays.stream(failure.value().getStackTrace())
                .map(frame -> List.<Object>of(
                        frame.getClassName(),
                        frame.getMethodName(),
                        String.valueOf(frame.getFileName()),
                        frame.getLineNumber()))
                .toList();
    }

    private void object(Map<?, ?> map, int depth) {
        out.append('{');
        String comma = "";
        for (var entry : map.entrySet()) {
            if (entry.getKey() instanceof String key) {
                out.append(comma);
                string(key);
                out.append(": ");
                value(entry.getValue(), depth + 1);
                comma = ", ";
            }
        }
        out.append('}');
    }

    private void array(Collection<?> items, int depth) {
        out.append('[');
        String comma = "";
        for (Object item : items) {
            out.append(comma);
            value(item, depth + 1);
            comma = ", ";
        }
        out.append(']');
    }

    /// Escapes more than JSON asks for: no control character of a peer's is to reach a terminal (G10).
    private void string(String text) {
        out.append('"');
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (LogText.isSafe(c) || LogText.isPair(text, at) || (at > 0 && LogText.isPair(text, at - 1))) {
                        out.append(c);
                    } else {
                        LogText.appendUnicodeEscape(out, c);
                    }
                }
            }
        }
        out.append('"');
    }
}
