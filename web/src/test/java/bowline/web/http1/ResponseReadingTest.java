package bowline.web.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.machine.PeerViolation;
import bowline.web.message.Headers;
import bowline.web.message.HttpEvent;
import bowline.web.message.RequestHead;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// RFC 9112 §4, §6.3 and §9 as a client reads them.
class ResponseReadingTest {

    /// A client that has sent one request for each of `methods`.
    private static Http1Machine client(String... methods) {
        Http1Machine machine = Http1Machine.client(Http1Limits.CLIENT);
        for (String method : methods) {
            String target = method.equals("CONNECT") ? "a:443" : "/";
            machine.send(new RequestHead(method, target, Headers.of("Host", "a")), new Wire());
            machine.send(HttpEvent.End.PLAIN, new Wire());
        }
        return machine;
    }

    private static List<String> read(String method, String input) {
        return Feed.events(() -> client(method), input);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    @DisplayName("RFC 9112 §4: status, reason, fields, and a body of known length")
    void readsAPlainResponse() {
        assertEquals(
                List.of("HTTP/1.1 404 Not here, sorry [Content-Length: 5]", "body hello", "end"),
                read("GET", "HTTP/1.1 404 Not here, sorry\r\nContent-Length: 5\r\n\r\nhello"));
    }

    @Test
    @DisplayName("RFC 9112 §4: the reason may be empty, and its space missing")
    void readsEmptyReasons() {
        assertEquals(
                "HTTP/1.1 200  [Content-Length: 0]",
                read("GET", "HTTP/1.1 200 \r\nContent-Length: 0\r\n\r\n").getFirst());
        assertEquals(
                "HTTP/1.0 200  [Content-Length: 0]",
                read("GET", "HTTP/1.0 200\r\nContent-Length: 0\r\n\r\n").getFirst());
    }

    @ParameterizedTest
    @DisplayName("RFC 9112 §4: status lines that are none")
    @ValueSource(
            strings = {
                "HTTP/1.1 20 OK\r\n\r\n12",
                "HTTP/1.1 2000 OK\r\n\r\n",
                "HTTP/1.1 099 OK\r\n\r\n",
                "HTTP/1.1 600 OK\r\n\r\n",
                "HTTP/1.1 20a OK\r\n\r\n",
                "HTTP/1.1  200 OK\r\n\r\n",
                "HTTP/1.1 200 OK\n\r\n",
                "HTTP/1.1 200 O\u0000K\r\n\r\n",
                "\r\nHTTP/1.1 200 OK\r\n\r\n",
                "ICY 200 OK\r\n\r\n12345"
            })
    void refusesBadStatusLines(String input) {
        assertTrue(read("GET", input).getFirst().startsWith("violation"), input);
    }

    @Test
    @DisplayName("RFC 9112 §7.1: chunked responses")
    void readsChunkedResponses() {
        assertEquals(
                List.of("HTTP/1.1 200 OK [Transfer-Encoding: chunked]", "body hello", "end [X: y]"),
                read("GET", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nX: y\r\n\r\n"));
    }

    @Test
    @DisplayName("H1-11: HEAD, 204 and 304 have no body whatever the fields say")
    void someResponsesHaveNoBody() {
        assertEquals(
                List.of("HTTP/1.1 200 OK [Content-Length: 5]", "end"),
                read("HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"));
        assertEquals(
                List.of("HTTP/1.1 200 OK [Transfer-Encoding: chunked]", "end"),
                read("HEAD", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"));
        assertEquals(
                List.of("HTTP/1.1 204 No Content [Content-Length: 5]", "end"),
                read("GET", "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n"));
        assertEquals(
                List.of("HTTP/1.1 304 Not Modified [Content-Length: 5]", "end"),
                read("GET", "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n"));
    }

    @Test
    @DisplayName("H1-11: informational responses come in front of the final one, at most informationalMax of them")
    void readsInformationalResponses() {
        String info = "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n";
        String last = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
        assertEquals(10, read("GET", info.repeat(8) + last).size());
        assertEquals("violation null", read("GET", info.repeat(9) + last).getLast());
    }

    @ParameterizedTest
    @DisplayName("H1-1, H1-2: ambiguous framing of a response")
    @ValueSource(
            strings = {
                "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
                "Content-Length: 5\r\nContent-Length: 5\r\n",
                "Content-Length: 5, 5\r\n",
                "Transfer-Encoding: gzip, chunked\r\n"
            })
    void refusesAmbiguousFraming(String fields) {
        assertTrue(read("GET", "HTTP/1.1 200 OK\r\n" + fields + "\r\nhello")
                .getFirst()
                .startsWith("violation"));
    }

    @Test
    @DisplayName("RFC 9112 §6.3: without a length the body ends with the connection, and there is no more on it")
    void bodyMayEndWithTheConnection() {
        Http1Machine machine = client("GET");
        ByteBuffer unread = bytes("HTTP/1.1 200 OK\r\n\r\nhello");

        assertNotNull(machine.next(unread));
        assertEquals(new HttpEvent.Body(bytes("hello")), machine.next(unread));
        assertNull(machine.next(unread));
        assertEquals(HttpEvent.End.PLAIN, machine.endOfInput());
        assertTrue(machine.closed());
    }

    @ParameterizedTest
    @DisplayName("RFC 9112 §8: a connection that ends inside a message")
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Le",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"
            })
    void noticesIncompleteMessages(String input) {
        Http1Machine machine = client("GET");
        ByteBuffer unread = bytes(input);
        while (machine.next(unread) != null) {}

        assertThrows(PeerViolation.class, machine::endOfInput);
    }

    @Test
    @DisplayName("H1-11: a response before a request")
    void refusesAResponseBeforeARequest() {
        assertThrows(PeerViolation.class, () -> client().next(bytes("H")));
    }

    @Test
    @DisplayName("RFC 9112 §9.3.2: responses belong to requests in their order")
    void readsPipelinedResponses() {
        Http1Machine machine = client("HEAD", "GET");
        ByteBuffer unread =
                bytes("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
        int events = 0;
        while (machine.next(unread) != null) {
            events++;
        }
        assertEquals(2 + 3, events);
        assertEquals(0, machine.outstanding());
        assertFalse(machine.closed());
    }

    @Test
    @DisplayName("RFC 9112 §9.6: Connection: close and HTTP/1.0 end the conversation")
    void someResponsesAreTheLast() {
        for (String line : List.of("HTTP/1.1 200 OK\r\nConnection: close\r\n", "HTTP/1.0 200 OK\r\n")) {
            Http1Machine machine = client("GET");
            ByteBuffer unread = bytes(line + "Content-Length: 0\r\n\r\n");
            while (machine.next(unread) != null) {}

            assertTrue(machine.closed());
            assertThrows(
                    IllegalStateException.class,
                    () -> machine.send(new RequestHead("GET", "/", Headers.of("Host", "a")), new Wire()));
        }
    }

    @Test
    @DisplayName("RFC 9110 §9.3.6: a successful CONNECT makes a tunnel whose bytes are left alone")
    void connectMakesATunnel() {
        Http1Machine machine = client("CONNECT");
        ByteBuffer unread = bytes("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nraw");

        assertNotNull(machine.next(unread));
        assertTrue(machine.tunnel());
        assertNull(machine.next(unread));
        assertEquals(3, unread.remaining());
    }

    @Test
    @DisplayName("RFC 9110 §15.2.2: 101 only when an upgrade was offered")
    void upgradesOnlyWhenOffered() {
        ByteBuffer unread =
                bytes("HTTP/1.1 101 Switching Protocols\r\nUpgrade: chat\r\nConnection: upgrade\r\n\r\nraw");
        assertThrows(PeerViolation.class, () -> client("GET").next(unread.duplicate()));

        Http1Machine machine = Http1Machine.client(Http1Limits.CLIENT);
        Headers offer = Headers.of("Host", "a", "Connection", "Upgrade", "Upgrade", "chat");
        machine.send(new RequestHead("GET", "/", offer), new Wire());
        machine.send(HttpEvent.End.PLAIN, new Wire());
        assertNotNull(machine.next(unread));
        assertTrue(machine.tunnel());
    }

    @Test
    @DisplayName("G1: bodies of bodyMaxBytes pass, one byte more does not")
    void limitsTheBody() {
        Http1Limits limits = Http1Limits.CLIENT.bodyMaxBytes(5);
        for (String framing : List.of("Content-Length: 6\r\n\r\n", "\r\nhello!")) {
            Http1Machine machine = Http1Machine.client(limits);
            machine.send(new RequestHead("GET", "/", Headers.of("Host", "a")), new Wire());
            ByteBuffer unread = bytes("HTTP/1.1 200 OK\r\n" + framing);
            assertThrows(PeerViolation.class, () -> {
                while (machine.next(unread) != null) {}
            });
        }
    }
}
