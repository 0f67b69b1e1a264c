package bowline.linux.uring;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.linux.system.Memory;
import bowline.linux.system.SystemCalls;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class IncomingTest {
    private static final int BUFFERS = 4;

    private Ring ring;
    private ReceiveBuffers buffers;
    private Incoming incoming;
    private int next;

    @BeforeEach
    void make() throws IOException {
        var system = new SystemCalls();
        ring = new Ring(system, RingSetup.DEFAULT);
        buffers = new ReceiveBuffers(system, ring.descriptor(), BUFFERS);
        incoming = new Incoming(buffers);
    }

    @AfterEach
    void close() {
        ring.close();
        buffers.close();
    }

    /// As the kernel does, which takes the buffers in turn here.
    private void receive(String text) {
        int id = next++ % BUFFERS;
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < bytes.length; i++) {
            Memory.putByte(buffers.address(id) + i, bytes[i]);
        }
        buffers.took();
        incoming.add(id, bytes.length);
    }

    private String read(int most) throws IOException {
        ByteBuffer into = ByteBuffer.allocateDirect(most);
        int count = incoming.receive(into);
        assertThat(count).isEqualTo(into.position());
        return StandardCharsets.US_ASCII.decode(into.flip()).toString();
    }

    @Test
    @DisplayName("LOP-5: bytes come in order, however they are read and wherever they wait")
    void keepsTheOrder() throws IOException {
        receive("abcdef");
        assertThat(read(2)).isEqualTo("ab");
        incoming.moveToHeap(100);
        assertThat(read(1)).isEqualTo("c");
        receive("ghi");
        receive("jkl");
        incoming.moveToHeap(100);

        assertThat(read(5)).isEqualTo("defgh");
        receive("mno");
        assertThat(read(100)).isEqualTo("ijklmno");
        assertThat(incoming.isEmpty()).isTrue();
        assertThat(incoming.olderBytes()).isZero();
    }

    @Test
    void givesEachBufferBackOnce() throws IOException {
        for (int round = 0; round < 10; round++) {
            receive("ab");
            receive("cd");
            read(1);
            assertThat(buffers.taken()).isEqualTo(2);
            incoming.moveToHeap(1);
            assertThat(buffers.taken()).as("of which one byte was left to move").isEqualTo(1);
            receive("ef");
            assertThat(read(100)).isEqualTo("bcdef");
            assertThat(buffers.taken()).isZero();
        }
    }

    @Test
    void movesNoMoreToTheHeapThanItMay() {
        receive("abc");
        receive("def");
        receive("ghi");

        incoming.moveToHeap(7);
        assertThat(incoming.olderBytes()).isEqualTo(6);
        assertThat(buffers.taken()).isEqualTo(1);
        incoming.moveToHeap(-1);
        assertThat(buffers.taken()).isEqualTo(1);
    }

    @Test
    void forgetsWhatWaits() throws IOException {
        receive("abcdef");
        incoming.moveToHeap(100);
        read(3);
        receive("ghi");

        incoming.discard();

        assertThat(incoming.isEmpty()).isTrue();
        assertThat(buffers.taken()).isZero();
        receive("new");
        assertThat(read(100)).isEqualTo("new");
    }

    @Test
    void tellsTheEndAfterTheBytes() throws IOException {
        receive("abc");
        incoming.end(0);

        assertThat(read(100)).isEqualTo("abc");
        assertThat(incoming.receive(ByteBuffer.allocateDirect(10))).isEqualTo(-1);
    }
}
