package bowline.web.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;

import bowline.web.message.HeadLimits;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// RFC 9112 §2 to §6 as a server reads them.
class RequestReadingTest {
    private static final Http1Limits LIMITS = Http1Limits.SERVER;

    private static List<String> read(String input) {
        return read(LIMITS, input);
    }

    private static List<String> read(Http1Limits limits, String input) {
        return Feed.events(() -> Http1Machine.server(limits), input);
    }

    @Test
    @DisplayName("RFC 9112 §3: a plain request is a head and an end")
    void readsAPlainRequest() {
        assertEquals(
                List.of("GET /plaintext HTTP/1.1 [Host: a|Accept: */*]", "end"),
                read("GET /plaintext HTTP/1.1\r\nHost: a\r\nAccept:\t*/* \t\r\n\r\n"));
    }

    @Test
    @DisplayName("RFC 9112 §2.2: one empty line in front is skipped, a second is not")
    void skipsOneEmptyLineInFront() {
        assertEquals(List.of("GET / HTTP/1.1 [Host: a]", "end"), read("\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"));
        assertEquals(List.of("violation 400 Bad Request"), read("\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"));
    }

    @Test
    @DisplayName("RFC 9112 §9.3.2: pipelined requests come one after another")
    void readsPipelinedRequests() {
        String one = "GET /1 HTTP/1.1\r\nHost: a\r\n\r\n";
        String two = "POST /2 HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello";
        assertEquals(
                List.of(
                        "GET /1 HTTP/1.1 [Host: a]",
                        "end",
                        "POST /2 HTTP/1.1 [Host: a|Content-Length: 5]",
                        "body hello",
                        "end",
                        "GET /1 HTTP/1.1 [Host: a]",
                        "end"),
                read(one + two + one));
    }

    @Test
    @DisplayName("RFC 9112 §9.3.2: a request that is repeated byte for byte, and one that only begins like it")
    void readsRepeatedRequests() {
        String one = "GET /1 HTTP/1.1\r\nHost: a\r\n\r\n";
        String longer = "GET /1 HTTP/1.1\r\nHost: a\r\nX: y\r\n\r\n";
        String other = "GET /2 HTTP/1.1\r\nHost: a\r\n\r\n";
        String head = "[Host: a]";
        assertEquals(
                List.of(
                        "GET /1 HTTP/1.1 " + head,
                        "end",
                        "GET /1 HTTP/1.1 " + head,
                        "end",
                        "GET /1 HTTP/1.1 " + head,
                        "end",
                        "GET /1 HTTP/1.1 [Host: a|X: y]",
                        "end",
                        "GET /1 HTTP/1.1 [Host: a|X: y]",
                        "end",
                        "GET /2 HTTP/1.1 " + head,
                        "end",
                        "GET /1 HTTP/1.1 " + head,
                        "end"),
                read(one + one + "\r\n" + one + longer + longer + other + one));
        assertEquals(
                List.of("GET /1 HTTP/1.1 " + head, "end", "violation 400 Bad Request"),
                read(one + one.replace("Host", "Ho\rt")));
    }

    @Test
    @DisplayName("H1-8: what is dropped behind the last request is dropped though it repeats one before")
    void readsNothingBehindTheLast() {
        String one = "GET /1 HTTP/1.1\r\nHost: a\r\n\r\n";
        String last = "GET /1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
        assertEquals(
                List.of("GET /1 HTTP/1.1 [Host: a]", "end", "GET /1 HTTP/1.1 [Host: a|Connection: close]", "end"),
                read(one + last + one + last));
    }

    @Test
    @DisplayName("a repeated request with a body gets its own body")
    void readsRepeatedBodies() {
        String post = "POST /2 HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n";
        String head = "POST /2 HTTP/1.1 [Host: a|Content-Length: 5]";
        assertEquals(
                List.of(head, "body hello", "end", head, "body again", "end"), read(post + "hello" + post + "again"));
    }

    @Test
    @DisplayName("RFC 9110 §5.5: an empty value, a value of obs-text, and a repeated name are as they were sent")
    void readsUnusualValues() {
        assertEquals(
                List.of("GET / HTTP/1.1 [Host: |X: |X: caf\u00e9  au\tlait]", "end"),
                read("GET / HTTP/1.1\r\nHost:\r\nX:   \r\nX: caf\u00e9  au\tlait\r\n\r\n"));
    }

