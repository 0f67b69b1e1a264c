package bowline.reactor.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.failure.Failure;
import bowline.log.LogContext;
import bowline.protocol.ConnectionDone;
import bowline.protocol.ConnectionLost;
import bowline.protocol.HalfCloseable;
import bowline.reactor.Descriptor;
import bowline.reactor.ReadDescriptor;
import bowline.reactor.WriteDescriptor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Channels that the program brings (section 16).
public abstract class DescriptorContract extends ReactorContract {
    private static final String CHANNELS = "a channel that the program brings is the system's";

    private final List<String> seen = new ArrayList<>();
    private Ends pipe;

    /// An end of a pipe, or a socket, of the program's: a channel, or a plain descriptor.
    public interface End extends ByteChannel {

        /// See [Descriptor#channel].
        default SelectableChannel channel() {
            throw new UnsupportedOperationException("a plain descriptor");
        }

        /// See [Descriptor#fileno].
        default int fileno() {
            return Descriptor.NO_FILENO;
        }
    }

    /// Both ends of a pipe.
    public record Ends(End source, End sink) {}

    /// Opens a pipe whose ends do not block.
    protected Ends openEnds() throws IOException {
        Pipe made = Pipe.open();
        made.source().configureBlocking(false);
        made.sink().configureBlocking(false);
        return new Ends(new ChannelEnd(made.source()), new ChannelEnd(made.sink()));
    }

    /// A connected socket that does not block, with something to read and room to write.
    protected End openSocket() throws IOException {
        try (var listening = ServerSocketChannel.open().bind(new InetSocketAddress("127.0.0.1", 0))) {
            var peer = SocketChannel.open(listening.getLocalAddress());
            var socket = listening.accept();
            peer.write(ByteBuffer.wrap(new byte[] {'a'}));
            socket.configureBlocking(false);
            awaitReadable(socket);
            return new ChannelEnd(socket) {
                @Override
                public void close() throws IOException {
                    super.close();
                    peer.close();
                }
            };
        }
    }

    private static void awaitReadable(SocketChannel socket) throws IOException {
        try (var selector = Selector.open()) {
            socket.register(selector, SelectionKey.OP_READ);
            selector.select();
        }
    }

    /// Makes one that blocks.
    ///
    /// @return what the refusal advises
    protected String block(End end) throws IOException {
        end.channel().configureBlocking(true);
        return "configureBlocking(false)";
    }

    private static class ChannelEnd implements End {
        private final SelectableChannel channel;

        ChannelEnd(SelectableChannel channel) {
            this.channel = channel;
        }

        @Override
        public SelectableChannel channel() {
            return channel;
        }

        @Override
        public int read(ByteBuffer into) throws IOException {
            return ((ReadableByteChannel) channel).read(into);
        }

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            return ((WritableByteChannel) channel).write(bytes);
        }

