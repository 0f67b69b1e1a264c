package bowline.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.failure.Failure;
import bowline.protocol.Address;
import bowline.protocol.ClientFactory;
import bowline.protocol.Connector;
import bowline.protocol.Drainable;
import bowline.protocol.Factory;
import bowline.protocol.HalfCloseable;
import bowline.protocol.Protocol;
import bowline.protocol.TcpTransport;
import bowline.testing.ManualClock;
import bowline.testing.MemoryReactor;
import bowline.testing.MemoryTransport;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// POL-1 to POL-4, POL-8: layers around protocols.
class WrappersTest {
    private static final Address PEER = new Address.IPv4(Address.Carrier.TCP, "10.0.0.1", 4000);

    private final ManualClock clock = new ManualClock();
    private final List<String> calls = new ArrayList<>();

    private class Inner extends Protocol implements HalfCloseable, Drainable {
        @Override
        public void connectionMade() {
            calls.add("made");
        }

        @Override
        public void dataReceived(ByteBuffer unread) {
            // Takes pairs, so that one byte may be left.
            while (unread.remaining() >= 2) {
                calls.add("" + (char) unread.get() + (char) unread.get());
            }
        }

        @Override
        public void readConnectionLost() {
            calls.add("read lost");
        }

        @Override
        public void writeConnectionLost() {
            calls.add("write lost");
        }

        @Override
        public void drain() {
            calls.add("drain");
        }

        @Override
        public void connectionLost(Failure reason) {
            calls.add("lost");
        }
    }

    private <P extends Protocol> MemoryTransport open(Factory<P> factory) throws Exception {
        return MemoryTransport.connect(Objects.requireNonNull(factory.build(PEER)), clock);
    }

    @Test
    @DisplayName("POL-1: what comes in is passed on, and what is left comes back")
    void passesEverythingOn() throws Exception {
        var inner = new Inner();
        var wrapper = new ProtocolWrapper<Protocol>(inner);
        MemoryTransport transport = MemoryTransport.connect(wrapper, clock);
        transport.deliver("abc");
        assertEquals(1, transport.unreadBytes());
        transport.deliver("d");
        inner.transport().write("out");
        assertEquals("out", transport.text());
        ((TcpTransport) inner.transport()).tcpNoDelay(true);
        assertTrue(transport.tcpNoDelay());
        inner.transport().pauseProducing();
        assertEquals(MemoryTransport.ProducerState.PAUSED, transport.producerState());
        inner.transport().resumeProducing();
        wrapper.drain();
        inner.transport().loseWriteConnection();
        transport.deliverEnd();
        inner.transport().loseConnection();
        assertTrue(transport.disconnecting() && inner.transport().disconnecting());
        transport.close();
        assertEquals(List.of("made", "ab", "cd", "drain", "write lost", "read lost", "lost"), calls);
        assertEquals("Inner (ProtocolWrapper)", wrapper.logPrefix());
    }

    @Test
    @DisplayName("INT-3: the inner protocol can become another one inside the layer")
    void letsTheInnerProtocolBecomeAnother() {
        var first = new Protocol() {
            @Override
            public void dataReceived(ByteBuffer unread) {
                if (unread.get() == '!') {
                    become(new Inner());
                }
            }
        };
        MemoryTransport transport = MemoryTransport.connect(new ProtocolWrapper<Protocol>(first), clock);
        transport.deliver("!xyz");
        clock.advance(Duration.ZERO);
        transport.deliver("!");
        transport.deliverEnd();
        transport.close();
        assertEquals(List.of("made", "xy", "z!", "read lost", "lost"), calls);
    }

    @Test
    @DisplayName("POL-2: a factory that refuses is not wrapped")
    void refusesWhatTheFactoryRefuses() throws Exception {
        var refusing = new Factory<Protocol>() {
            @Override
            public @Nullable Protocol buildProtocol(Address peer) {
                return null;
            }
        };
        assertNull(new PlainFactory<>(refusing).build(PEER));
    }

    @Test
    @DisplayName("POL-1: the factory behind is started, stopped and told of connectors")
    void passesOnWhatFactoriesHear() {
        var behind = new ClientFactory<Protocol>() {
            @Override
            public Protocol buildProtocol(Address peer) {
                return new Inner();
            }

            @Override
            public void startFactory() {
                calls.add("start");
            }

            @Override
            public void stopFactory() {
                calls.add("stop");
            }

            @Override
            public void startedConnecting(Connector connector) {
                calls.add("connecting");
            }

            @Override
            public void clientConnectionFailed(Connector connector, Failure reason) {
                calls.add("failed");
            }

            @Override
            public void clientConnectionLost(Connector connector, Failure reason) {
                calls.add("connection lost");
            }
        };
        var reactor = new MemoryReactor();
        reactor.connectTcp("10.0.0.1", 1, new PlainFactory<>(behind));
        MemoryTransport transport = reactor.tcpClients().getFirst().succeed();
        transport.close();
        reactor.connectTcp("10.0.0.1", 2, new PlainFactory<>(behind));
        reactor.tcpClients().getLast().fail(new java.io.IOException("no"));
        assertEquals(
                List.of(
                        "start",
                        "connecting",
                        "made",
                        "lost",
                        "connection lost",
                        "stop",
                        "start",
                        "connecting",
                        "failed",
                        "stop"),
                calls);
    }

