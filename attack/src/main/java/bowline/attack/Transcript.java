package bowline.attack;

import bowline.bytes.Ascii;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/// What a well-behaved client of a service says, and how a good answer is recognised.
///
/// @param request one whole request
/// @param good whether the bytes so far, one character each, are a whole good answer to it
/// @param endless how a unit begins that never ends, as a line or a field without its end; empty if the protocol has
/// none, as an echo
public record Transcript(String request, Predicate<String> good, String endless) {

    /// Checks that there is a request.
    public Transcript {
        if (request.length() < 2) {
            throw new IllegalArgumentException(
                    "a request of " + request.length() + " bytes cannot be cut; give a longer one");
        }
    }

    /// HTTP/1.1: `GET` of a path, good when it is answered with 2xx.
    public static Transcript http(String host, String path) {
        String head = "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n";
        return new Transcript(
                head + "\r\n", answer -> answer.startsWith("HTTP/1.1 2") && answer.contains("\r\n\r\n"), head + "X: ");
    }

    /// Lines: `line`, which is sent with CR LF, is answered with something that contains `answer`.
    public static Transcript line(String line, String answer) {
        return new Transcript(line + "\r\n", text -> text.contains(answer), line);
    }

    byte[] bytes() {
        return request.getBytes(StandardCharsets.ISO_8859_1);
    }

    /// For reports.
    @Override
    public String toString() {
        return Ascii.quote(request, 60);
    }
}
