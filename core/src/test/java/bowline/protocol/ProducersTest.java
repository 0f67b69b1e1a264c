package bowline.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import bowline.failure.Failure;
import bowline.log.LogEvent;
import bowline.log.LogObserver;
import bowline.log.LogPublisher;
import bowline.testing.ManualClock;
import bowline.testing.MemoryTransport;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// [FileSender] and [PullToPush] (PRO-10, PRO-11).
class ProducersTest {
    private final ManualClock clock = new ManualClock();
    private final MemoryTransport transport = new MemoryTransport(clock);
    private final List<String> seen = new ArrayList<>();

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }

    /// PRO-11
    @Test
    void sendsChunksOf16KiBAndFiresWithTheLastByte() {
        var sender = new FileSender();
        var done = sender.beginFileTransfer(stream("a".repeat(FileSender.CHUNK_BYTES) + "z"), transport);

        assertEquals(FileSender.CHUNK_BYTES, transport.take().length);
        sender.produceMore();
        assertEquals("z", transport.text());
        sender.produceMore();
        assertEquals((int) 'z', done.result());
        assertNull(transport.producer());
    }

    /// PRO-11
    @Test
    void changesEachChunk() {
        var sender = new FileSender();
        sender.beginFileTransfer(
                stream("abc"),
                transport,
                chunk -> new String(chunk, StandardCharsets.US_ASCII)
                        .toUpperCase(java.util.Locale.ROOT)
                        .getBytes(StandardCharsets.US_ASCII));

        assertEquals("ABC", transport.text());
    }

    /// PRO-11: a change may leave nothing of any number of pieces
    @Test
    void goesOnBehindPiecesOfWhichNothingIsLeft() {
        long chunks = 20_000;
        var endless = new InputStream() {
            private long left = chunks * FileSender.CHUNK_BYTES;

            @Override
            public int read() {
                return left-- > 0 ? 'a' : -1;
            }

            @Override
            public int readNBytes(byte[] into, int offset, int length) {
                int count = Math.clamp(left, 0, length);
                left -= count;
                return count;
            }
        };
        var done = new FileSender().beginFileTransfer(endless, transport, _ -> new byte[0]);

        assertEquals(-1, done.result());
        assertNull(transport.producer());
    }

    /// PRO-11
    @Test
    void failsWhenItIsStoppedOrCannotRead() {
        var stopped = new FileSender();
        var first = stopped.beginFileTransfer(stream("abc"), transport);
        stopped.stopProducing();
        assertEquals(EOFException.class, ((Failure) first.result()).type());
        transport.unregisterProducer();

        var unreadable = new FileSender()
                .beginFileTransfer(
                        new InputStream() {
                            @Override
                            public int read() throws IOException {
                                throw new IOException("bad sector");
                            }
                        },
                        transport);
        assertEquals("bad sector", ((Failure) unreadable.result()).message());
        assertNull(transport.producer());
        assertThrows(IllegalStateException.class, () -> stopped.beginFileTransfer(stream("again"), transport));
        first.addErrback(_ -> 0);
        unreadable.addErrback(_ -> 0);
    }

    /// PRO-10
    @Test
    void asksOncePerTurnWhileNotPaused() {
        var adapter = new PullToPush(asked(() -> {}), transport, clock);
        adapter.startStreaming();
        assertEquals(List.of(), seen);
        turn();
        turn();
        adapter.pauseProducing();
        turn();
        assertEquals(List.of("asked", "asked"), seen);
        adapter.resumeProducing();
        turn();
        adapter.stopProducing();
        turn();
        adapter.resumeProducing();
        turn();

        assertEquals(List.of("asked", "asked", "asked", "stopped"), seen);
    }

    /// PRO-10: pausing and resuming from inside
    @Test
    void asksOncePerTurnWhateverItsSourceDoes() {
        var adapter = new PullToPush[1];
        adapter[0] = new PullToPush(
                asked(() -> {
                    adapter[0].pauseProducing();
                    if (seen.size() < 3) {
                        adapter[0].resumeProducing();
                    }
                }),
                transport,
                clock);
        adapter[0].startStreaming();
        for (int i = 0; i < 5; i++) {
            turn();
        }

        assertEquals(List.of("asked", "asked", "asked"), seen);
        assertEquals(0, clock.delayedCalls().size());
    }

    /// PRO-10
    @Test
    void unregistersASourceThatThrows() {
        var logged = new ArrayList<LogEvent>();
        LogObserver recorder = logged::add;
        LogPublisher.global().add(recorder);
        try {
            var adapter = new PullToPush(
                    asked(() -> {
                        throw new IllegalStateException("dry");
                    }),
                    transport,
                    clock);
            transport.registerProducer(adapter);
            adapter.startStreaming();
            turn();
            turn();
        } finally {
            LogPublisher.global().remove(recorder);
        }

        assertEquals(List.of("asked"), seen);
        assertNull(transport.producer());
        assertEquals(1, logged.stream().filter(event -> event.failure() != null).count());
    }

    private void turn() {
        clock.advance(Duration.ofNanos(10));
    }

    private PullProducer asked(Runnable then) {
        return new PullProducer() {
            @Override
            public void produceMore() {
                seen.add("asked");
                then.run();
            }

            @Override
            public void stopProducing() {
                seen.add("stopped");
            }
        };
    }
}
