package bowline.site;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Marks words, strings and comments of Java, and what is typed at a console. No more: colours help to find one's way,
/// they need not understand the language.
final class CodeColours {
    private static final Pattern JAVA = Pattern.compile("""
            (?<comment>//[^\\n]*|/\\*.*?\\*/)\
            |(?<string>\"""(?s:.*?)\"""|"(?:\\\\.|[^"\\\\\\n])*"|'(?:\\\\.|[^'\\\\\\n])*')\
            |(?<annotation>@\\w+)\
            |\\b(?<keyword>abstract|assert|boolean|break|byte|case|catch|char|class|continue|default|do|double|else|enum\
            |extends|false|final|finally|float|for|if|implements|import|instanceof|int|interface|long|module|new|null\
            |package|permits|private|protected|public|record|return|sealed|short|static|super|switch|synchronized|this\
            |throw|throws|transient|true|try|var|void|volatile|while|yield)\\b""", Pattern.DOTALL);

    private CodeColours() {}

    /// The code as HTML, escaped.
    static String html(String language, String code) {
        return switch (language) {
            case "java" -> java(code);
            case "console" -> console(code);
            default -> escape(code);
        };
    }

    private static String java(String code) {
        var html = new StringBuilder();
        var matcher = JAVA.matcher(code);
        int end = 0;
        while (matcher.find()) {
            html.append(escape(code.substring(end, matcher.start())));
            html.append(span(kind(matcher.toMatchResult()), matcher.group()));
            end = matcher.end();
        }
        return html.append(escape(code.substring(end))).toString();
    }

    private static String kind(MatchResult found) {
        return found.namedGroups().keySet().stream()
                .filter(group -> found.group(group) != null)
                .findFirst()
                .orElseThrow();
    }

    private static String console(String code) {
        return code.lines().map(CodeColours::consoleLine).collect(Collectors.joining("\n", "", "\n"));
    }

    private static String consoleLine(String line) {
        return line.startsWith("$") || line.startsWith("> ") ? span("typed", line) : escape(line);
    }

    private static String span(String kind, String text) {
        return "<span class=\"" + kind + "\">" + escape(text) + "</span>";
    }

    /// Text as it may stand in HTML.
    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
