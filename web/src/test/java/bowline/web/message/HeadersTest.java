package bowline.web.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.bytes.ByteSink;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// RFC 9110 §5, Fields.
class HeadersTest {

    private static byte[] written(Headers headers) {
        var bytes = new ByteArrayOutputStream();
        headers.writeTo(new ByteSink() {
            @Override
            public void write(ByteBuffer piece) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void write(byte[] piece, int offset, int length) {
                bytes.write(piece, offset, length);
            }
        });
        return bytes.toByteArray();
    }

    private static Headers scanned(byte[] lines) {
        ByteBuffer unread = ByteBuffer.allocate(lines.length + 2);
        unread.put(lines).put((byte) '\r').put((byte) '\n').flip();
        HeadScanner scanner = HeadScanner.trailers(HeadLimits.USUAL.headMaxBytes(Headers.MAX_BYTES));
        assertTrue(scanner.scan(unread));
        return scanner.take(unread);
    }

    @Test
    @DisplayName("RFC 9110 §5.1: names are found in whatever case, known or not")
    void findsNamesInWhateverCase() {
        Headers headers = Headers.of("content-TYPE", "a", "X-Own", "b", "x-own", "c");

        assertEquals("a", headers.first(HeaderName.CONTENT_TYPE));
        assertEquals("a", headers.first("Content-Type"));
        assertEquals("b", headers.first("X-OWN"));
        assertEquals(List.of("b", "c"), headers.all("X-own"));
        assertNull(headers.first(HeaderName.HOST));
        assertNull(headers.first("X-Owner"));
    }

    @Test
    @DisplayName("RFC 9110 §5.1: each known name is known in whatever case, and nothing near it is")
    void knowsEachKnownName() {
        for (HeaderName name : HeaderName.values()) {
            assertEquals(name, HeaderName.of(name.text()));
            assertEquals(name, HeaderName.of(name.text().toUpperCase(Locale.ROOT)));
            assertNull(HeaderName.of(name.text() + "x"));
            assertNull(HeaderName.of(name.text().substring(1)));
        }
        assertNull(HeaderName.of("Content\rLength"));
        assertNull(HeaderName.of(""));
    }

    @Test
    @DisplayName("RFC 9110 §5.6.1: lists are read across fields, spaces and cases, and whole elements only")
    void readsLists() {
        Headers headers = Headers.of("Connection", "keep-alive , ,Upgrade", "Connection", "x,CLOSE");

        for (String element : List.of("keep-alive", "upgrade", "x", "close")) {
            assertTrue(headers.lists(HeaderName.CONNECTION, element), element);
        }
        assertFalse(headers.lists(HeaderName.CONNECTION, "keep"));
        assertFalse(headers.lists(HeaderName.CONNECTION, "alive"));
        assertFalse(headers.lists(HeaderName.UPGRADE, "close"));
    }

    @Test
    @DisplayName("RFC 9110 §8.6: numbers are digits only and fit")
    void readsNumbers() {
        assertEquals(Long.MAX_VALUE, Headers.of("Age", "9223372036854775807").number(HeaderName.AGE));
        assertEquals(7, Headers.of("Age", "007").number(HeaderName.AGE));
        for (String none : List.of("9223372036854775808", "", "-1", "+1", "1 1", "1a", "\u00b2")) {
            assertEquals(-1, Headers.of("Age", none).number(HeaderName.AGE), none);
        }
        assertEquals(-1, Headers.EMPTY.number(HeaderName.AGE));
    }

    @Test
    @DisplayName("G3: whatever the names and values, either building throws or our reader sees the same")
    void nothingCanBeInjected() {
        for (int c = 0; c <= 0xFFFF; c++) {
            tryInjecting((char) c);
        }
        long seed = new Random().nextLong();
        var random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            roundTrip(randomText(random), randomText(random), "seed " + seed);
        }
    }

    private static void tryInjecting(char c) {
        roundTrip("X" + c, "a", "in a name: " + (int) c);
        roundTrip("X", "a" + c + "b", "in a value: " + (int) c);
        roundTrip("X", c + "b", "before a value: " + (int) c);
        roundTrip("X", "a" + c, "behind a value: " + (int) c);
    }

    private static void roundTrip(String name, String value, String what) {
        Headers built;
        try {
            built = Headers.builder()
                    .add(HeaderName.HOST, "a")
                    .add(name, value)
                    .add("Last", "")
                    .build();
        } catch (IllegalArgumentException refused) {
            return;
        }
        Headers read = scanned(written(built));
        assertEquals(built, read, what);
        assertEquals(name, read.name(1), what);
        assertEquals(value, read.value(1), what);
    }

    private static String randomText(Random random) {
        String alphabet = "aZ0-:\r\n\t ,;\"\u0000\u007f\u0080\u00ff\u010a\u560a\ud83d";
        var text = new StringBuilder();
        for (int i = random.nextInt(6); i >= 0; i--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    @Test
    @DisplayName("G3: methods, targets and reason phrases cannot break their lines")
    void firstLinesCannotBeBroken() {
        for (String bad : List.of("", "a b", "a\r\n", "a\n", "a\u0000", "\u010a", "a\u00e9")) {
            assertThrows(IllegalArgumentException.class, () -> new RequestHead(bad, "/", Headers.EMPTY), bad);
            assertThrows(IllegalArgumentException.class, () -> new RequestHead("GET", bad, Headers.EMPTY), bad);
        }
        for (String bad : List.of("a\r\n", "a\n", "\u010a", "\u0000")) {
            assertThrows(IllegalArgumentException.class, () -> new ResponseHead(200, bad, Headers.EMPTY, 0), bad);
        }
        assertThrows(IllegalArgumentException.class, () -> new ResponseHead(99, Headers.EMPTY));
        assertThrows(IllegalArgumentException.class, () -> new ResponseHead(600, Headers.EMPTY));
    }

    @Test
    @DisplayName("RFC 9110 §5.3: with and without leave the order of the others")
    void addsAndRemoves() {
        Headers headers = Headers.of("Host", "a", "X", "1", "Host", "b", "Y", "2");

        assertEquals(Headers.of("X", "1", "Y", "2"), headers.without(HeaderName.HOST));
        assertEquals(Headers.of("X", "1", "Age", "3"), Headers.of("X", "1").with(HeaderName.AGE, "3"));
    }

    @Test
    @DisplayName("a head that cannot be held is refused when it is built")
    void refusesMoreThanCanBeHeld() {
        Headers.Builder builder = Headers.builder().add("X", "a".repeat(Headers.MAX_BYTES - 5));
        assertEquals(Headers.MAX_BYTES, builder.build().lengthBytes());
        assertThrows(IllegalArgumentException.class, () -> builder.add("Y", ""));
    }
}