    @ParameterizedTest
    @DisplayName("H1-5: heads that are no HTTP are refused")
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\nHost: a\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\n\n",
                "GET / HTTP/1.1\rHost: a\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\rX: b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nX: b\u0000c\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nX: b\u007fc\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nX: b\u001bc\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nX : b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nX\t: b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nX: b\r\n folded\r\n\r\n",
                "GET / HTTP/1.1\r\n Host: a\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\n: b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nX\u00e9: b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nContent\rLength: 3\r\n\r\n",
                "GET  / HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /  HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET / HTTP/1.1 \r\nHost: a\r\n\r\n",
                " GET / HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n",
                "G\u00c4T / HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /\u00e9 HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /a#b HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /\u0000 HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET / http/1.1\r\nHost: a\r\n\r\n",
                "GET /\r\n\r\n",
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003"
            })
    void refusesHeadsThatAreNoHttp(String input) {
        assertEquals(List.of("violation 400 Bad Request"), read(input));
    }

    @ParameterizedTest
    @DisplayName("RFC 9112 §2.3: other versions are told so")
    @ValueSource(strings = {"HTTP/1.2", "HTTP/2.0", "HTTP/0.9"})
    void refusesOtherVersions(String version) {
        assertEquals(
                List.of("violation 505 HTTP Version Not Supported"), read("GET / " + version + "\r\nHost: a\r\n\r\n"));
    }

    @ParameterizedTest
    @DisplayName("H1-7: exactly one Host, which is a host")
    @ValueSource(
            strings = {
                "X: y\r\n",
                "Host: a\r\nHost: a\r\n",
                "Host: a\r\nhOsT: b\r\n",
                "Host: user@a\r\n",
                "Host: a b\r\n",
                "Host: a/b\r\n",
                "Host: a:b\r\n",
                "Host: a:123456\r\n",
                "Host: :80\r\n",
                "Host: [::1\r\n",
                "Host: []\r\n",
                "Host: a,b:80:90\r\n"
            })
    void refusesAnythingButOneHost(String fields) {
        assertEquals(List.of("violation 400 Bad Request"), read("GET / HTTP/1.1\r\n" + fields + "\r\n"));
    }

    @ParameterizedTest
    @DisplayName("RFC 9112 §3.2: hosts in all their forms")
    @ValueSource(strings = {"a", "a:80", "a:", "127.0.0.1:8080", "[::1]", "[2001:db8::1]:443", "x_y.example", ""})
    void takesHostsInAllTheirForms(String host) {
        assertEquals(2, read("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n").size());
    }

    @Test
    @DisplayName("RFC 9112 §3.2: HTTP/1.0 needs no Host")
    void needsNoHostInHttp10() {
        assertEquals(List.of("GET / HTTP/1.0", "end"), read("GET / HTTP/1.0\r\n\r\n"));
    }

    @ParameterizedTest
    @DisplayName("RFC 9112 §3.2: each method with the forms of target that it has")
    @ValueSource(
            strings = {
                "GET http://a/b?c HTTP/1.1",
                "GET HTTP://A HTTP/1.1",
                "OPTIONS * HTTP/1.1",
                "OPTIONS http://a HTTP/1.1",
                "GET //a HTTP/1.1",
                "GET /?u=http://b/|{}^`\\ HTTP/1.1"
            })
    void takesTheFormsOfTarget(String line) {
        assertEquals(2, read(line + "\r\nHost: a\r\n\r\n").size());
    }

    @ParameterizedTest
    @DisplayName("H1-7: targets of the wrong form, with user information, or of another host")
    @ValueSource(
            strings = {
                "GET * HTTP/1.1",
                "GET a HTTP/1.1",
                "GET a:80 HTTP/1.1",
                "GET ftp://a/ HTTP/1.1",
                "GET http:///b HTTP/1.1",
                "GET http://user@a/ HTTP/1.1",
                "GET http://b/ HTTP/1.1",
                "GET http://a:81/ HTTP/1.1",
                "CONNECT / HTTP/1.1",
                "CONNECT a HTTP/1.1",
                "CONNECT http://a:80 HTTP/1.1",
                "OPTIONS ** HTTP/1.1"
            })
    void refusesOtherForms(String line) {
        assertEquals(List.of("violation 400 Bad Request"), read(line + "\r\nHost: a\r\n\r\n"));
    }

    @ParameterizedTest
    @DisplayName("H1-1, H1-2: framing that could mean two things is refused")
    @ValueSource(
            strings = {
                "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
                "Content-Length: 5\r\nContent-Length: 5\r\n",
                "Content-Length: 5\r\nContent-Length: 6\r\n",
                "Content-Length: 5, 5\r\n",
                "Content-Length: +5\r\n",
                "Content-Length: -5\r\n",
                "Content-Length: 5 5\r\n",
                "Content-Length: 0x5\r\n",
                "Content-Length: 5a\r\n",
                "Content-Length:\r\n",
                "Content-Length: 9223372036854775808\r\n",
                "Content-Length: 99999999999999999999\r\n",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
                "Transfer-Encoding: chunked, chunked\r\n",
                "Transfer-Encoding: chunked, gzip\r\n",
                "Transfer-Encoding: xchunked\r\n",
                "Transfer-Encoding: \u000bchunked\r\n",
                "Transfer-Encoding: chunked;q=1\r\n",
                "Transfer-Encoding: \"chunked\"\r\n",
                "Transfer-Encoding: identity\r\n",
                "Transfer-Encoding:\r\n"
            })
    void refusesAmbiguousFraming(String fields) {
        assertEquals(
                List.of("violation 400 Bad Request"),
                read("POST / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n0\r\n\r\n"));
    }

    @Test
    @DisplayName("H1-1: an unknown coding under chunked is not implemented; none in HTTP/1.0")
    void refusesUnknownCodings() {
        assertEquals(
                List.of("violation 501 Not Implemented"),
                read("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n"));
        assertEquals(
                List.of("violation 400 Bad Request"),
                read("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"));
    }

    @Test
    @DisplayName("RFC 9110 §10.1.1: only 100-continue can be expected")
    void refusesOtherExpectations() {
        assertEquals(
                List.of("violation 417 Expectation Failed"), read("GET / HTTP/1.1\r\nHost: a\r\nExpect: tea\r\n\r\n"));
    }

    @Test
    @DisplayName("RFC 9112 §9.6: what comes behind Connection: close is not read")
    void ignoresWhatComesBehindTheLastRequest() {
        assertEquals(
                List.of("GET / HTTP/1.1 [Host: a|Connection: keep-alive, CLOSE]", "end"),
                read(
                        "GET / HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, CLOSE\r\n\r\nGET /2 HTTP/1.1\r\n\r\n\u0000"));
    }

    @Test
    @DisplayName("H1-7: a target of targetMaxBytes passes, one byte more does not")
    void limitsTheTarget() {
        assertEquals(
                2,
                read("GET /" + "a".repeat(8191) + " HTTP/1.1\r\nHost: a\r\n\r\n")
                        .size());
        assertEquals(
                List.of("violation 414 URI Too Long"),
                read("GET /" + "a".repeat(8192) + " HTTP/1.1\r\nHost: a\r\n\r\n"));
        assertEquals(List.of("violation 414 URI Too Long"), read("GET /" + "a".repeat(8192)));
    }

    @Test
    @DisplayName("H1-7: a method of methodMaxBytes passes, one byte more does not")
    void limitsTheMethod() {
        assertEquals(2, read("M".repeat(32) + " / HTTP/1.1\r\nHost: a\r\n\r\n").size());
        assertEquals(List.of("violation 501 Not Implemented"), read("M".repeat(33) + " / HTTP/1.1\r\nHost: a\r\n\r\n"));
    }

    @Test
    @DisplayName("G2: a head of headMaxBytes passes, one byte more does not")
    void limitsTheHead() {
        String start = "GET / HTTP/1.1\r\nHost: a\r\nX: ";
        String fits = start + "a".repeat(16384 - start.length() - 4) + "\r\n\r\n";
        assertEquals(2, read(fits).size());
        assertEquals(List.of("violation 431 Request Header Fields Too Large"), read(fits.replace("X: ", "X: a")));
        assertEquals(List.of("violation 431 Request Header Fields Too Large"), read(start + "a".repeat(20000)));
    }

    @Test
    @DisplayName("G2: fieldsMax fields pass, one more does not")
    void limitsTheNumberOfFields() {
        Http1Limits limits = LIMITS.head(HeadLimits.USUAL.fieldsMax(20));
        String start = "GET / HTTP/1.1\r\nHost: a\r\n";
        assertEquals(2, read(limits, start + "X: y\r\n".repeat(19) + "\r\n").size());
        assertEquals(
                List.of("violation 431 Request Header Fields Too Large"),
                read(limits, start + "X: y\r\n".repeat(20) + "\r\n"));
    }

    @Test
    @DisplayName("G1: a body of bodyMaxBytes passes, one byte more is refused before it comes")
    void limitsTheBody() {
        Http1Limits limits = LIMITS.bodyMaxBytes(5);
        String start = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: ";
        assertEquals(3, read(limits, start + "5\r\n\r\nhello").size());
        assertEquals(List.of("violation 413 Content Too Large"), read(limits, start + "6\r\n\r\n"));
        assertEquals(List.of("violation 413 Content Too Large"), read(limits, start + "9223372036854775807\r\n\r\n"));
    }
}