    @Test
    @DisplayName("POL-3: setTimeout tells the time before; it is over once, and off then")
    void countsIdleTime() {
        var idle = new IdleTimeout(clock, () -> calls.add("over"));
        assertNull(idle.setTimeout(Duration.ofSeconds(10)));
        clock.advance(Duration.ofSeconds(9));
        idle.resetTimeout();
        clock.advance(Duration.ofSeconds(9));
        assertEquals(Duration.ofSeconds(10), idle.setTimeout(Duration.ofSeconds(3)));
        clock.advance(Duration.ofMillis(2999));
        assertEquals(List.of(), calls);
        clock.advance(Duration.ofMillis(1));
        clock.advance(Duration.ofSeconds(100));
        assertEquals(List.of("over"), calls);
        idle.resetTimeout();
        assertNull(idle.setTimeout(Duration.ofSeconds(1)));
        assertEquals(Duration.ofSeconds(1), idle.setTimeout(null));
        clock.advance(Duration.ofSeconds(100));
        assertEquals(List.of("over"), calls);
        assertEquals(List.of(), List.copyOf(clock.delayedCalls()));
    }

    @Test
    @DisplayName("POL-3: unless told otherwise the connection is lost when the time is over, in good order")
    void losesTheConnection() {
        var transport = MemoryTransport.connect(new Inner(), clock);
        IdleTimeout.losing(transport).setTimeout(Duration.ofSeconds(10));
        clock.advance(Duration.ofSeconds(9));
        assertFalse(transport.disconnecting());
        clock.advance(Duration.ofSeconds(1));
        assertTrue(transport.disconnecting());
        assertFalse(transport.disconnected());
    }

    @Test
    @DisplayName("POL-4: data in or out begins the time anew; when it is over the connection is lost")
    void losesIdleConnections() throws Exception {
        MemoryTransport transport = open(new TimeoutFactory<>(Factory.of(Inner::new), Duration.ofSeconds(60)));
        clock.advance(Duration.ofSeconds(59));
        transport.deliver("in");
        clock.advance(Duration.ofSeconds(59));
        assertEquals(false, transport.disconnecting());
        clock.advance(Duration.ofSeconds(1));
        assertEquals(true, transport.disconnecting());
        transport.close();
        assertEquals(List.of(), List.copyOf(clock.delayedCalls()));
        assertEquals(Duration.ofSeconds(1800), TimeoutFactory.PERIOD);
    }

    @Test
    @DisplayName("POL-4: writing counts too, and the time can be changed and turned off")
    void countsWriting() {
        var inner = new Inner();
        var timeout = new TimeoutProtocol<Protocol>(inner, Duration.ofSeconds(60));
        MemoryTransport transport = MemoryTransport.connect(timeout, clock);
        clock.advance(Duration.ofSeconds(59));
        inner.transport().write("out");
        clock.advance(Duration.ofSeconds(59));
        timeout.setTimeout(Duration.ofSeconds(2));
        clock.advance(Duration.ofSeconds(1));
        timeout.cancelTimeout();
        clock.advance(Duration.ofSeconds(1000));
        assertEquals(false, transport.disconnecting());
        timeout.setTimeout(Duration.ofSeconds(1));
        clock.advance(Duration.ofSeconds(1));
        assertEquals(true, transport.disconnecting());
        assertSame(inner, timeout.inner());
    }

    @Test
    @DisplayName("POL-8: all traffic in a file for each connection, elided and escaped")
    void logsTraffic(@TempDir Path folder) throws Exception {
        var factory = new TrafficLoggingFactory<>(Factory.of(Inner::new), folder.resolve("log"), 4);
        for (int i = 0; i < 2; i++) {
            ProtocolWrapper<Inner> wrapper = Objects.requireNonNull(factory.build(PEER));
            MemoryTransport transport = MemoryTransport.connect(wrapper, clock);
            transport.deliver("abc");
            transport.deliver("\n");
            wrapper.inner().transport().write("hello");
            wrapper.inner()
                    .transport()
                    .writeSequence(List.of(ByteBuffer.wrap("sv".getBytes(StandardCharsets.US_ASCII))));
            try (var file = FileChannel.open(Files.writeString(folder.resolve("file"), "a file's"))) {
                wrapper.inner().transport().sendFile(file, 2, 4);
            }
            transport.close();
        }
        List<String> expected = List.of(
                "*",
                "C 1: \"abc\"",
                "C 2: \"\\n\"",
                "S 1: \"hell\"…",
                "SV 2: \"sv\"",
                "S 3: 4 bytes of a file, from 2 on",
                "*");
        assertEquals(expected, lines(folder.resolve("log-1")));
        assertEquals(expected, lines(folder.resolve("log-2")));
    }

    private static List<String> lines(Path file) throws Exception {
        return Files.readAllLines(file, StandardCharsets.UTF_8);
    }
}
