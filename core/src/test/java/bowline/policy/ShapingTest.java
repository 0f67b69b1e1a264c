package bowline.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.failure.Failure;
import bowline.log.CapturedLogs;
import bowline.protocol.Address;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.protocol.PushProducer;
import bowline.testing.ManualClock;
import bowline.testing.MemoryTransport;
import bowline.testing.MemoryTransport.ProducerState;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// POL-5 and the token bucket: how fast bytes move, exact in virtual time.
class ShapingTest {
    private static final Address PEER = new Address.IPv4(Address.Carrier.TCP, "10.0.0.1", 4000);
    private static final Rate KILO = new Rate(1000, 1000);

    private final ManualClock clock = new ManualClock();
    private final List<String> calls = new ArrayList<>();

    private static class Inner extends Protocol {
        private long received;
        private @Nullable Failure lost;

        @Override
        public void dataReceived(ByteBuffer unread) {
            received += unread.remaining();
            unread.position(unread.limit());
        }

        @Override
        public void connectionLost(Failure reason) {
            lost = reason;
        }
    }

    private record End(Inner inner, MemoryTransport transport) {}

    private End open(WrappingFactory<Inner> factory) throws Exception {
        ProtocolWrapper<Inner> wrapper = Objects.requireNonNull(factory.build(PEER));
        MemoryTransport transport = MemoryTransport.connect(wrapper, clock);
        return new End(wrapper.inner(), transport);
    }

    private static ShapingFactory<Inner> each(Rate rate) {
        return new ShapingFactory<>(Factory.of(Inner::new), ShapingOptions.each(rate));
    }

    @Test
    @DisplayName("a bucket gives its burst, then its rate, to the nanosecond, and never more than a burst after a rest")
    void countsTokensExactly() {
        var bucket = new TokenBucket(new Rate(3, 10), 0);
        assertEquals(10, bucket.available(0));
        bucket.take(10);
        assertEquals(333_333_334, bucket.nanosUntil(1));
        assertEquals(0, bucket.available(333_333_333));
        assertEquals(1, bucket.available(333_333_334));
        bucket.take(1);
        assertEquals(2, bucket.available(1_000_000_000));
        assertEquals(10, bucket.available(Long.MAX_VALUE));
        var random = new Random(7);
        var fine = new TokenBucket(new Rate(1_000_003, 5_000), 0);
        long now = 0;
        long taken = 0;
        for (int i = 0; i < 100_000; i++) {
            now += random.nextInt(2000);
            long there = fine.available(now);
            fine.take(there);
            taken += there;
        }
        assertEquals(5_000 + (long) (now / 1e9 * 1_000_003), taken, 1, "seed 7");
    }

    @Test
    @DisplayName("reading: the burst at once, the rest at the rate, and nothing is read ahead")
    void shapesReading() throws Exception {
        End end = open(each(KILO));
        end.transport().deliver(new byte[3500]);
        assertEquals(1000, end.inner().received);
        assertEquals(ProducerState.PAUSED, end.transport().producerState());
        clock.advance(Duration.ofMillis(999));
        assertEquals(1000, end.inner().received);
        clock.pump(Duration.ofMillis(1), Duration.ZERO);
        assertEquals(2000, end.inner().received);
        clock.pump(Duration.ofMillis(1000), Duration.ZERO);
        assertEquals(3000, end.inner().received);
        clock.pump(Duration.ofMillis(500), Duration.ZERO);
        assertEquals(3500, end.inner().received);
    }

    @Test
    @DisplayName("writing: the burst at once, the rest at the rate")
    void shapesWriting() throws Exception {
        End end = open(each(KILO));
        end.inner().transport().write(new byte[3500]);
        assertEquals(1000, end.transport().value().length);
        assertEquals(2500, end.inner().transport().unsentBytes());
        clock.advance(Duration.ofMillis(1000));
        assertEquals(2000, end.transport().value().length);
        clock.advance(Duration.ofMillis(1000));
        clock.advance(Duration.ofMillis(500));
        assertEquals(3500, end.transport().value().length);
        assertEquals(0, end.inner().transport().unsentBytes());
    }

    @Test
    @DisplayName("TRA-5: a close waits for the backlog, and stops reading at once")
    void closesAfterTheBacklog() throws Exception {
        End end = open(each(KILO));
        end.inner().transport().write(new byte[2000]);
        end.inner().transport().loseConnection();
        end.transport().deliver("too late");
        assertEquals(0, end.inner().received);
        assertTrue(end.inner().transport().disconnecting());
        assertFalse(end.transport().disconnecting());
        clock.advance(Duration.ofMillis(1000));
        assertEquals(2000, end.transport().value().length);
        assertTrue(end.transport().disconnecting());
    }

    @Test
    @DisplayName("shared: connections take turns, and together keep to the rate")
    void sharesFairly() throws Exception {
        var factory = new ShapingFactory<>(Factory.of(Inner::new), ShapingOptions.together(KILO));
        End one = open(factory);
        End other = open(factory);
        one.inner().transport().write(new byte[10_000]);
        other.inner().transport().write(new byte[10_000]);
        for (int i = 0; i < 6; i++) {
            clock.advance(Duration.ofSeconds(1));
        }
        assertEquals(7000, one.transport().value().length + other.transport().value().length);
        assertEquals(3000, other.transport().value().length);
        one.transport().close();
        clock.advance(Duration.ofSeconds(1));
        clock.advance(Duration.ofSeconds(1));
        assertEquals(5000, other.transport().value().length, "who is gone takes no turn");
    }

