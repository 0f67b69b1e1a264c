package bowline.web.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.machine.PeerViolation;
import bowline.web.message.BodyLength;
import bowline.web.message.Headers;
import bowline.web.message.HttpEvent;
import bowline.web.message.RequestHead;
import bowline.web.message.ResponseHead;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// RFC 9112 §6 to §9 as both sides write them.
class SendingTest {
    private final Wire wire = new Wire();

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /// A server that has read `requests`.
    private static Http1Machine server(String... requests) {
        Http1Machine machine = Http1Machine.server(Http1Limits.SERVER);
        ByteBuffer unread = bytes(String.join("", requests));
        while (unread.hasRemaining() && machine.next(unread) != null) {}
        while (machine.insideMessage() && machine.next(unread) != null) {}
        return machine;
    }

    private static Http1Machine server11(String method) {
        return server(method + " / HTTP/1.1\r\nHost: a\r\n\r\n");
    }

    private static Http1Machine client() {
        return Http1Machine.client(Http1Limits.CLIENT);
    }

    private String answer(Http1Machine machine, int status, long length, String body) {
        return answer(machine, new ResponseHead(status, Headers.of("X", "y"), length), body);
    }

    private String answer(Http1Machine machine, ResponseHead head, String body) {
        machine.send(head, wire);
        machine.send(new HttpEvent.Body(bytes(body)), wire);
        machine.send(HttpEvent.End.PLAIN, wire);
        return wire.take();
    }

    @Test
    @DisplayName("RFC 9112 §6.2: a body of known length")
    void sendsKnownLength() {
        assertEquals(
                "HTTP/1.1 200 OK\r\nX: y\r\nContent-Length: 5\r\n\r\nhello", answer(server11("GET"), 200, 5, "hello"));
        assertEquals(
                "HTTP/1.1 404 Not Found\r\nX: y\r\nContent-Length: 0\r\n\r\n",
                answer(server11("GET"), 404, BodyLength.NONE, ""));
    }

    @Test
    @DisplayName("RFC 9112 §6.2: a head that is sent again goes out again, each time as its own request has it")
    void sendsTheSameHeadAgain() {
        String get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
        Http1Machine machine = server(get, get, get.replace("GET", "HEAD"), get, get, get.replace("1.1", "1.0"));
        var head = new ResponseHead(200, Headers.of("X", "y"), 5);
        String same = "HTTP/1.1 200 OK\r\nX: y\r\nContent-Length: 5\r\n\r\nhello";

        assertEquals(same, answer(machine, head, "hello"));
        assertEquals(same, answer(machine, head, "hello"));
        assertEquals(same.replace("hello", ""), answer(machine, head, "hello"));
        assertEquals(same.replace('y', 'z'), answer(machine, new ResponseHead(200, Headers.of("X", "z"), 5), "hello"));
        assertEquals(same, answer(machine, head, "hello"));
        assertEquals(same.replace("Content", "Connection: close\r\nContent"), answer(machine, head, "hello"));
        assertTrue(machine.closed());
    }

    @Test
    @DisplayName("RFC 9112 §6.2: a head that is sent again has a body of the same length to send")
    void countsTheBodyOfTheSameHeadAgain() {
        String get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
        Http1Machine machine = server(get, get);
        var head = new ResponseHead(200, Headers.EMPTY, 5);
        answer(machine, head, "hello");
        machine.send(head, wire);
        assertThrows(IllegalStateException.class, () -> machine.send(new HttpEvent.Body(bytes("longer")), wire));
        assertThrows(IllegalStateException.class, () -> machine.send(HttpEvent.End.PLAIN, wire));
    }

    @Test
    @DisplayName("RFC 9112 §9.6: a head that is sent again says close when it is the last one")
    void closesWithTheSameHeadAgain() {
        String get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
        Http1Machine machine = server(get, get);
        var head = new ResponseHead(200, Headers.EMPTY, 5);
        answer(machine, head, "hello");
        machine.endAfterResponse();
        assertEquals(
                "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello",
                answer(machine, head, "hello"));
    }

