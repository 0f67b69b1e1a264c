package bowline.linux.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Datagrams sent together and received together, by the system's own sockets.
class SentDatagramsTest {
    private static final int LENGTH = 100;

    private final SystemCalls system = new SystemCalls();
    private final Sockets sockets = new Sockets(system);
    private final SentDatagrams sent = new SentDatagrams(system);
    private final ReceivedDatagrams received = new ReceivedDatagrams(system);
    private int from;
    private int to;
    private InetSocketAddress receiver;

    @BeforeEach
    void open() throws IOException {
        from = bound();
        to = bound();
        receiver = (InetSocketAddress) sockets.localAddress(to);
    }

    private int bound() throws IOException {
        int socket = sockets.open(Sockets.INET, Sockets.DATAGRAM);
        sockets.bind(socket, new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
        return socket;
    }

    @AfterEach
    void close() {
        sockets.close(from);
        sockets.close(to);
    }

    private void add(int count, int length) {
        for (int i = 0; i < count; i++) {
            sent.add(ByteBuffer.allocate(length).put(0, (byte) i), receiver, null);
        }
    }

    private int receive() throws IOException {
        return received.receive(to, ReceivedDatagrams.most(1000, 2048), 2048, ReceivedDatagrams.SEGMENT_BYTES);
    }

    @Test
    @DisplayName("All go by one call and come by one, with their senders")
    void goTogether() throws IOException {
        add(20, LENGTH);

        assertThat(sent.send(from, Sockets.INET, 0, false, false)).isEqualTo(20);
        assertThat(receive()).isEqualTo(20);
        for (int i = 0; i < 20; i++) {
            assertThat(received.datagram(i).remaining()).isEqualTo(LENGTH);
            assertThat(received.datagram(i).get()).isEqualTo((byte) i);
            assertThat(received.from(i)).isEqualTo(sockets.localAddress(from));
            assertThat(received.segmentBytes(i)).isEqualTo(LENGTH);
        }
        assertThat(receive()).isZero();
    }

    @Test
    @DisplayName("With segmentation equal ones, and one shorter behind them, cross as one, which the receiver sees")
    void crossAsOne() throws IOException {
        sockets.option(to, SocketOptionName.UDP_RECEIVE_OFFLOAD, 1);
        add(10, LENGTH);
        add(1, LENGTH / 2);
        add(2, LENGTH);

        assertThat(sent.send(from, Sockets.INET, 0, true, false)).isEqualTo(13);
        assertThat(receive()).isEqualTo(2);
        assertThat(received.datagram(0).remaining()).isEqualTo(10 * LENGTH + LENGTH / 2);
        assertThat(received.segmentBytes(0)).isEqualTo(LENGTH);
        assertThat(received.datagram(1).remaining()).isEqualTo(2 * LENGTH);
    }

    @Test
    @DisplayName("Sockets of other lengths, many short ones and few long ones, share the room")
    void sharesTheRoom() throws IOException {
        for (int packetMaxBytes : new int[] {2048, 300_000, 50, 65_535, 2048}) {
            add(20, LENGTH);
            assertThat(sent.send(from, Sockets.INET, 0, false, false)).isEqualTo(20);
            sent.clear();
            int next = 0;
            while (next < 20) {
                int most = ReceivedDatagrams.most(1000, packetMaxBytes);
                int count = received.receive(to, most, packetMaxBytes, 0);
                assertThat(count).isEqualTo(Math.min(most, 20 - next));
                for (int i = 0; i < count; i++) {
                    assertThat(received.datagram(i).remaining()).isEqualTo(Math.min(LENGTH, packetMaxBytes));
                    assertThat(received.datagram(i).get()).isEqualTo((byte) next++);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("The first that the system refuses stops the rest, and is told")
    void stopsAtTheFirstRefused(boolean segmented) throws IOException {
        add(3, LENGTH);
        sent.add(ByteBuffer.allocate(LENGTH), new InetSocketAddress(receiver.getAddress(), 0), null);
        add(1, LENGTH);

        assertThat(sent.send(from, Sockets.INET, 0, segmented, false)).isEqualTo(3);
        assertThat(sent.send(from, Sockets.INET, 3, segmented, false)).matches(Errno.EINVAL::is);
        assertThat(sent.send(from, Sockets.INET, 4, segmented, false)).isEqualTo(1);
    }
}
