package bowline.attack;

import java.nio.charset.StandardCharsets;

/// What is said to a web server (RFC 9112).
final class HttpWords {
    private static final int STATUS_AT = "HTTP/1.1 ".length();

    private final String host;
    private final String path;

    private HttpWords(String host, String path) {
        this.host = host;
        this.path = path;
    }

    static Transcript transcript(String host, String path) {
        var words = new HttpWords(host, path);
        return Transcript.of(words.head("GET", "") + "\r\n", HttpWords::isGood)
                .endless(words.head("GET", "") + "X: ")
                .declares(length -> words.head("POST", "Content-Length: " + length + "\r\n") + "\r\n")
                .items(count -> words.head("GET", "a: b\r\n".repeat(count)) + "\r\n")
                .repeats(text -> new HttpWords(host, "/" + escaped(text)).head("GET", "") + "\r\n")
                .repeats(text -> new HttpWords(host, path + "?q=" + escaped(text)).head("GET", "") + "\r\n")
                .repeats(text -> words.head("GET", "Referer: " + text + "\r\n") + "\r\n")
                .early("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", HttpWords::isGood)
                .early(
                        words.head("GET", "Connection: close\r\n") + "\r\n" + words.head("GET", "") + "\r\n",
                        HttpWords::isAnsweredTwice)
                .compressed(words::zipped);
    }

    private String head(String method, String fields) {
        return method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\n" + fields;
    }

    private static boolean isGood(String answer) {
        return isAnswered(answer) && answer.startsWith("2", STATUS_AT) && answer.contains("\r\n\r\n");
    }

    private static boolean isAnsweredTwice(String answer) {
        return isAnswered(answer) && answer.indexOf("HTTP/1.", 1) > 0;
    }

    /// Some servers call themselves older than they are asked.
    private static boolean isAnswered(String answer) {
        return answer.startsWith("HTTP/1.");
    }

    private byte[] zipped(byte[] body) {
        byte[] head = (head("POST", "Content-Encoding: gzip\r\nContent-Length: " + body.length + "\r\n") + "\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        byte[] whole = new byte[head.length + body.length];
        System.arraycopy(head, 0, whole, 0, head.length);
        System.arraycopy(body, 0, whole, head.length, body.length);
        return whole;
    }

    private static String escaped(String text) {
        var escaped = new StringBuilder();
        for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
            escaped.append("%%%02X".formatted(one & 0xFF));
        }
        return escaped.toString();
    }
}
