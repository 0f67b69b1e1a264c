package bowline.capture;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Secrets are covered, however the stream is cut.
class MaskingTest {
    private static final long SEED = 4711;

    private static final String REQUEST = "GET / HTTP/1.1\r\nHost: a\r\nAuthorization: Basic abc=\r\nX: y\r\n"
            + "COOKIE:a=1; b=2\r\n  c=3\r\nAccept: cookie: z\r\n\r\n";
    private static final String COVERED = "GET / HTTP/1.1\r\nHost: a\r\nAuthorization: ***** ****\r\nX: y\r\n"
            + "COOKIE:**** ***\r\n  ***\r\nAccept: cookie: z\r\n\r\n";

    private static String covered(Masking masking, String text, Random cuts) {
        Masking.Mask mask = masking.received();
        var all = new ByteArrayOutputStream();
        byte[] bytes = text.getBytes(ISO_8859_1);
        for (int at = 0; at < bytes.length; ) {
            int length = Math.min(1 + cuts.nextInt(20), bytes.length - at);
            byte[] piece = Arrays.copyOfRange(bytes, at, at + length);
            mask.cover(piece);
            all.writeBytes(piece);
            at += length;
        }
        return all.toString(ISO_8859_1);
    }

    private static void assertCovered(Masking masking, String text, String expected) {
        var cuts = new Random(SEED);
        for (int i = 0; i < 200; i++) {
            assertThat(covered(masking, text, cuts))
                    .as("seed %d, round %d", SEED, i)
                    .isEqualTo(expected);
        }
    }

    @Test
    void headersOfHttp() {
        assertCovered(Masking.http(), REQUEST, COVERED);
    }

    @Test
    void passwordsOfSocks() {
        String greeting = "\5\2\0\2";
        assertCovered(
                Masking.socks(), greeting + "\1\4jane\6secret\5\1\0\1jane", greeting + "\1\4jane\6******\5\1\0\1jane");
        assertCovered(Masking.socks(), "\5\1\0\5\1\0\1abcd", "\5\1\0\5\1\0\1abcd");
        assertCovered(Masking.socks(), "GET / HTTP/1.1\r\n", "GET / HTTP/1.1\r\n");
        assertCovered(Masking.socks(), greeting + "\1\0\0x", greeting + "\1\0\0x");
    }

    @Test
    void bothTogether() {
        assertCovered(Masking.http().and(Masking.socks()), REQUEST, COVERED);
        assertCovered(Masking.NOTHING, REQUEST, REQUEST);
        assertCovered(Masking.headers("X"), REQUEST, REQUEST.replace("X: y", "X: *"));
    }
}