    @Test
    @DisplayName("a producer is paused above the high-water mark, and resumed when all is sent")
    void pausesProducers() throws Exception {
        End end = open(each(new Rate(100_000, 10_000)));
        end.inner().transport().registerProducer(new PushProducer() {
            @Override
            public void pauseProducing() {
                calls.add("pause");
            }

            @Override
            public void resumeProducing() {
                calls.add("resume");
            }

            @Override
            public void stopProducing() {
                calls.add("stop");
            }
        });
        end.inner().transport().write(new byte[80_000]);
        assertEquals(List.of("pause"), calls);
        for (int i = 0; i < 7; i++) {
            clock.advance(Duration.ofMillis(100));
        }
        assertEquals(List.of("pause", "resume"), calls);
        end.transport().close();
        assertEquals(List.of("pause", "resume", "stop"), calls);
    }

    @Test
    @DisplayName("outboundMaxBytes: as many bytes may wait, one more loses the connection with a reason that says so")
    void limitsTheBacklog() throws Exception {
        var options = new ShapingOptions(null, KILO, false, 5000);
        End end = open(new ShapingFactory<>(Factory.of(Inner::new), options));
        end.inner().transport().write(new byte[6000]);
        assertFalse(end.transport().disconnected());
        end.inner().transport().write(new byte[1]);
        assertTrue(end.transport().disconnected());
        end.transport().close();
        Failure lost = Objects.requireNonNull(end.inner().lost);
        assertTrue(lost.message().contains("outboundMaxBytes = 5000"), lost.message());
    }

    @Test
    @DisplayName("files are shaped too, between what was written before and behind")
    void shapesFiles(@TempDir Path folder) throws Exception {
        Path path = Files.write(folder.resolve("f"), new byte[1500]);
        End end = open(each(KILO));
        try (var file = FileChannel.open(path, StandardOpenOption.READ)) {
            end.inner().transport().write("head");
            end.inner().transport().sendFile(file, 0, 1500).onSuccess(count -> calls.add("sent " + count));
            end.inner().transport().write("tail");
            clock.advance(Duration.ofMillis(400));
            clock.advance(Duration.ofMillis(600));
        }
        assertEquals(List.of("sent 1500"), calls);
        assertEquals(1508, end.transport().value().length);
        assertTrue(end.transport().text().endsWith("\0tail"));
    }

    @Test
    void ratesHaveBounds() {
        assertThrows(IllegalArgumentException.class, () -> new Rate(0, 1));
        assertThrows(IllegalArgumentException.class, () -> new Rate(1, Rate.MAX + 1));
        assertEquals(new Rate(1, Shaper.TURN_MAX_BYTES), Rate.of(1));
    }

    @Test
    @DisplayName("POL-5: more than the limit in a second rests everybody for (moved / limit - 1) seconds")
    void throttlesReading() throws Exception {
        var factory = new ThrottlingFactory<>(Factory.of(Inner::new), 10, 100, ThrottlingFactory.UNLIMITED);
        End one = open(factory);
        End other = open(factory);
        one.transport().deliver(new byte[250]);
        clock.advance(Duration.ofSeconds(1));
        assertEquals(ProducerState.PAUSED, one.transport().producerState());
        assertEquals(ProducerState.PAUSED, other.transport().producerState());
        clock.advance(Duration.ofMillis(1499));
        assertEquals(ProducerState.PAUSED, other.transport().producerState());
        clock.advance(Duration.ofMillis(1));
        assertEquals(ProducerState.PRODUCING, other.transport().producerState());
        one.transport().close();
        other.transport().close();
        assertEquals(List.of(), List.copyOf(clock.delayedCalls()));
    }

    @Test
    @DisplayName("POL-5: writing rests by pausing producers")
    void throttlesWriting() throws Exception {
        var factory = new ThrottlingFactory<>(Factory.of(Inner::new), 10, ThrottlingFactory.UNLIMITED, 100);
        End one = open(factory);
        one.inner().transport().registerProducer(new PushProducer() {
            @Override
            public void pauseProducing() {
                calls.add("pause");
            }

            @Override
            public void resumeProducing() {
                calls.add("resume");
            }

            @Override
            public void stopProducing() {}
        });
        one.inner().transport().write(new byte[200]);
        clock.advance(Duration.ofSeconds(1));
        assertEquals(List.of("pause"), calls);
        clock.advance(Duration.ofSeconds(1));
        assertEquals(List.of("pause", "resume"), calls);
    }

    @Test
    @DisplayName("POL-5: one connection too many is refused, and the log says so")
    void limitsConnections() throws Exception {
        var factory = new ThrottlingFactory<>(
                Factory.of(Inner::new), 1, ThrottlingFactory.UNLIMITED, ThrottlingFactory.UNLIMITED);
        End one = open(factory);
        try (var logs = CapturedLogs.open()) {
            assertEquals(null, factory.build(PEER));
            assertEquals(List.of("Max connection count reached!"), logs.texts());
        }
        one.transport().close();
        open(factory);
        assertEquals(1, factory.open());
    }
}