        @Override
        public boolean isOpen() {
            return channel.isOpen();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    @BeforeEach
    final void openPipe() throws IOException {
        pipe = openEnds();
    }

    @AfterEach
    final void closePipe() throws IOException {
        pipe.source().close();
        pipe.sink().close();
    }

    private abstract class Ours implements Descriptor {
        abstract End end();

        @Override
        public final SelectableChannel channel() {
            return end().channel();
        }

        @Override
        public final int fileno() {
            return end().fileno();
        }
    }

    private class Reading extends Ours implements ReadDescriptor {
        @Override
        End end() {
            return pipe.source();
        }

        @Override
        public @Nullable Throwable doRead() throws Exception {
            var bytes = ByteBuffer.allocate(1);
            int count = pipe.source().read(bytes);
            seen.add(
                    count < 0
                            ? "end"
                            : "read " + (char) bytes.get(0) + " as "
                                    + LogContext.current().system());
            return read(count);
        }

        @Nullable
        Throwable read(int count) throws Exception {
            return count < 0 ? ConnectionDone.FAILURE.value() : null;
        }

        @Override
        public void connectionLost(Failure reason) {
            seen.add("lost " + reason.type().getSimpleName());
            if (reactor.running()) {
                reactor.stop();
            }
        }

        @Override
        public String logPrefix() {
            return "reading";
        }
    }

    private class Writing extends Ours implements WriteDescriptor {
        @Override
        End end() {
            return pipe.sink();
        }

        @Override
        public @Nullable Throwable doWrite() throws Exception {
            reactor.removeWriter(this);
            pipe.sink().write(ByteBuffer.wrap(new byte[] {'a', 'b'}));
            pipe.sink().close();
            return null;
        }

        @Override
        public void connectionLost(Failure reason) {
            seen.add("writer lost");
        }

        @Override
        public String logPrefix() {
            return "writing";
        }
    }

    /// FDS-1, FDS-2, FDS-3, FDS-5, FDS-7, LOP-7
    @Test
    void readsAndWritesUntilTheDescriptorHasEnough() {
        needsRealSystem(CHANNELS);
        var reader = new Reading();
        var writer = new Writing();
        run(() -> {
            reactor.addReader(reader);
            reactor.addReader(reader);
            reactor.addWriter(writer);
            assertEquals(List.of(reader), reactor.readers());
            assertEquals(List.of(writer), reactor.writers());
        });

        assertEquals(List.of("read a as reading", "read b as reading", "end", "lost ConnectionDone"), seen);
        assertEquals(List.of(), reactor.readers());
        assertEquals(List.of(), reactor.writers());
    }

    /// FDS-4
    @Test
    void dropsADescriptorThatThrows() {
        needsRealSystem(CHANNELS);
        run(() -> {
            reactor.addReader(new Reading() {
                @Override
                @Nullable
                Throwable read(int count) {
                    throw new IllegalStateException("cannot read");
                }
            });
            reactor.addWriter(new Writing());
        });

        assertEquals(List.of("read a as reading", "lost IllegalStateException"), seen);
        assertEquals(List.of("cannot read"), LifeContract.messages(takeCriticals()));
    }

    /// FDS-3
    @Test
    void tellsAHalfCloseableReaderThatReadingHasEnded() {
        needsRealSystem(CHANNELS);
        class Half extends Reading implements HalfCloseable {
            @Override
            public void readConnectionLost() {
                seen.add("read ended");
                assertEquals(List.of(), reactor.readers());
                reactor.stop();
            }

            @Override
            public void writeConnectionLost() {}
        }
        run(() -> {
            reactor.addReader(new Half());
            reactor.addWriter(new Writing());
        });

        assertEquals("read ended", seen.getLast());
    }

    /// FDS-2: removed, then watched again, in one turn and over turns
    @Test
    void takesADescriptorBackAndAgain() {
        needsRealSystem(CHANNELS);
        var reader = new Reading();
        run(() -> {
            reactor.removeReader(reader);
            reactor.addReader(reader);
            reactor.removeReader(reader);
            reactor.callLater(Duration.ofMillis(2), () -> {
                reactor.addReader(reader);
                assertEquals(List.of(reader), reactor.removeAll());
                reactor.callLater(Duration.ZERO, () -> {
                    reactor.addReader(reader);
                    reactor.addWriter(new Writing());
                });
            });
        });

        assertEquals(List.of("read a as reading", "read b as reading", "end", "lost ConnectionDone"), seen);
    }

    /// FDS-6
    @Test
    void tellsAReaderWhoseChannelWasClosed() {
        needsRealSystem(CHANNELS);
        run(() -> {
            reactor.addReader(new Reading());
            reactor.callLater(Duration.ofMillis(1), () -> {
                pipe.source().close();
                reactor.callLater(Duration.ofMillis(1), () -> {});
            });
        });

        assertEquals(List.of("lost ConnectionLost"), seen);
    }

    /// LOP-3: what can be both read and written is read first
    @Test
    void readsBeforeItWrites() throws IOException {
        needsRealSystem(CHANNELS);
        try (End socket = openSocket()) {
            var both = new Both(socket);
            run(() -> {
                reactor.addWriter(both);
                reactor.addReader(both);
            });
        }

        assertEquals(List.of("read", "write", "read", "write", "lost"), seen);
    }

    /// Leaves what could be read or written as it is, so both can be done again in the next turn.
    private final class Both extends Ours implements ReadDescriptor, WriteDescriptor {
        private final End end;

        Both(End end) {
            this.end = end;
        }

        @Override
        End end() {
            return end;
        }

        @Override
        public @Nullable Throwable doRead() {
            seen.add("read");
            return null;
        }

        @Override
        public @Nullable Throwable doWrite() {
            seen.add("write");
            return seen.size() < 4 ? null : ConnectionDone.FAILURE.value();
        }

        @Override
        public void connectionLost(Failure reason) {
            seen.add("lost");
            reactor.stop();
        }

        @Override
        public String logPrefix() {
            return "both";
        }
    }

    /// LOP-4: whichever of two comes first takes the other one away, though both can be read
    @Test
    void doesNotCallADescriptorThatWasRemovedAMomentAgo() throws IOException {
        needsRealSystem(CHANNELS);
        Ends second = openEnds();
        var readers = new ArrayList<ReadDescriptor>();
        readers.add(new Reading() {
            @Override
            public @Nullable Throwable doRead() {
                return removeTheOther(readers.get(1));
            }
        });
        readers.add(new Reading() {
            @Override
            End end() {
                return second.source();
            }

            @Override
            public @Nullable Throwable doRead() {
                return removeTheOther(readers.get(0));
            }
        });
        pipe.sink().write(ByteBuffer.wrap(new byte[1]));
        second.sink().write(ByteBuffer.wrap(new byte[1]));
        run(() -> readers.forEach(reactor::addReader));
        second.source().close();
        second.sink().close();

        assertEquals("read first", seen.getFirst());
        assertFalse(seen.contains("read second"), seen.toString());
    }

    private @Nullable Throwable removeTheOther(ReadDescriptor other) {
        seen.add(seen.isEmpty() ? "read first" : "read second");
        reactor.removeReader(other);
        return ConnectionDone.FAILURE.value();
    }

    /// FDS-5: a hang-up counts as readiness, so that a reader finds the end and a writer fails
    @Test
    void tellsAWriterWhoseReaderHasHungUp() throws IOException {
        needsRealSystem(CHANNELS);
        pipe.source().close();
        run(() -> reactor.addWriter(new Writing() {
            @Override
            public @Nullable Throwable doWrite() throws Exception {
                try {
                    pipe.sink().write(ByteBuffer.wrap(new byte[1]));
                    return null;
                } catch (IOException hungUp) {
                    return new ConnectionLost("nobody reads", hungUp);
                }
            }

            @Override
            public void connectionLost(Failure reason) {
                seen.add("writer lost " + reason.type().getSimpleName());
                reactor.stop();
            }
        }));

        assertEquals(List.of("writer lost ConnectionLost"), seen);
    }

    /// FDS-8: no selector knows plain files; they are for the pool
    @Test
    void readsAFileOnThePool(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("poem"), "In Xanadu");
        run(() -> reactor.deferToThread(() -> Files.readString(file)).onSuccess(text -> {
            seen.add(text + ", in the reactor's thread: " + reactor.isInIoThread());
            reactor.stop();
        }));

        assertEquals(List.of("In Xanadu, in the reactor's thread: true"), seen);
        assertFalse(SelectableChannel.class.isAssignableFrom(FileChannel.class));
    }

    /// REA-9
    @Test
    void losesItsDescriptorsAtShutdown() {
        needsRealSystem(CHANNELS);
        reactor.addReader(new Reading());
        run(reactor::stop);

        assertEquals(List.of("lost " + ConnectionLost.class.getSimpleName()), seen);
    }

    @Test
    void refusesAChannelThatBlocks() throws IOException {
        needsRealSystem(CHANNELS);
        String advice = block(pipe.source());

        var refused = assertThrows(IllegalArgumentException.class, () -> reactor.addReader(new Reading()));
        assertTrue(refused.getMessage().contains(advice), refused.getMessage());
    }
}
