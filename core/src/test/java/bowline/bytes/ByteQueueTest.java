package bowline.bytes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ByteQueueTest {
    private final ByteQueue queue = new ByteQueue();

    @Test
    void givesBytesInTheOrderTheyWereWritten() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        var written = new ByteArrayOutputStream();
        var taken = new ByteArrayOutputStream();
        for (int round = 0; round < 500; round++) {
            byte[] piece = new byte[random.nextInt(100)];
            random.nextBytes(piece);
            written.writeBytes(piece);
            if (random.nextBoolean()) {
                queue.write(piece);
            } else {
                queue.write(ByteBuffer.wrap(piece));
            }
            byte[] some = new byte[random.nextInt(queue.size() + 1)];
            queue.readable().get(some);
            taken.writeBytes(some);
        }
        taken.writeBytes(queue.takeAll());

        assertArrayEquals(written.toByteArray(), taken.toByteArray(), "seed " + seed);
        assertTrue(queue.isEmpty());
    }

    @Test
    void takesAllOfAWrittenBuffer() {
        ByteBuffer bytes = ByteBuffer.wrap(new byte[10]).position(4);
        queue.write(bytes);

        assertEquals(6, queue.size());
        assertEquals(0, bytes.remaining());
    }

    @Test
    void leavesWhatItLentAloneWhileMoreIsWritten() {
        queue.write("first");
        ByteBuffer lent = queue.readable().slice();
        queue.readable().position(queue.readable().limit());
        for (int i = 0; i < 200; i++) {
            queue.write("second");
        }

        assertEquals("first", Ascii.text(lent));
    }
}
