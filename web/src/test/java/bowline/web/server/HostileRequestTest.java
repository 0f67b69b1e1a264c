package bowline.web.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.log.CapturedLogs;
import bowline.testing.ManualClock;
import bowline.web.file.StaticFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a hostile client may send to a server of files, and what it gets: an answer to each request that was one, and
/// the end of the connection where nobody can tell any more what is a request (H1-1 to H1-5, H1-7 to H1-9, G2, G14).
class HostileRequestTest {
    private static final String GOOD = "GET /f HTTP/1.1\r\nHost: a\r\n\r\n";

    @TempDir
    private Path root;

    private Site site;

    @BeforeEach
    void serve() throws IOException {
        Files.writeString(root.resolve("f"), "file");
        site = new Site(new StaticFiles(root));
    }

    /// The statuses of the answers, and `end` if the server then ended the connection, whole and in pieces.
    private void assertAnswers(String expected, String sent) {
        long seed = new Random().nextLong();
        assertEquals(expected, answers(sent, sent.length()), sent);
        assertEquals(expected, answers(sent, 1), sent);
        assertEquals(expected, answers(sent, 1 + new Random(seed).nextInt(sent.length())), sent + ", seed " + seed);
    }

    private String answers(String sent, int pieceLength) {
        Browser browser = Browser.open(site);
        try {
            for (int at = 0; at < sent.length(); at += pieceLength) {
                browser.deliver(sent.substring(at, Math.min(sent.length(), at + pieceLength)));
                browser.clock.advance(Duration.ZERO);
            }
            return statuses(browser);
        } finally {
            browser.close();
        }
    }

    private static String statuses(Browser browser) {
        var seen = new ArrayList<String>();
        for (String line : browser.text().split("\r\n")) {
            int status = line.lastIndexOf("HTTP/1.1 "); // may stand right behind a body
            if (status >= 0) {
                seen.add(line.substring(status + 9, status + 12));
            }
        }
        if (browser.writeClosed() || browser.disconnecting()) {
            seen.add("end");
        }
        return String.join(" ", seen);
    }

    private static String get(String... fields) {
        return "GET /f HTTP/1.1\r\nHost: a\r\n" + lines(fields) + "\r\n";
    }

    private static String post(String body, String... fields) {
        return "POST /f HTTP/1.1\r\nHost: a\r\n" + lines(fields) + "\r\n" + body;
    }

    private static String lines(String... fields) {
        var lines = new StringBuilder();
        for (String field : fields) {
            lines.append(field).append("\r\n");
        }
        return lines.toString();
    }

