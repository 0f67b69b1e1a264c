package bowline.bytes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AsciiTest {

    @Test
    void findsTheFirstByteWhereverItIs() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        for (int round = 0; round < 2000; round++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            // Few values, so that there are many matches, and neighbours that trick an inexact search.
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (bytes[i] & 0x81);
            }
            byte wanted = (byte) (random.nextInt() & 0x81);
            int from = random.nextInt(bytes.length + 1);
            int to = from + random.nextInt(bytes.length - from + 1);
            ByteBuffer buffer =
                    ByteBuffer.wrap(bytes).order(round % 2 == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);

            assertEquals(indexByLoop(bytes, wanted, from, to), Ascii.indexOf(buffer, wanted, from, to), "seed " + seed);
        }
    }

    private static int indexByLoop(byte[] bytes, byte wanted, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    /// G10
    @Test
    void quotesWhatAPeerSentEscapedAndShortened() {
        assertEquals("\"a\\r\\n\\x1b[2J\\\"\\\\\"", Ascii.quote("a\r\n\u001b[2J\"\\", 40));
        assertEquals("\"abc\"…", Ascii.quote("abcd", 3));
        assertEquals("\"abc\"", Ascii.quote(ByteBuffer.wrap(Ascii.bytes("abc")), 3));
        assertEquals("\"ab\"…", Ascii.quote(ByteBuffer.wrap(Ascii.bytes("abc")), 2));
        assertEquals("\"\\u2028\\xe9\"", Ascii.quote("\u2028\u00e9", 40));
    }

    /// G3
    @Test
    void neverNarrowsSilently() {
        assertArrayEquals(new byte[] {'a', 0x7F}, Ascii.bytes("a\u007f"));
        assertThrows(IllegalArgumentException.class, () -> Ascii.bytes("caf\u00e9"));
        assertThrows(IllegalArgumentException.class, () -> Ascii.bytes("\u010d\u010a"));
    }

    @Test
    void textHasOneCharacterAByteAndTakesNothing() {
        ByteBuffer bytes = ByteBuffer.wrap(new byte[] {'a', (byte) 0xE9, 0});

        assertEquals("a\u00e9\u0000", Ascii.text(bytes));
        assertEquals(3, bytes.remaining());
    }
}
