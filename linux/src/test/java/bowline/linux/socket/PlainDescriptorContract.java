package bowline.linux.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bowline.failure.Failure;
import bowline.linux.system.Memory;
import bowline.linux.system.Sockets;
import bowline.linux.system.SystemCalls;
import bowline.reactor.DescriptorChannel;
import bowline.reactor.ReadDescriptor;
import bowline.reactor.contract.DescriptorContract;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// All of section 16 over again on plain descriptors, and what is only true of those.
public abstract class PlainDescriptorContract extends DescriptorContract {
    private static final int NONBLOCK = 0x800;
    private static final int F_DUPFD = 0;
    private static final int F_SETFL = 4;

    private final SystemCalls system = new SystemCalls();
    private final List<String> told = new ArrayList<>();

    @TempDir
    private Path folder;

    private record PlainEnd(DescriptorChannel channelOf, Runnable whenClosed) implements End {
        @Override
        public int fileno() {
            return channelOf.fileno();
        }

        @Override
        public int read(ByteBuffer into) throws IOException {
            return channelOf.read(into);
        }

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            return channelOf.write(bytes);
        }

        @Override
        public boolean isOpen() {
            return channelOf.isOpen();
        }

        @Override
        public void close() {
            channelOf.close();
            whenClosed.run();
        }
    }

    private int[] pipe() {
        try (var arena = Arena.ofConfined()) {
            long ends = Memory.allocate(arena, 2L * Integer.BYTES);
            assertThat(system.pipe(ends, NONBLOCK)).isZero();
            return new int[] {Memory.getInt(ends), Memory.getInt(ends + Integer.BYTES)};
        }
    }

    private End end(int descriptor) {
        return new PlainEnd(reactor.descriptorChannel(descriptor), () -> {});
    }

    @Override
    protected final Ends openEnds() {
        int[] ends = pipe();
        return new Ends(end(ends[0]), end(ends[1]));
    }

    @Override
    protected final End openSocket() throws IOException {
        var sockets = new Sockets(system);
        var where = UnixDomainSocketAddress.of(folder.resolve("socket"));
        int listening = sockets.open(Sockets.UNIX, Sockets.STREAM);
        sockets.bind(listening, where);
        sockets.listen(listening, 1);
        int peer = sockets.open(Sockets.UNIX, Sockets.STREAM);
        sockets.connect(peer, where);
        int socket = sockets.accept(listening);
        sockets.close(listening);
        sockets.send(peer, ByteBuffer.wrap(new byte[] {'a'}));
        return new PlainEnd(reactor.descriptorChannel(socket), () -> sockets.close(peer));
    }

    @Override
    protected final String block(End end) {
        assertThat(system.fcntl(end.fileno(), F_SETFL, 0)).isZero();
        return "O_NONBLOCK";
    }

    /// Remembers what it reads.
    private class Listener implements ReadDescriptor {
        private final DescriptorChannel channel;

        Listener(DescriptorChannel channel) {
            this.channel = channel;
        }

        @Override
        public int fileno() {
            return channel.fileno();
        }

        @Override
        public @Nullable Throwable doRead() throws Exception {
            var bytes = ByteBuffer.allocate(100);
            channel.read(bytes);
            told.add(StandardCharsets.US_ASCII.decode(bytes.flip()).toString());
            return null;
        }

        @Override
        public void connectionLost(Failure reason) {
            told.add(reason.message());
            if (reactor.running()) {
                reactor.stop();
            }
        }

        @Override
        public String logPrefix() {
            return "listener";
        }
    }

    @Test
    @DisplayName("FDS-8: a file cannot be watched, and the refusal says what to do")
    void refusesFiles() throws IOException {
        Path file = Files.writeString(folder.resolve("poem"), "In Xanadu");
        int descriptor = openFile(file.toString());
        int nothing = openFile("/dev/null");
        for (int each : new int[] {descriptor, nothing}) {
            assertThatThrownBy(() -> reactor.addReader(new Listener(reactor.descriptorChannel(each))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("descriptor " + each + " of listener is a file")
                    .hasMessageContaining("deferToThread");
            system.close(each);
        }
        assertThat(reactor.readers()).isEmpty();
        run(reactor::stop);
    }

    private int openFile(String path) {
        return (int) system.open(path, NONBLOCK);
    }

    @Test
    @DisplayName("FDS-1: what is not open is refused")
    void refusesWhatIsNotOpen() {
        assertThatThrownBy(() -> reactor.descriptorChannel(1_000_000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("EBADF");
        int[] ends = pipe();
        DescriptorChannel channel = reactor.descriptorChannel(ends[0]);
        channel.close();
        assertThatThrownBy(() -> reactor.addReader(new Listener(channel))).hasMessageContaining("EBADF");
        assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(1))).isInstanceOf(ClosedChannelException.class);
        system.close(ends[1]);
        run(reactor::stop);
    }

    @Test
    @DisplayName("FDS-6: a number that was closed by somebody else is noticed too, though copies keep the pipe open")
    void noticesWhatElseWasClosed() {
        int[] ends = pipe();
        int copy = (int) system.fcntl(ends[0], F_DUPFD, 0);
        DescriptorChannel writing = reactor.descriptorChannel(ends[1]);
        run(() -> {
            reactor.addReader(new Listener(reactor.descriptorChannel(ends[0])));
            writing.write(ByteBuffer.wrap(new byte[] {'a'}));
            reactor.callLater(Duration.ofMillis(1), () -> {
                system.close(ends[0]);
                reactor.callLater(Duration.ofMillis(1), () -> {});
            });
        });
        system.close(copy);
        writing.close();

        assertThat(told).hasSize(2);
        assertThat(told.getFirst()).isEqualTo("a");
        assertThat(told.getLast()).contains("went away");
    }

    @Test
    @DisplayName("FDS-2, FDS-7: more is read and written than fits, from the heap and beside it")
    void readsAndWritesMuch() throws IOException {
        int[] ends = pipe();
        DescriptorChannel reading = reactor.descriptorChannel(ends[0]);
        DescriptorChannel writing = reactor.descriptorChannel(ends[1]);
        ByteBuffer much = ByteBuffer.allocate(1_000_000);
        int written = writing.write(much);
        while (written < 1_000_000) {
            int count = writing.write(much);
            if (count == 0) {
                break;
            }
            written += count;
        }
        assertThat(written).isBetween(4096, 999_999);
        assertThat(much.position()).isEqualTo(written);

        var heap = ByteBuffer.allocate(1000).position(10);
        assertThat(reading.read(heap)).isEqualTo(990);
        int read = 990;
        var direct = ByteBuffer.allocateDirect(300_000);
        for (int count = reading.read(direct); count > 0; count = reading.read(direct.clear())) {
            read += count;
        }
        assertThat(read).isEqualTo(written);
        assertThat(reading.read(heap.clear())).isZero();
        writing.close();
        assertThat(reading.read(heap.clear())).isEqualTo(-1);
        reading.close();
        run(reactor::stop);
    }

    @Test
    @DisplayName("nothing is left open by what was watched")
    void leavesNothingOpen() throws IOException {
        int[] ends = pipe();
        var listener = new Listener(reactor.descriptorChannel(ends[0]));
        run(() -> {
            reactor.addReader(listener);
            reactor.callLater(Duration.ofMillis(1), () -> {
                reactor.removeReader(listener);
                reactor.callLater(Duration.ofMillis(1), () -> {
                    assertThat(endsOpen(ends[0])).isEqualTo(2);
                    reactor.addReader(listener);
                    assertThat(endsOpen(ends[0])).as("one is the reactor's").isEqualTo(3);
                    reactor.stop();
                });
            });
        });

        assertThat(endsOpen(ends[0])).isEqualTo(2);
        system.close(ends[0]);
        system.close(ends[1]);
    }

    /// How many descriptors of this process lead to the same pipe.
    private static long endsOpen(int end) throws IOException {
        Path all = Path.of("/proc/self/fd");
        String pipe = Files.readSymbolicLink(all.resolve("" + end)).toString();
        try (var descriptors = Files.list(all)) {
            return descriptors.filter(each -> leadsTo(each, pipe)).count();
        }
    }

    private static boolean leadsTo(Path descriptor, String what) {
        try {
            return Files.readSymbolicLink(descriptor).toString().equals(what);
        } catch (IOException closed) {
            return false;
        }
    }
}
