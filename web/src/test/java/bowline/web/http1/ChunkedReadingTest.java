package bowline.web.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// RFC 9112 §7.1, Chunked Transfer Coding.
class ChunkedReadingTest {
    private static final String HEAD = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";

    private static List<String> read(String body) {
        return read(Http1Limits.SERVER, body);
    }

    private static List<String> read(Http1Limits limits, String body) {
        List<String> events = Feed.events(() -> Http1Machine.server(limits), HEAD + body);
        return events.subList(1, events.size());
    }

    @Test
    @DisplayName("RFC 9112 §7.1: chunks are joined, whatever the case and zeros of their sizes")
    void joinsChunks() {
        assertEquals(
                List.of("body hello, wonderful world", "end"),
                read("5\r\nhello\r\n00c\r\n, wonderful \r\n0005\r\nworld\r\n000\r\n\r\n"));
        assertEquals(List.of("body 0123456789", "end"), read("A\r\n0123456789\r\n0\r\n\r\n"));
    }

    @Test
    @DisplayName("RFC 9112 §7.1: an empty body, and the next request behind it")
    void readsAnEmptyBodyAndGoesOn() {
        assertEquals(
                List.of("end", "GET /2 HTTP/1.1 [Host: a]", "end"),
                read("0\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n"));
    }

    @ParameterizedTest
    @DisplayName("RFC 9112 §7.1.1: extensions are read and dropped")
    @ValueSource(
            strings = {
                ";a",
                ";a=b",
                ";a=b;c",
                " ; a = b ;\tc",
                ";a=\"\"",
                ";a=\"quoted ; = \\\" \\\\ string\"",
                ";a=\"b\" ;c"
            })
    void dropsExtensions(String extension) {
        assertEquals(List.of("body hello", "end"), read("5" + extension + "\r\nhello\r\n0" + extension + "\r\n\r\n"));
    }

    @ParameterizedTest
    @DisplayName("H1-3, H1-4: framing that a laxer reader would see otherwise is refused")
    @ValueSource(
            strings = {
                "5\nhello\r\n0\r\n\r\n",
                "5;a\nhello\r\n0\r\n\r\n",
                "5;a=\"b\nc\"\r\nhello\r\n0\r\n\r\n",
                "5;a=\"b\r\nc\"\r\nhello\r\n0\r\n\r\n",
                "5;a=\"b\\\r\nc\"\r\nhello\r\n0\r\n\r\n",
                "5;a=\"b\"c\r\nhello\r\n0\r\n\r\n",
                "5;\r\nhello\r\n0\r\n\r\n",
                "5;=b\r\nhello\r\n0\r\n\r\n",
                "5;a=\r\nhello\r\n0\r\n\r\n",
                "5;a b\r\nhello\r\n0\r\n\r\n",
                "5 \r\nhello\r\n0\r\n\r\n",
                " 5\r\nhello\r\n0\r\n\r\n",
                "+5\r\nhello\r\n0\r\n\r\n",
                "-5\r\nhello\r\n0\r\n\r\n",
                "0x5\r\nhello\r\n0\r\n\r\n",
                "5_0\r\nhello\r\n0\r\n\r\n",
                "\r\nhello\r\n0\r\n\r\n",
                "g\r\n",
                "\u0665\r\nhello\r\n",
                "8000000000000000\r\n",
                "ffffffffffffffff\r\n",
                "00000000000000005\r\nhello\r\n0\r\n\r\n",
                "5\rhello\r\n0\r\n\r\n"
            })
    void refusesBadSizeLines(String body) {
        assertEquals(List.of("violation 400 Bad Request"), read(body));
    }

    @ParameterizedTest
    @DisplayName("H1-3: data must be followed by CR LF")
    @ValueSource(
            strings = {"5\r\nhello\n0\r\n\r\n", "5\r\nhello0\r\n\r\n", "5\r\nhellooo\r\n0\r\n\r\n", "5\r\nhello\r0"})
    void refusesOtherEndsOfData(String body) {
        assertEquals(List.of("body hello", "violation 400 Bad Request"), read(body));
    }

    @Test
    @DisplayName("H1-6: trailers are told apart, and those that frame, route or vouch are dropped")
    void keepsTrailersApart() {
        assertEquals(
                List.of("end [Checksum: abc|X: y]"),
                read("0\r\nChecksum: abc\r\nContent-Length: 7\r\nAuthorization: me\r\nHost: b\r\nX: y\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n"));
    }

    @ParameterizedTest
    @DisplayName("H1-6: trailers are as strict as heads")
    @ValueSource(
            strings = {"0\r\nX : y\r\n\r\n", "0\r\nX: y\n\r\n", "0\r\n X: y\r\n\r\n", "0\r\nX: y\r\n\n", "0\r\n\n"})
    void refusesBadTrailers(String body) {
        assertEquals(List.of("violation 400 Bad Request"), read(body));
    }

    @Test
    @DisplayName("H1-4: extensions of chunkExtensionsMaxBytes pass, one byte more does not, whatever the chunks")
    void limitsExtensions() {
        String half = "1;a=" + "b".repeat(2045) + "\r\nx\r\n";
        assertEquals(List.of("body xx", "end"), read(half + half + "0\r\n\r\n"));
        assertEquals(List.of("body xx", "violation 400 Bad Request"), read(half + half + "1;a\r\nx\r\n0\r\n\r\n"));
    }

    @Test
    @DisplayName("H1-6: trailers of trailersMaxBytes pass, one byte more does not")
    void limitsTrailers() {
        String fits = "X: " + "y".repeat(8192 - 7) + "\r\n\r\n";
        assertEquals(1, read("0\r\n" + fits).size());
        assertEquals(List.of("violation 431 Request Header Fields Too Large"), read("0\r\nX" + fits));
    }

    @Test
    @DisplayName("G1: chunks of bodyMaxBytes together pass, one byte more is refused before it comes")
    void limitsTheBody() {
        Http1Limits limits = Http1Limits.SERVER.bodyMaxBytes(8);
        assertEquals(List.of("body hellowor", "end"), read(limits, "5\r\nhello\r\n3\r\nwor\r\n0\r\n\r\n"));
        assertEquals(List.of("body hello", "violation 413 Content Too Large"), read(limits, "5\r\nhello\r\n4\r\n"));
        assertEquals(List.of("violation 413 Content Too Large"), read(limits, "7fffffffffffffff\r\n"));
    }

    @Test
    @DisplayName("RFC 9112 §7.1: data is passed on before its chunk is whole")
    void passesDataOnAsItComes() {
        assertEquals(List.of("body hel"), read("5\r\nhel"));
    }
}
