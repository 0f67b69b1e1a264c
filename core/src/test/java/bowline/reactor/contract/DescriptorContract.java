package bowline.reactor.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.failure.Failure;
import bowline.log.LogContext;
import bowline.protocol.ConnectionDone;
import bowline.protocol.ConnectionLost;
import bowline.protocol.HalfCloseable;
import bowline.reactor.ReadDescriptor;
import bowline.reactor.WriteDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectableChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Channels that the program brings (section 16).
public abstract class DescriptorContract extends ReactorContract {
    private final List<String> seen = new ArrayList<>();
    private Pipe pipe;

    @BeforeEach
    final void openPipe() throws IOException {
        pipe = Pipe.open();
        pipe.source().configureBlocking(false);
        pipe.sink().configureBlocking(false);
    }

    @AfterEach
    final void closePipe() throws IOException {
        pipe.source().close();
        pipe.sink().close();
    }

    private class Reading implements ReadDescriptor {
        @Override
        public SelectableChannel channel() {
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

    private class Writing implements WriteDescriptor {
        @Override
        public SelectableChannel channel() {
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

    /// FDS-1, FDS-2, FDS-3, FDS-7, LOP-7
    @Test
    void readsAndWritesUntilTheDescriptorHasEnough() {
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
        run(() -> {
            reactor.addReader(new Reading());
            reactor.callLater(Duration.ofMillis(1), () -> {
                pipe.source().close();
                reactor.callLater(Duration.ofMillis(1), () -> {});
            });
        });

        assertEquals(List.of("lost ConnectionLost"), seen);
    }

    /// REA-9
    @Test
    void losesItsDescriptorsAtShutdown() {
        reactor.addReader(new Reading());
        run(reactor::stop);

        assertEquals(List.of("lost " + ConnectionLost.class.getSimpleName()), seen);
    }

    @Test
    void refusesAChannelThatBlocks() throws IOException {
        pipe.source().configureBlocking(true);

        var refused = assertThrows(IllegalArgumentException.class, () -> reactor.addReader(new Reading()));
        assertTrue(refused.getMessage().contains("configureBlocking(false)"), refused.getMessage());
    }
}
