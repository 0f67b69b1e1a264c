package bowline.reactor.buffer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.protocol.Protocol;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// How unread bytes are kept (architecture, decision 2).
class ReadBufferTest {
    private final ReadBuffer buffer = new ReadBuffer();

    private ByteBuffer arrive(Protocol protocol, ByteBuffer kept, byte... bytes) {
        buffer.empty().put(bytes);
        return buffer.deliver(protocol, kept);
    }

    /// Nothing is kept, and nothing made, for a protocol that takes everything.
    @Test
    void keepsNothingWhenEverythingIsTaken() {
        assertNull(arrive(new Protocol(), null, (byte) 1, (byte) 2));
    }

    /// G7: the copying of bytes that come one at a time is linear: a buffer moves when it has doubled
    @Test
    void movesKeptBytesOnlyWhenTheyHaveDoubled() {
        var patient = new Protocol() {
            @Override
            public void dataReceived(ByteBuffer unread) {}
        };
        ByteBuffer kept = null;
        int buffers = 0;
        for (int i = 0; i < 100_000; i++) {
            ByteBuffer before = kept;
            kept = arrive(patient, kept, (byte) i);
            buffers += kept == before ? 0 : 1;
        }
        assertNotNull(kept);
        assertEquals(100_000, kept.remaining());
        assertTrue(buffers < 20, buffers + " buffers");
    }

    @Test
    void givesTheSameBytesHoweverTheyComeAndAreTaken() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        var expected = new int[2];
        var reader = new Protocol() {
            @Override
            public void dataReceived(ByteBuffer unread) {
                int count = random.nextInt(unread.remaining() + 1);
                for (int i = 0; i < count; i++) {
                    assertEquals((byte) expected[0]++, unread.get(), "seed " + seed);
                }
            }
        };
        ByteBuffer kept = null;
        for (int i = 0; i < 3000; i++) {
            var bytes = new byte[1 + (random.nextInt(20) == 0 ? random.nextInt(60_000) : random.nextInt(40))];
            for (int j = 0; j < bytes.length; j++) {
                bytes[j] = (byte) expected[1]++;
            }
            kept = arrive(reader, kept, bytes);
        }
        int left = kept == null ? 0 : kept.remaining();
        assertEquals(expected[1], expected[0] + left, "seed " + seed);
    }

    /// A large buffer is not held for a few bytes.
    @Test
    void shrinksWhenMostWasTaken() {
        var taking = new boolean[1];
        var reader = new Protocol() {
            @Override
            public void dataReceived(ByteBuffer unread) {
                if (taking[0]) {
                    unread.position(unread.limit() - 1);
                }
            }
        };
        ByteBuffer kept = arrive(reader, null, new byte[60_000]);
        kept = arrive(reader, kept, (byte) 1);
        taking[0] = true;
        kept = arrive(reader, kept, (byte) 2);

        assertTrue(kept.capacity() <= 128, "capacity " + kept.capacity());
    }
}
