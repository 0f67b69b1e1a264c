package bowline.log;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads one JSON text (RFC 8259) as maps, lists, strings, numbers (`Long` or `Double`), booleans and null.
final class JsonReader {

    /// Deepest nesting read.
    static final int DEPTH_MAX = 64;

    private final String text;
    private int at;

    private JsonReader(String text) {
        this.text = text;
    }

    /// The text is no JSON.
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;

        Malformed(String message) {
            super(message, null, false, false);
        }
    }

    /// The value that `text` is.
    static @Nullable Object read(String text) throws Malformed {
        var reader = new JsonReader(text);
        Object value = reader.value(0);
        reader.space();
        if (reader.at < text.length()) {
            throw reader.malformed("more behind the value");
        }
        return value;
    }

    private @Nullable Object value(int depth) throws Malformed {
        if (depth > DEPTH_MAX) {
            throw malformed("nested deeper than " + DEPTH_MAX);
        }
        space();
        return switch (peek()) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private Map<String, @Nullable Object> object(int depth) throws Malformed {
        var object = new LinkedHashMap<String, @Nullable Object>();
        at++;
        space();
        if (take('}')) {
            return object;
        }
        do {
            space();
            String key = string();
            space();
            expect(':');
            object.put(key, value(depth + 1));
            space();
        } while (take(','));
        expect('}');
        return object;
    }

    private List<@Nullable Object> array(int depth) throws Malformed {
        var array = new ArrayList<@Nullable Object>();
        at++;
        space();
        if (take(']')) {
            return array;
        }
        do {
            array.add(value(depth + 1));
            space();
        } while (take(','));
        expect(']');
        return array;
    }

    private String string() throws Malformed {
        expect('"');
        var string = new StringBuilder();
        while (!take('"')) {
            if (at == text.length() || peek() < ' ') {
                throw malformed("string without end");
            }
            char c = text.charAt(at++);
            string.append(c == '\\' ? escaped() : c);
        }
        return string.toString();
    }

    private char escaped() throws Malformed {
        char c = peek();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw malformed("unknown escape");
        };
    }

    private char unicode() throws Malformed {
        int code = 0;
        for (int digit = 0; digit < 4; digit++) {
            int value = peek() < 0x80 ? Character.digit(peek(), 16) : -1;
            if (value < 0) {
                throw malformed("\\u without four hexadecimal digits");
            }
            code = code * 16 + value;
            at++;
        }
        return (char) code;
    }

    private Number number() throws Malformed {
        int start = at;
        take('-');
        boolean whole = true;
        while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
            whole &= Character.isDigit(text.charAt(at));
            at++;
        }
        String digits = text.substring(start, at);
        try {
            return whole && digits.length() <= 18 ? (Number) Long.valueOf(digits) : (Number) Double.valueOf(digits);
        } catch (NumberFormatException wrong) {
            throw malformed("no value");
        }
    }

    private @Nullable Object word(String word, @Nullable Object meaning) throws Malformed {
        if (!text.startsWith(word, at)) {
            throw malformed("no value");
        }
        at += word.length();
        return meaning;
    }

    private void space() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private boolean take(char wanted) {
        if (peek() != wanted || at == text.length()) {
            return false;
        }
        at++;
        return true;
    }

    private void expect(char wanted) throws Malformed {
        if (!take(wanted)) {
            throw malformed("\"" + wanted + "\" is missing");
        }
    }

    private Malformed malformed(String what) {
        return new Malformed(what + ", at character " + at + " of " + text.length());
    }
}
