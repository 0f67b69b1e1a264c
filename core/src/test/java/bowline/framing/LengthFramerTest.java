package bowline.framing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import bowline.bytes.Ascii;
import bowline.bytes.ByteQueue;
import bowline.framing.LengthFramer.Prefix;
import bowline.testing.MachineRun;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// INT-1 and INT-2; every input also a byte at a time and cut at random.
class LengthFramerTest {
    private static final StringLimits LIMITS = new StringLimits(300);

    /// INT-1
    @ParameterizedTest
    @EnumSource
    void readsBackWhatItSends(Prefix prefix) {
        var strings = List.of("hello", "", "x".repeat(200), "\u0000\u0001");
        var sink = new ByteQueue();
        for (String string : strings) {
            new LengthFramer(prefix, LIMITS).send(ByteBuffer.wrap(Ascii.bytes(string)), sink);
        }

        var run = MachineRun.inAnyCut(
                new Random().nextLong(), sink.takeAll(), () -> new LengthFramer(prefix, LIMITS), Ascii::text);

        assertEquals(strings, run.events());
        assertNull(run.violation());
    }

    /// INT-1
    @Test
    void writesLengthsUnsignedAndBigEndian() {
        assertArrayEquals(new byte[] {(byte) 200}, headOf(Prefix.INT8, 200));
        assertArrayEquals(new byte[] {(byte) 0xFF, (byte) 0xFE}, headOf(Prefix.INT16, 0xFFFE));
        assertArrayEquals(new byte[] {0, 1, 0, 2}, headOf(Prefix.INT32, 0x10002));
    }

    private static byte[] headOf(Prefix prefix, int length) {
        var sink = new ByteQueue();
        new LengthFramer(prefix, LIMITS).send(ByteBuffer.allocate(length), sink);
        byte[] head = new byte[prefix.bytes()];
        sink.readable().get(head);
        return head;
    }

    /// INT-1, G1: on both sides of the limit, and far beyond it.
    @Test
    void refusesAnAnnouncementBeyondTheLimitAndTakesNothing() {
        var framer = new LengthFramer(Prefix.INT32, LIMITS);
        assertNull(framer.next(ByteBuffer.wrap(new byte[] {0, 0, 1, 0x2C})), "300 is the limit");

        assertEquals(301, refused(framer, new byte[] {0, 0, 1, 0x2D}));
        assertEquals(Integer.MAX_VALUE, refused(framer, new byte[] {0x7F, -1, -1, -1}));
        assertEquals(0xFFFFFFFFL, refused(framer, new byte[] {-1, -1, -1, -1}));
    }

    private static long refused(LengthFramer framer, byte[] head) {
        ByteBuffer unread = ByteBuffer.wrap(head);
        var exceeded = assertThrows(LengthLimitExceeded.class, () -> framer.next(unread));
        assertEquals(head.length, unread.remaining());
        return exceeded.announced();
    }

    /// INT-2: on both sides of what the prefix can express.
    @Test
    void refusesToSendWhatThePrefixCannotExpress() {
        assertArrayEquals(new byte[] {-1}, headOf(Prefix.INT8, 255));
        assertThrows(StringTooLongError.class, () -> headOf(Prefix.INT8, 256));
        assertArrayEquals(new byte[] {-1, -1}, headOf(Prefix.INT16, 65_535));
        assertThrows(StringTooLongError.class, () -> headOf(Prefix.INT16, 65_536));
    }
}