    @Test
    @DisplayName("RFC 9110 §6.6.1: a head that is sent again has the new standing fields")
    void renewsStandingFields() {
        var standing = new AtomicReference<>(Headers.of("Date", "then"));
        Http1Machine machine = Http1Machine.server(Http1Limits.SERVER, standing::get);
        ByteBuffer unread = bytes("GET / HTTP/1.1\r\nHost: a\r\n\r\n".repeat(3));
        while (unread.hasRemaining() && machine.next(unread) != null) {}
        var head = new ResponseHead(200, Headers.EMPTY, 0);
        String then = "HTTP/1.1 200 OK\r\nDate: then\r\nContent-Length: 0\r\n\r\n";
        assertEquals(then, answer(machine, head, ""));
        assertEquals(then, answer(machine, head, ""));
        standing.set(Headers.of("Date", "now"));
        assertEquals(then.replace("then", "now"), answer(machine, head, ""));
    }

    @Test
    @DisplayName("RFC 9112 §7.1, WEB-4: a body of unknown length is chunked, an empty piece left out")
    void sendsChunked() {
        Http1Machine machine = server11("GET");
        machine.send(new ResponseHead(200, Headers.EMPTY), wire);
        machine.send(new HttpEvent.Body(bytes("hello")), wire);
        machine.send(new HttpEvent.Body(bytes("")), wire);
        machine.send(new HttpEvent.Body(bytes("x".repeat(256))), wire);
        machine.send(new HttpEvent.End(Headers.of("Checksum", "z")), wire);

        assertEquals(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n100\r\n" + "x".repeat(256)
                        + "\r\n0\r\nChecksum: z\r\n\r\n",
                wire.text());
        assertFalse(machine.closed());
    }

    @Test
    @DisplayName("RFC 9112 §6.3: to HTTP/1.0 a body of unknown length ends with the connection")
    void endsWithTheConnectionForHttp10() {
        Http1Machine machine = server("GET / HTTP/1.0\r\n\r\n");

        assertEquals(
                "HTTP/1.1 200 OK\r\nX: y\r\nConnection: close\r\n\r\nhello",
                answer(machine, 200, BodyLength.UNKNOWN, "hello"));
        assertTrue(machine.closed());
    }

    @Test
    @DisplayName("H1-11: HEAD, 204 and 304 are sent without a body, HEAD with the length of GET")
    void someResponsesHaveNoBody() {
        assertEquals("HTTP/1.1 200 OK\r\nX: y\r\nContent-Length: 5\r\n\r\n", answer(server11("HEAD"), 200, 5, "hello"));
        assertEquals("HTTP/1.1 200 OK\r\nX: y\r\n\r\n", answer(server11("HEAD"), 200, BodyLength.UNKNOWN, "hello"));
        assertEquals("HTTP/1.1 204 No Content\r\nX: y\r\n\r\n", answer(server11("GET"), 204, BodyLength.NONE, ""));
        assertEquals("HTTP/1.1 304 Not Modified\r\nX: y\r\n\r\n", answer(server11("GET"), 304, 5, ""));
    }

    @Test
    @DisplayName("RFC 9112 §9.6: the last response says so, once")
    void saysCloseOnce() {
        Http1Machine asked = server("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        assertEquals(
                "HTTP/1.1 200 OK\r\nX: y\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", answer(asked, 200, 0, ""));
        assertTrue(asked.closed());

        Http1Machine ours = server11("GET");
        ours.endAfterResponse();
        assertEquals(
                "HTTP/1.1 200 OK\r\nX: y\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", answer(ours, 200, 0, ""));
        assertTrue(ours.closed());

        Http1Machine listed = server11("GET");
        listed.send(new ResponseHead(200, Headers.of("Connection", "close"), 0), wire);
        assertEquals("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", wire.take());
    }

