package bowline.log;

import java.time.DateTimeException;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.IllegalFormatException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How a field's text is laid out: `[[fill]align][sign][0][width][,][.precision][type]`, a subset of
/// Python's format specs (LGR-4). For a date or time the whole spec is a `DateTimeFormatter` pattern.
///
/// @param fill what the text is padded with
/// @param align `<`, `>` or `^`, or a space for the kind's usual: numbers right, others left
/// @param flags the flags of `java.util.Formatter` that sign and `,` stand for
/// @param width least width in characters, or 0
/// @param precision digits after the point, or characters of a text at most; -1 when not given
/// @param type one of `d x X o b e f g % s`, or a space when the value decides
/// @param source the spec as written
record FormatSpec(char fill, char align, String flags, int width, int precision, char type, String source) {

    /// The greatest width and precision, so that a slip in a format does not fill the memory.
    static final int WIDTH_MAX = 1_000;

    private static final String ALIGNMENTS = "<>^=";

    /// Reads a spec. One that is none of ours is kept, since a date may still know what to do with it.
    static FormatSpec of(String spec) {
        return new Reader(spec).read();
    }

    /// The text of `value` laid out like this.
    String apply(@Nullable Object value) throws UnformattableException {
        if (value instanceof TemporalAccessor time) {
            return date(time);
        }
        if (type == '!') {
            throw new UnformattableException("format spec \":" + source + "\" is not understood");
        }
        if (value instanceof Number number && type != 's') {
            return pad(number(number), true);
        }
        return pad(cut(ValueText.plain(value)), false);
    }

    private String date(TemporalAccessor time) throws UnformattableException {
        try {
            return DateTimeFormatter.ofPattern(source, Locale.ROOT).format(time);
        } catch (DateTimeException | IllegalArgumentException wrong) {
            throw new UnformattableException("format spec \":" + source + "\": " + wrong.getMessage());
        }
    }

    private String number(Number value) throws UnformattableException {
        String digits = precision < 0 ? "" : "." + precision;
        try {
            return switch (type) {
                case ' ' -> flags.isEmpty() && precision < 0 ? value.toString() : usual(value, digits);
                case 'b' -> Long.toBinaryString(value.longValue());
                case '%' -> String.format(Locale.ROOT, "%" + flags + digits + "f", value.doubleValue() * 100) + "%";
                case 'f', 'e', 'g' -> String.format(Locale.ROOT, "%" + flags + digits + type, value.doubleValue());
                default -> String.format(Locale.ROOT, "%" + flags + type, value);
            };
        } catch (IllegalFormatException wrong) {
            throw new UnformattableException("format spec \":" + source + "\" does not fit a "
                    + value.getClass().getSimpleName());
        }
    }

    private String usual(Number value, String digits) {
        boolean fraction = precision >= 0 || value instanceof Double || value instanceof Float;
        return String.format(Locale.ROOT, "%" + flags + (fraction ? digits + "f" : "d"), value);
    }

    private String cut(String text) {
        return precision >= 0 && precision < text.length() ? text.substring(0, precision) : text;
    }

    private String pad(String text, boolean number) {
        int missing = width - text.length();
        if (missing <= 0) {
            return text;
        }
        int left = switch (align) {
            case '>' -> missing;
            case '^' -> missing / 2;
            case '<' -> 0;
            default -> number ? missing : 0;
        };
        boolean behindSign = number && (align == '=' || (align == ' ' && fill == '0')) && !text.isEmpty();
        String padding = String.valueOf(fill);
        if (behindSign && (text.charAt(0) == '-' || text.charAt(0) == '+')) {
            return text.charAt(0) + padding.repeat(missing) + text.substring(1);
        }
        int before = align == '=' ? missing : left;
        return padding.repeat(before) + text + padding.repeat(missing - before);
    }

    /// Reads the parts of a spec in their order.
    private static final class Reader {
        private final String spec;
        private int at;

        Reader(String spec) {
            this.spec = spec;
        }

        FormatSpec read() {
            char fill = ' ';
            char align = ' ';
            if (spec.length() > 1 && ALIGNMENTS.indexOf(spec.charAt(1)) >= 0) {
                fill = spec.charAt(0);
                align = spec.charAt(1);
                at = 2;
            } else if (ALIGNMENTS.indexOf(peek()) >= 0) {
                align = spec.charAt(at++);
            }
            String flags = take('+') ? "+" : take('-') ? "" : take(' ') ? " " : "";
            if (take('0')) {
                fill = '0';
            }
            int width = digits();
            flags += take(',') ? "," : "";
            int precision = take('.') ? digits() : -1;
            char type = at < spec.length() ? spec.charAt(at++) : ' ';
            boolean ours = at == spec.length()
                    && " dxXobefg%s".indexOf(type) >= 0
                    && width <= WIDTH_MAX
                    && precision <= WIDTH_MAX;
            return new FormatSpec(fill, align, flags, width, precision, ours ? type : '!', spec);
        }

        private char peek() {
            return at < spec.length() ? spec.charAt(at) : '\0';
        }

        private boolean take(char wanted) {
            if (peek() != wanted) {
                return false;
            }
            at++;
            return true;
        }

        private int digits() {
            int number = 0;
            while (peek() >= '0' && peek() <= '9') {
                number = Math.min(number * 10 + (spec.charAt(at++) - '0'), WIDTH_MAX + 1);
            }
            return number;
        }
    }
}
