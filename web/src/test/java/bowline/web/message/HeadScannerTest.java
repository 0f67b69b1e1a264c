package bowline.web.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// RFC 9112 §2 to §5, where how it is done shows.
class HeadScannerTest {

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    @DisplayName("G7: however slowly a head comes, each of its bytes is looked at about once")
    void looksAtEachByteOnce() {
        String line = "X: " + "a".repeat(14_000) + "\r\n";
        ByteBuffer head = bytes("GET /" + "b".repeat(2000) + " HTTP/1.1\r\nHost: a\r\n" + line + "\r\n");
        HeadScanner scanner = HeadScanner.requests(HeadLimits.USUAL);
        int length = head.limit();

        for (int come = 1; come < length; come++) {
            assertFalse(scanner.scan(head.limit(come)));
        }
        assertTrue(scanner.scan(head.limit(length)));

        assertEquals(length, scanner.lookedAt());
    }

    @Test
    @DisplayName("architecture, decision 2: nothing is taken before the head is whole, and then exactly the head")
    void takesExactlyTheHead() {
        ByteBuffer unread = bytes("GET / HTTP/1.1\r\nHost: a\r\n\r\nGET /2");
        HeadScanner scanner = HeadScanner.requests(HeadLimits.USUAL);

        assertTrue(scanner.scan(unread));
        assertEquals(0, unread.position());
        scanner.take(unread);
        assertEquals("GET /2", StandardCharsets.US_ASCII.decode(unread).toString());
    }

    @Test
    @DisplayName("architecture, decision 2: a head outlives the buffer it came in")
    void outlivesItsBuffer() {
        ByteBuffer unread = bytes("BREW /pot?milk=1 HTTP/1.1\r\nHost: a\r\nX-Own: b\r\n\r\n");
        HeadScanner scanner = HeadScanner.requests(HeadLimits.USUAL);
        assertTrue(scanner.scan(unread));
        RequestHead head = scanner.request(scanner.take(unread), BodyLength.NONE);
        Arrays.fill(unread.array(), (byte) 'x');

        assertEquals("BREW", head.method());
        assertEquals("/pot?milk=1", head.target());
        assertEquals("/pot", head.path());
        assertEquals("milk=1", head.query());
        assertEquals("b", head.headers().first("x-own"));
    }

    @Test
    @DisplayName("RFC 9112 §3.2: path, query and authority of each form of target")
    void takesTargetsApart() {
        assertParts("/a/b?c?d", "/a/b", "c?d", "h");
        assertParts("/?u=http://b/", "/", "u=http://b/", "h");
        assertParts("http://b:81/a?c", "/a", "c", "b:81");
        assertParts("http://b", "/", null, "b");
        assertParts("http://b?c", "/", "c", "b");
        assertParts("*", "", null, "h");
        assertParts("b:443", "", null, "h");
    }

    private static void assertParts(String target, String path, String query, String authority) {
        var head = new RequestHead("GET", target, Headers.of("Host", "h"));
        assertEquals(path, head.path(), target);
        assertEquals(query, head.query(), target);
        assertEquals(authority, head.authority(), target);
        if (query == null) {
            assertNull(head.query());
        }
    }
}