    @Test
    @DisplayName("RFC 9110 §15.2: informational responses, but none to HTTP/1.0")
    void sendsInformationalResponses() {
        var goOn = new ResponseHead(100, Headers.EMPTY, BodyLength.NONE);
        Http1Machine machine = server11("GET");
        machine.send(goOn, wire);
        machine.send(goOn, wire);
        assertEquals("HTTP/1.1 100 Continue\r\n\r\n".repeat(2), wire.take());
        assertEquals("HTTP/1.1 200 OK\r\nX: y\r\nContent-Length: 0\r\n\r\n", answer(machine, 200, 0, ""));

        server("GET / HTTP/1.0\r\n\r\n").send(goOn, wire);
        assertEquals("", wire.take());
    }

    @Test
    @DisplayName("RFC 9110 §6.6.1: standing fields are in each final response that has no Date of its own")
    void writesStandingFields() {
        Http1Machine machine = Http1Machine.server(Http1Limits.SERVER, () -> Headers.of("Date", "now"));
        ByteBuffer two = bytes("GET / HTTP/1.1\r\nHost: a\r\n\r\n".repeat(2));
        while (machine.next(two) != null) {}

        assertEquals("HTTP/1.1 200 OK\r\nX: y\r\nDate: now\r\nContent-Length: 0\r\n\r\n", answer(machine, 200, 0, ""));
        machine.send(new ResponseHead(200, Headers.of("Date", "then"), 0), wire);
        assertEquals("HTTP/1.1 200 OK\r\nDate: then\r\nContent-Length: 0\r\n\r\n", wire.take());
    }

    @Test
    @DisplayName("G5: what has no place in the present phase is refused, and nothing of it is written")
    void refusesWhatHasNoPlace() {
        var ok = new ResponseHead(200, Headers.EMPTY, 3);
        var piece = new HttpEvent.Body(bytes("hello"));
        refuses(server(), ok);
        refuses(server11("GET"), piece);
        refuses(server11("GET"), HttpEvent.End.PLAIN);
        refuses(server11("GET"), new RequestHead("GET", "/", Headers.of("Host", "a")));
        refuses(server11("GET"), new ResponseHead(101, Headers.EMPTY, BodyLength.NONE));
        refuses(client(), ok);

        Http1Machine inside = server11("GET");
        inside.send(ok, new Wire());
        refuses(inside, ok);
        refuses(inside, piece);
        refuses(inside, HttpEvent.End.PLAIN);
    }

    private void refuses(Http1Machine machine, HttpEvent event) {
        assertThrows(IllegalStateException.class, () -> machine.send(event, wire), event.toString());
        assertEquals("", wire.take());
    }

    @Test
    @DisplayName("H1-1: the machine frames messages itself, so fields that frame otherwise are refused")
    void refusesFieldsThatFrameOtherwise() {
        for (Headers headers : List.of(
                Headers.of("Transfer-Encoding", "chunked"),
                Headers.of("Content-Length", "6"),
                Headers.of("Content-Length", "5", "Content-Length", "5"))) {
            Http1Machine machine = server11("GET");
            assertThrows(IllegalArgumentException.class, () -> machine.send(new ResponseHead(200, headers, 5), wire));
            assertEquals("", wire.take());
        }
        server11("GET").send(new ResponseHead(200, Headers.of("Content-Length", "5")), wire);
        assertEquals("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", wire.take());
    }

    @Test
    @DisplayName("RFC 9110 §6.5.1: trailers that frame, route or vouch are refused")
    void refusesForbiddenTrailers() {
        Http1Machine machine = server11("GET");
        machine.send(new ResponseHead(200, Headers.EMPTY), new Wire());
        assertThrows(
                IllegalArgumentException.class,
                () -> machine.send(new HttpEvent.End(Headers.of("Content-Length", "5")), wire));
        assertEquals("", wire.take());
    }

    @Test
    @DisplayName("RFC 9112 §6: bytes that go by sendfile are counted")
    void countsBytesSentAside() {
        Http1Machine machine = server11("GET");
        machine.send(new ResponseHead(200, Headers.EMPTY, 10), wire);
        machine.sentAside(4);
        assertThrows(IllegalStateException.class, () -> machine.sentAside(7));
        machine.sentAside(6);
        machine.send(HttpEvent.End.PLAIN, wire);
        assertEquals(0, machine.outstanding());
    }

