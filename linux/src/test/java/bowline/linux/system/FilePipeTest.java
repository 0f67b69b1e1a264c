package bowline.linux.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilePipeTest {
    private static final int BYTES = 6_000_000;

    private final SystemCalls system = new SystemCalls();
    private final Sockets sockets = new Sockets(system);
    private final byte[] content = new byte[BYTES];

    @TempDir
    private Path folder;

    private FilePipe pipe;
    private FileChannel file;
    private SocketChannel peer;
    private int socket;

    @BeforeEach
    void connect() throws IOException {
        new Random(7).nextBytes(content);
        file = FileChannel.open(Files.write(folder.resolve("file"), content));
        pipe = FilePipe.open(system);
        try (var listening = ServerSocketChannel.open()) {
            listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            socket = sockets.open(Sockets.INET, Sockets.STREAM);
            sockets.connect(socket, listening.getLocalAddress());
            peer = listening.accept();
        }
    }

    @AfterEach
    void close() throws IOException {
        sockets.close(socket);
        peer.close();
        pipe.close();
        file.close();
    }

    private byte[] read(int count) throws IOException {
        ByteBuffer into = ByteBuffer.allocate(count);
        while (into.hasRemaining()) {
            assertThat(peer.read(into)).isPositive();
        }
        return into.array();
    }

    private byte[] part(long from, long count) {
        return Arrays.copyOfRange(content, (int) from, (int) (from + count));
    }

    @Test
    @DisplayName("TRA-3: what a full socket does not take is not counted, and is in nobody's way")
    void sendsWhatTheSocketTakes() throws IOException {
        long position = 123;
        while (position < BYTES) {
            long sent = pipe.send(file, position, BYTES - position, socket);
            assertThat(sent).as("of a socket whose peer has read everything").isPositive();
            assertThat(read((int) sent)).isEqualTo(part(position, sent));
            position += sent;
        }
    }

    @Test
    void aFullSocketTakesNothing() throws IOException {
        long sent = 0;
        for (long more = 1; more > 0; sent += more) {
            more = pipe.send(file, sent % 1_000_000, 1_000_000, socket);
        }

        assertThat(pipe.send(file, 0, 100_000, socket)).isZero();
        read((int) sent);
        assertThat(pipe.send(file, 5, 100_000, socket)).isEqualTo(100_000);
        assertThat(read(100_000)).as("nothing of what was refused").isEqualTo(part(5, 100_000));
    }

    @Test
    void sendsNothingFromBehindTheEnd() throws IOException {
        assertThat(pipe.send(file, BYTES - 10L, 1000, socket)).isEqualTo(10);
        assertThat(pipe.send(file, BYTES, 1000, socket)).isZero();
        assertThat(read(10)).isEqualTo(part(BYTES - 10L, 10));
    }

    @Test
    void isEmptyAfterAFailure() throws IOException {
        assertThatThrownBy(() -> pipe.send(file, 0, 100_000, -1)).hasMessageContaining("EBADF");

        assertThat(pipe.send(file, 200, 50, socket)).isEqualTo(50);
        assertThat(read(50)).isEqualTo(part(200, 50));
    }

    @Test
    @DisplayName("once a file could not be read, nobody uses the pipe any more: an interrupt closes its channel, too")
    void closesItselfWhenAFileCannotBeRead() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> pipe.send(file, 0, 100_000, socket)).isInstanceOf(ClosedByInterruptException.class);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(pipe.isOpen()).isFalse();
    }

    @Test
    void leavesNoDescriptorBehind() throws IOException {
        int before = openDescriptors();
        for (int i = 0; i < 10; i++) {
            FilePipe.open(system).close();
        }

        assertThat(openDescriptors()).isLessThanOrEqualTo(before); // forgotten reactors are freed meanwhile
    }

    private static int openDescriptors() throws IOException {
        try (var open = Files.list(Path.of("/proc/self/fd"))) {
            return (int) open.count();
        }
    }
}
