package bowline.linux.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bowline.reactor.loop.AbstractSocketAddress;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two ends of a UNIX connection.
class SocketsTest {
    private static final int SOL_SOCKET = 1;
    private static final int SCM_RIGHTS = 1;

    private final SystemCalls system = new SystemCalls();
    private final Sockets sockets = new Sockets(system);
    private int here;
    private int there;

    @BeforeEach
    void connect() throws IOException {
        var name = new AbstractSocketAddress(
                "bowline-sockets-test-" + ProcessHandle.current().pid());
        int listening = sockets.open(Sockets.UNIX, Sockets.STREAM);
        sockets.bind(listening, name);
        sockets.listen(listening, 1);
        here = sockets.open(Sockets.UNIX, Sockets.STREAM);
        sockets.connect(here, name);
        there = sockets.accept(listening);
        sockets.close(listening);
    }

    @AfterEach
    void close() {
        sockets.close(here);
        sockets.close(there);
    }

    private ByteBuffer received() throws IOException {
        ByteBuffer into = ByteBuffer.allocateDirect(100_000);
        sockets.receive(there, into);
        return into.flip();
    }

    @Test
    @DisplayName("TRA-2: a file that cannot be read is in nobody else's way")
    void sendsOnAfterAFileThatCannotBeRead(@TempDir Path folder) throws IOException {
        FileChannel file = FileChannel.open(Files.write(folder.resolve("file"), new byte[1000]));
        file.close();
        assertThatThrownBy(() -> sockets.sendFrom(file, 0, 10, here)).isInstanceOf(ClosedChannelException.class);

        byte[] bytes = new byte[5000];
        bytes[4999] = 7;
        assertThat(sockets.send(here, ByteBuffer.wrap(bytes))).isEqualTo(5000);
        assertThat(received()).isEqualTo(ByteBuffer.wrap(bytes));
    }

    /// By one message, as we never do, but others may.
    private void pass(int... descriptors) {
        try (Arena arena = Arena.ofConfined()) {
            int dataBytes = descriptors.length * Integer.BYTES;
            long control = Memory.allocate(arena, ControlMessages.space(dataBytes));
            ControlMessages.write(control, SOL_SOCKET, SCM_RIGHTS, dataBytes);
            for (int i = 0; i < descriptors.length; i++) {
                Memory.putInt(control + ControlMessages.HEADER_BYTES + (long) i * Integer.BYTES, descriptors[i]);
            }
            long vector = Memory.allocate(arena, 16);
            Memory.putLong(vector, Memory.allocate(arena, 1));
            Memory.putLong(vector + 8, 1);
            long message = Memory.allocate(arena, 64);
            Memory.putLong(message + 16, vector);
            Memory.putLong(message + 24, 1);
            Memory.putLong(message + 32, control);
            Memory.putLong(message + 40, ControlMessages.space(dataBytes));
            assertThat(system.sendMessage(here, message, 0)).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("UNX-9: several descriptors that come together are handed out in order")
    void handsOutWhatCameTogether() throws IOException {
        int counter = (int) system.eventfd(0, 0);
        pass(counter, here, counter);
        var links = new ArrayList<String>();
        sockets.receiveWithDescriptors(there, ByteBuffer.allocateDirect(10), passed -> {
            links.add(link(passed));
            system.close(passed);
        });

        assertThat(links).containsExactly(link(counter), link(here), link(counter));
        system.close(counter);
    }

    @Test
    @DisplayName("UNX-9: if one is not taken, those that came with it are closed")
    void leavesNoneOpenThatNobodyTakes() throws IOException {
        pass(here, here, here);
        long before = leadingTo(here);
        assertThatThrownBy(() -> sockets.receiveWithDescriptors(there, ByteBuffer.allocateDirect(10), passed -> {
                    system.close(passed);
                    throw new IllegalStateException("too many");
                }))
                .hasMessage("too many");

        assertThat(leadingTo(here)).isEqualTo(before);
    }

    private static String link(int descriptor) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
        } catch (IOException closed) {
            return "closed";
        }
    }

    private static long leadingTo(int descriptor) throws IOException {
        String what = link(descriptor);
        try (var all = Files.list(Path.of("/proc/self/fd"))) {
            return all.filter(each -> link(Integer.parseInt(each.getFileName().toString()))
                            .equals(what))
                    .count();
        }
    }
}