    @Test
    @DisplayName("what is no HTTP is answered 400 and the connection ended; nothing behind it is read")
    void refusesGarbage() {
        for (String garbage : List.of(
                "\u0016\u0003\u0001\u0002\u0000\u0001",
                "\u0000".repeat(100),
                "hello\r\n\r\n",
                "\n\n",
                "\r\n\r\n",
                "get\t/\r\n\r\n")) {
            assertAnswers("400 end", garbage + GOOD);
            assertAnswers("200 400 end", GOOD + garbage + GOOD);
        }
        assertAnswers("400 end", "GET /f\r\n\r\n" + GOOD);
        assertAnswers("400 end", "GET  /f HTTP/1.1\r\nHost: a\r\n\r\n" + GOOD);
        assertAnswers("400 end", "GET /f HTTP/1.1\nHost: a\n\n" + GOOD);
        assertAnswers("505 end", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    }

    @Test
    @DisplayName("H1-1, H1-2: no body has two lengths, and what two readers could read differently is refused")
    void refusesSmuggling() {
        assertAnswers("400 end", post("0\r\n\r\n" + GOOD, "Content-Length: 3", "Transfer-Encoding: chunked"));
        assertAnswers("400 end", post("0\r\n\r\n" + GOOD, "Transfer-Encoding: chunked", "Content-Length: 3"));
        assertAnswers("400 end", post(GOOD, "Transfer-Encoding: chunked", "Transfer-Encoding: identity"));
        assertAnswers("400 end", post(GOOD, "Transfer-Encoding: \u000bchunked"));
        assertAnswers("400 end", post(GOOD, "Transfer-Encoding : chunked"));
        assertAnswers("400 end", post(GOOD, "X: y", " Transfer-Encoding: chunked"));
        assertAnswers("501 end", post(GOOD, "Transfer-Encoding: gzip, chunked"));
        for (String length : List.of("+3", "-1", "3, 3", "0x3", "3 3", "9".repeat(20), "")) {
            assertAnswers("400 end", post(GOOD, "Content-Length: " + length));
        }
        assertAnswers("400 end", post("abc" + GOOD, "Content-Length: 3", "Content-Length: 3"));
        assertAnswers("413 end", post(GOOD, "Content-Length: " + Long.MAX_VALUE));
    }

    @Test
    @DisplayName("H1-8: a body that nobody wants is no request, whatever it looks like")
    void bodiesAreNoRequests() {
        String hidden = "GET /hidden HTTP/1.1\r\nHost: a\r\n\r\n";
        assertAnswers("200 200", get("Content-Length: " + hidden.length()) + hidden + GOOD);
        assertAnswers("405 200", post(hidden + GOOD, "Content-Length: " + hidden.length()));
        assertAnswers("405 end", post(hidden + GOOD, "Content-Length: 10000000"));
        assertAnswers("405 end", post(GOOD, "Content-Length: 3", "Expect: 100-continue"));
        assertAnswers("417 end", post(GOOD, "Content-Length: 3", "Expect: the-unexpected"));
    }

    @Test
    @DisplayName("H1-3: a body whose chunks make no sense ends the connection, though its answer went out before")
    void refusesBadChunks() {
        for (String chunks : List.of(
                "xyz\r\n", "1\na\r\n0\r\n\r\n", "0x1\r\na\r\n", "-1\r\n", "1;\"\r\n", "0".repeat(17) + "\r\n")) {
            assertAnswers("405 end", post(chunks + GOOD, "Transfer-Encoding: chunked"));
        }
    }

    @Test
    @DisplayName("H1-7: exactly one host, and a target of a form that its method may have")
    void refusesDoubtfulTargets() {
        assertAnswers("400 end", "GET /f HTTP/1.1\r\n\r\n" + GOOD);
        assertAnswers("400 end", get("Host: a"));
        assertAnswers("400 end", "GET /f HTTP/1.1\r\nHost: u@a\r\n\r\n");
        for (String target :
                List.of("*", "f", "ftp://a/f", "http://b/f", "http://u@a/f", "http:///f", "/f#x", "/<f>", "/\u00e9")) {
            assertAnswers("400 end", "GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n" + GOOD);
        }
        assertAnswers("200", "GET http://a/f HTTP/1.1\r\nHost: a\r\n\r\n");
        assertAnswers(
                "204 204 501 405 200",
                "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\nOPTIONS /f HTTP/1.1\r\nHost: a\r\n\r\n"
                        + "CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\nTRACE /f HTTP/1.1\r\nHost: a\r\n\r\n" + GOOD);
    }

    @Test
    @DisplayName("G2: what is too long has a name and an end")
    void refusesWhatIsTooLong() {
        assertAnswers("501 end", "A".repeat(33) + " /f HTTP/1.1\r\nHost: a\r\n\r\n");
        assertAnswers("414 end", "GET /" + "a".repeat(8192) + " HTTP/1.1\r\nHost: a\r\n\r\n");
        assertAnswers("404", "GET /" + "a".repeat(8191) + " HTTP/1.1\r\nHost: a\r\n\r\n");
        assertAnswers("431 end", get("X: " + "y".repeat(16 << 10)));
        assertAnswers("431 end", get("X:y\r\n".repeat(499) + "X:y"));
        assertAnswers("200", get("X:y\r\n".repeat(498) + "X:y"));
    }

    @Test
    @DisplayName("G14: no way of writing a path leads out of the root, and each leaves the connection as it was")
    void staysBelowTheRoot() {
        for (String path : List.of(
                "/../f",
                "/%2e%2e/f",
                "/..%2ff",
                "/.",
                "//f",
                "/f/",
                "/f%00",
                "/\\..\\f",
                "/%5c..%5cf",
                "/f.",
                "/f%20",
                "/.f",
                "/C:/f")) {
            assertAnswers("404 200", "GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n" + GOOD);
        }
        for (String path : List.of("/%", "/%zz", "/%u002e", "/%ff", "/%c0%ae%c0%ae/")) {
            assertAnswers("400 200", "GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n" + GOOD);
        }
    }

    @Test
    @DisplayName("H1-13: absurd ranges are answered whole or not at all, and conditions that are none do not hold")
    void answersAbsurdRanges() {
        String far = "9".repeat(40);
        for (String range :
                List.of("0-,0-,0-", "0-" + ",0-".repeat(1500), ",".repeat(5000), "5-1", "a-b", "-", "--1", "1-2-3")) {
            assertAnswers("200", get("Range: bytes=" + range));
        }
        assertAnswers(
                "206 206 206",
                get("Range: bytes=0-" + far) + get("Range: bytes=-" + far) + get("Range: bytes=0-0, 2-2"));
        assertAnswers(
                "416 416 416", get("Range: bytes=" + far + "-") + get("Range: bytes=-0") + get("Range: bytes=4-"));
        assertAnswers(
                "412 412 200",
                get("If-Match: \"") + get("If-Match: \"x\"", "If-None-Match: *") + get("If-None-Match: \""));
        assertAnswers("200 304", get("If-Modified-Since: " + far) + get("If-None-Match: *", "Range: bytes=0-0"));
    }

    @Test
    @DisplayName("G10: what a peer sent stands in the log escaped and shortened")
    void logsHarmlessly() {
        try (var logs = CapturedLogs.open()) {
            answers("G\u001b[31m\r\n\u0007" + "x".repeat(1000), 2000);
            answers("GET /\u001b]0;" + "x".repeat(1000) + " HTTP/1.1\r\n\r\n", 2000);

            List<String> told = logs.texts().stream()
                    .filter(text -> text.contains("broke the protocol"))
                    .toList();
            assertEquals(2, told.size());
            for (String text : told) {
                assertTrue(text.contains("\\x1b"), text);
                assertTrue(text.chars().noneMatch(c -> c < ' ' || c == 0x7F), text);
                assertTrue(text.length() < 300, text);
            }
        }
    }

    @Test
    @DisplayName("G6: a head that trickles in is answered 408 in its time, and so is the one behind a good request")
    void endsSlowHeads() {
        Browser browser = Browser.open(site);
        browser.deliver(GOOD + "GET /f HTTP/1.1\r\nX: ");
        ManualClock clock = browser.clock;
        for (long second = 0; second < ServerTimeouts.USUAL.head().toSeconds(); second++) {
            assertEquals("200", statuses(browser));
            clock.advance(Duration.ofSeconds(1));
            browser.deliver("y");
        }
        assertEquals("200 408 end", statuses(browser));
    }
}
