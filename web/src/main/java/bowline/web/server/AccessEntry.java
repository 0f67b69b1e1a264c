package bowline.web.server;

import bowline.web.message.HeaderName;
import bowline.web.message.HttpDate;
import bowline.web.message.RequestHead;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One request and how it was answered, for the access log (WEB-8).
///
/// @param host the client's address
/// @param time when the response was through
/// @param request the request's head
/// @param status the response's status
/// @param bodyBytes what was sent behind the response's head
public record AccessEntry(String host, Instant time, RequestHead request, int status, long bodyBytes) {

    /// The line in the combined log format. Whatever the client sent is escaped: the line stays one line, and
    /// means nothing to a terminal (G10).
    public String combined() {
        var line = new StringBuilder(160);
        line.append(host.isEmpty() ? "-" : host).append(" - - [");
        line.append(HttpDate.formatForLog(time.getEpochSecond())).append("] \"");
        escape(line, request.method());
        escape(line.append(' '), request.target());
        line.append(' ')
                .append(request.version().text())
                .append("\" ")
                .append(status)
                .append(' ');
        if (bodyBytes > 0) {
            line.append(bodyBytes);
        } else {
            line.append('-');
        }
        quote(line, request.headers().first(HeaderName.REFERER));
        quote(line, request.headers().first(HeaderName.USER_AGENT));
        return line.toString();
    }

    private static void quote(StringBuilder line, @Nullable String value) {
        line.append(" \"");
        escape(line, value == null ? "-" : value);
        line.append('"');
    }

    private static void escape(StringBuilder line, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c < 0x7F && c != '"' && c != '\\') {
                line.append(c);
            } else {
                line.append("\\x").append(Character.forDigit(c >> 4 & 0xF, 16)).append(Character.forDigit(c & 0xF, 16));
            }
        }
    }
}