    @Test
    @DisplayName("H1-9: pipelinedMax requests wait; the next is not read before a response is through")
    void limitsPipelining() {
        Http1Machine machine = Http1Machine.server(Http1Limits.SERVER.pipelinedMax(2));
        ByteBuffer three = bytes("GET / HTTP/1.1\r\nHost: a\r\n\r\n".repeat(3));
        for (int i = 0; i < 4; i++) {
            assertNotNull(machine.next(three));
        }
        assertTrue(machine.full());
        assertThrows(IllegalStateException.class, () -> machine.next(three));
        answer(machine, 200, 0, "");
        assertNotNull(machine.next(three));
    }

    @Test
    @DisplayName("RFC 9110 §9.3.6: nothing behind a CONNECT is read before it is answered")
    void waitsForTheAnswerToConnect() {
        Http1Machine machine = Http1Machine.server(Http1Limits.SERVER);
        ByteBuffer unread = bytes("CONNECT a:80 HTTP/1.1\r\nHost: a:80\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n");
        assertNotNull(machine.next(unread));
        assertEquals(HttpEvent.End.PLAIN, machine.next(unread));
        assertNull(machine.next(unread));

        answer(machine, 405, 0, "");
        assertNotNull(machine.next(unread), "no tunnel: it was the next request");
    }

    @Test
    @DisplayName("RFC 9110 §7.8: 101 hands the connection over")
    void upgrades() {
        Http1Machine machine = server("GET / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: chat\r\n\r\n");
        machine.send(new ResponseHead(101, Headers.of("Upgrade", "chat"), BodyLength.NONE), wire);

        assertEquals("HTTP/1.1 101 Switching Protocols\r\nUpgrade: chat\r\n\r\n", wire.take());
        assertTrue(machine.tunnel());
    }

    @Test
    @DisplayName("WEB-2: a violation is answered in one line, and the conversation is over")
    void refusesViolations() {
        Http1Machine machine = Http1Machine.server(Http1Limits.SERVER);
        PeerViolation violation = assertThrows(PeerViolation.class, () -> machine.next(bytes("\u0000")));
        machine.refuse(violation, wire);

        assertEquals("HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", wire.take());
        assertTrue(machine.closed());
        ByteBuffer more = bytes("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        assertNull(machine.next(more));
        assertFalse(more.hasRemaining());
    }

    @Test
    @DisplayName("RFC 9112 §3, §6: requests with and without a body")
    void sendsRequests() {
        Http1Machine machine = client();
        machine.send(new RequestHead("GET", "/a?b", Headers.of("Host", "a")), wire);
        machine.send(HttpEvent.End.PLAIN, wire);
        assertEquals("GET /a?b HTTP/1.1\r\nHost: a\r\n\r\n", wire.take());

        machine.send(new RequestHead("POST", "/", Headers.of("Host", "a"), 5), wire);
        machine.send(new HttpEvent.Body(bytes("hello")), wire);
        machine.send(HttpEvent.End.PLAIN, wire);
        assertEquals("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello", wire.take());

        machine.endAfterResponse();
        machine.send(new RequestHead("PUT", "/", Headers.of("Host", "a"), BodyLength.UNKNOWN), wire);
        machine.send(new HttpEvent.Body(bytes("hello")), wire);
        machine.send(HttpEvent.End.PLAIN, wire);
        assertEquals(
                "PUT / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "5\r\nhello\r\n0\r\n\r\n",
                wire.take());
    }

    @Test
    @DisplayName("RFC 9112 §3.2: a request needs one Host")
    void requestsNeedOneHost() {
        for (Headers headers : List.of(Headers.EMPTY, Headers.of("Host", "a", "Host", "a"))) {
            assertThrows(
                    IllegalArgumentException.class, () -> client().send(new RequestHead("GET", "/", headers), wire));
        }
        assertEquals("", wire.take());
    }
}
