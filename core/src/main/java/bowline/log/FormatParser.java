package bowline.log;

import bowline.log.FormatField.Step;
import java.util.ArrayList;
import java.util.List;

/// Reads a format of LGR-4: text, `{{` and `}}` for braces, and
/// `{name.attribute[item]()!conversion:spec}`, of which all but the name may be absent. A name left
/// out (`{}`) is the number of such fields before it.
final class FormatParser {
    private final String format;
    private final List<Object> pieces = new ArrayList<>();
    private final StringBuilder literal = new StringBuilder();
    private int unnamed;

    private FormatParser(String format) {
        this.format = format;
    }

    /// The pieces of `format` in order: a `String` is to be copied, a [FormatField] to be filled.
    static List<Object> parse(String format) throws UnformattableException {
        return new FormatParser(format).pieces();
    }

    private List<Object> pieces() throws UnformattableException {
        int at = 0;
        while (at < format.length()) {
            char c = format.charAt(at);
            if (c != '{' && c != '}') {
                literal.append(c);
                at++;
            } else if (format.startsWith(String.valueOf(c), at + 1)) {
                literal.append(c);
                at += 2;
            } else if (c == '}') {
                throw new UnformattableException("\"}\" without \"{\" at " + at);
            } else {
                at = field(at + 1);
            }
        }
        endLiteral();
        return List.copyOf(pieces);
    }

    private int field(int start) throws UnformattableException {
        int end = format.indexOf('}', start);
        if (end < 0) {
            throw new UnformattableException("\"{\" without \"}\" at " + (start - 1));
        }
        endLiteral();
        pieces.add(field(format.substring(start, end)));
        return end + 1;
    }

    private void endLiteral() {
        if (!literal.isEmpty()) {
            pieces.add(literal.toString());
            literal.setLength(0);
        }
    }

    private FormatField field(String text) throws UnformattableException {
        int colon = text.indexOf(':');
        String spec = colon < 0 ? "" : text.substring(colon + 1);
        String name = colon < 0 ? text : text.substring(0, colon);
        char conversion = ' ';
        int mark = name.indexOf('!');
        if (mark >= 0) {
            conversion = conversion(name.substring(mark + 1));
            name = name.substring(0, mark);
        }
        boolean call = name.endsWith("()");
        return path(name, call ? name.substring(0, name.length() - 2) : name, call, conversion, spec);
    }

    private static char conversion(String text) throws UnformattableException {
        if (text.equals("r") || text.equals("s")) {
            return text.charAt(0);
        }
        throw new UnformattableException("conversion !" + text + " is neither !r nor !s");
    }

    private FormatField path(String name, String path, boolean call, char conversion, String spec)
            throws UnformattableException {
        int end = stepStart(path, 0);
        String root = end == 0 ? String.valueOf(unnamed++) : path.substring(0, end);
        var steps = new ArrayList<Step>();
        while (end < path.length()) {
            int start = end + 1;
            if (path.charAt(end) == '.') {
                end = stepStart(path, start);
                steps.add(new Step.Attribute(path.substring(start, end)));
            } else {
                int close = path.indexOf(']', start);
                if (path.charAt(end) != '[' || close < 0) {
                    throw new UnformattableException("\"[\" and \"]\" do not match in {" + name + "}");
                }
                steps.add(new Step.Item(path.substring(start, close)));
                end = close + 1;
            }
        }
        // A method named last is called by being an attribute; what is left to call is a value itself.
        boolean callValue = call && (steps.isEmpty() || steps.getLast() instanceof Step.Item);
        return new FormatField(name.isEmpty() ? root : name, root, List.copyOf(steps), callValue, conversion, spec);
    }

    private static int stepStart(String path, int from) {
        int at = from;
        while (at < path.length() && path.charAt(at) != '.' && path.charAt(at) != '[') {
            at++;
        }
        return at;
    }
}
