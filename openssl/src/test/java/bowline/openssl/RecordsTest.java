package bowline.openssl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/// RFC 8446 §5.1, record layer.
class RecordsTest {

    private static ByteBuffer header(int type, int major, int length, int more) {
        return ByteBuffer.allocate(5 + more)
                .put((byte) type)
                .put((byte) major)
                .put((byte) 3)
                .putShort((short) length)
                .position(5 + more)
                .flip();
    }

    @Test
    void aRecordIsWholeWithItsLastByte() {
        assertThat(Records.length(header(23, 3, 7, 7))).isEqualTo(12);
        assertThat(Records.length(header(23, 3, 7, 6))).isZero();
        assertThat(Records.length(header(23, 3, 7, 0).limit(4))).isZero();
    }

    @Test
    void theLongestIsTakenAndOneMoreByteIsTooMuch() {
        assertThat(Records.length(header(23, 3, Records.CONTENT_MAX_BYTES, 10))).isZero();
        assertThat(Records.length(header(23, 3, Records.CONTENT_MAX_BYTES + 1, 0)))
                .isEqualTo(Records.TOO_LONG);
    }

    @Test
    void otherProtocolsAreTold() {
        assertThat(Records.length(ByteBuffer.wrap("GET / HTTP/1.1".getBytes()))).isEqualTo(Records.NOT_TLS);
    }
}
