package bowline.haproxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.endpoint.ClientEndpoint;
import bowline.endpoint.ServerEndpoint;
import bowline.failure.Failure;
import bowline.log.CapturedLogs;
import bowline.protocol.Address;
import bowline.protocol.Drainable;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.testing.ManualClock;
import bowline.testing.MemoryReactor;
import bowline.testing.MemoryTransport;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// HAP-1, HAP-4, R1: connections behind a PROXY header, and connections that begin with one.
class ProxyProtocolTest {
    private static final Address PROXY = new Address.IPv4(Address.Carrier.TCP, "127.0.0.1", 4000);
    private static final String HEADER = "PROXY TCP4 203.0.113.9 198.51.100.1 5000 443\r\n";

    private final ManualClock clock = new ManualClock();
    private final List<String> calls = new ArrayList<>();
    private boolean pausing;

    private class Inner extends Protocol implements Drainable {
        @Override
        public void drain() {
            calls.add("drain");
        }

        @Override
        public void connectionMade() {
            calls.add("made " + transport().peer() + " " + transport().host());
            if (pausing) {
                transport().pauseProducing();
            }
        }

        @Override
        public void dataReceived(ByteBuffer unread) {
            calls.add(StandardCharsets.US_ASCII.decode(unread).toString());
        }

        @Override
        public void connectionLost(Failure reason) {
            calls.add("lost");
        }
    }

    private final Factory<Protocol> behind = new Factory<>() {
        @Override
        public @Nullable Protocol buildProtocol(Address peer) {
            calls.add("build " + peer);
            return peer.host().equals("203.0.113.66") ? null : new Inner();
        }
    };

    private MemoryTransport open(ProxyProtocolFactory<Protocol> factory) {
        return new MemoryTransport(clock).peer(PROXY).connectTo(Objects.requireNonNull(factory.buildProtocol(PROXY)));
    }

    private MemoryTransport open() {
        return open(new ProxyProtocolFactory<>(behind, ProxyProtocolOptions.DEFAULT));
    }

    private static final List<String> TALK =
            List.of("build 203.0.113.9:5000", "made 203.0.113.9:5000 198.51.100.1:443", "hello");

    @Test
    @DisplayName("HAP-1: after the header the ends are those that it names, and what follows is the application's")
    void namesTheEnds() {
        MemoryTransport transport = open();
        transport.deliver(HEADER + "hello");
        transport.close();
        assertEquals(List.of(TALK.get(0), TALK.get(1), "hello", "lost"), calls);
        assertEquals(List.of(), List.copyOf(clock.delayedCalls()));
    }

    @Test
    @DisplayName("HAP-4: a byte at a time")
    void readsTheHeaderByteByByte() {
        MemoryTransport transport = open();
        transport.deliverEachByte(HEADER.getBytes(StandardCharsets.US_ASCII));
        transport.deliver("hello");
        assertEquals(TALK, calls);
    }

    @Test
    @DisplayName("HAP-2: UNKNOWN keeps the real addresses")
    void keepsTheRealEnds() {
        open().deliver("PROXY UNKNOWN\r\n");
        assertEquals(List.of("build 127.0.0.1:4000", "made 127.0.0.1:4000 10.0.0.1:12345"), calls);
    }

    @Test
    @DisplayName("what comes with the header waits for a protocol that pauses at once")
    void showsWhatWaitedWhenResumed() {
        pausing = true;
        var factory = new ProxyProtocolFactory<>(behind, ProxyProtocolOptions.DEFAULT);
        ProxiedProtocol<Protocol> proxied = Objects.requireNonNull(factory.buildProtocol(PROXY));
        new MemoryTransport(clock).peer(PROXY).connectTo(proxied).deliver(HEADER + "hello");
        assertEquals(TALK.subList(0, 2), calls);
        proxied.inner().transport().resumeProducing();
        clock.advance(Duration.ZERO);
        assertEquals(TALK, calls);
        assertEquals(PROXY, ((ProxiedTransport) proxied.inner().transport()).proxy());
    }

    @Test
    @DisplayName("a drain leaves one that waits the time for its header, then its protocol is told")
    void drainsOnceItIsOpen() {
        var factory = new ProxyProtocolFactory<>(behind, ProxyProtocolOptions.DEFAULT);
        ProxiedProtocol<Protocol> proxied = Objects.requireNonNull(factory.buildProtocol(PROXY));
        MemoryTransport transport = new MemoryTransport(clock).peer(PROXY).connectTo(proxied);

        proxied.drain();
        assertFalse(transport.disconnecting());
        transport.deliver(HEADER + "hello");

        assertEquals(List.of(TALK.get(0), TALK.get(1), "drain", "hello"), calls);
    }

    @Test
    @DisplayName("HAP-1, R1: a connection without a header is closed, and nobody hears of it")
    void refusesConnectionsWithoutHeader() {
        MemoryTransport transport = open();
        transport.deliver("GET / HTTP/1.1\r\n");
        assertTrue(transport.disconnected());
        transport.close();
        assertEquals(List.of(), calls);
    }

    @Test
    @DisplayName("R1, G6: the whole header has 5 seconds, however it trickles")
    void limitsTheTimeForTheHeader() {
        MemoryTransport transport = open();
        for (int i = 0; i < 4; i++) {
            clock.advance(Duration.ofSeconds(1));
            transport.deliver(HEADER.substring(i, i + 1));
        }
        assertFalse(transport.disconnected());
        clock.advance(Duration.ofSeconds(1));
        assertTrue(transport.disconnected());
    }

    @Test
    @DisplayName("R1: the time for the header ends with the header")
    void countsNoMoreAfterTheHeader() {
        MemoryTransport transport = open();
        transport.deliver(HEADER);
        clock.advance(Duration.ofSeconds(60));
        assertFalse(transport.disconnected());
    }

    @Test
    @DisplayName("R1: only trusted sources may send a header; by default those of this machine")
    void trustsNobodyElse() {
        var local = new ProxyProtocolFactory<>(behind, ProxyProtocolOptions.DEFAULT);
        Address other = new Address.IPv4(Address.Carrier.TCP, "10.1.2.3", 1);
        assertNull(local.buildProtocol(other));
        assertNotNull(local.buildProtocol(new Address.IPv6(Address.Carrier.TCP, "::1", 1)));
        assertNotNull(local.buildProtocol(new Address.Unix(null)));
        var wide = new ProxyProtocolFactory<>(behind, ProxyProtocolOptions.DEFAULT.trusting("10.0.0.0/8"));
        assertNotNull(wide.buildProtocol(other));
        assertNull(wide.buildProtocol(PROXY));
        var open = new ProxyProtocolFactory<>(behind, ProxyProtocolOptions.DEFAULT.trustingAnybody());
        assertNotNull(open.buildProtocol(other));
    }

    @Test
    @DisplayName("R1, G10: refusals are told to the log again after a while, with their number")
    void logsRefusals() {
        var factory = new ProxyProtocolFactory<>(behind, ProxyProtocolOptions.DEFAULT);
        open(factory);
        try (var logs = CapturedLogs.open()) {
            Address other = new Address.IPv4(Address.Carrier.TCP, "10.1.2.3", 1);
            assertNull(factory.buildProtocol(other));
            assertNull(factory.buildProtocol(other));
            clock.advance(Duration.ofSeconds(4));
            clock.advance(Duration.ofSeconds(6));
            assertNull(factory.buildProtocol(other));
            List<String> told = logs.texts().stream()
                    .filter(text -> text.contains("10.1.2.3"))
                    .toList();
            assertEquals(2, told.size(), told::toString);
            assertTrue(told.getLast().contains("and 1 were since"));
        }
    }

    @Test
    @DisplayName("G9: as many connections may wait for their header as the limit says, and no more")
    void limitsWhoWaits() {
        var two = new ProxyProtocolOptions(
                ProxyProtocolOptions.DEFAULT.trusted(),
                Duration.ofSeconds(5),
                2,
                ProxyProtocolOptions.DEFAULT.limits());
        var factory = new ProxyProtocolFactory<>(behind, two);
        MemoryTransport first = open(factory);
        MemoryTransport second = open(factory);
        assertNull(factory.buildProtocol(PROXY));
        first.deliver(HEADER);
        second.close();
        assertEquals(0, factory.waiting());
        assertNotNull(factory.buildProtocol(PROXY));
    }

    @Test
    @DisplayName("POL-2: what the factory behind refuses is closed")
    void closesWhatIsRefused() {
        MemoryTransport transport = open();
        transport.deliver(HEADER.replace(".9 ", ".66 ") + "more");
        assertTrue(transport.disconnecting());
    }

    @Test
    @DisplayName("HAP-1: haproxy: before a server's description")
    void listensByDescription() throws Exception {
        var reactor = new MemoryReactor();
        ServerEndpoint.of(reactor, "haproxy:tcp:8080:interface=127.0.0.1:trust=192.168.0.0/16")
                .listen(behind);
        MemoryTransport transport = reactor.tcpServers().getFirst().connect();
        transport.deliver(HEADER + "hello");
        assertEquals(TALK, calls);
        assertEquals("127.0.0.1", reactor.tcpServers().getFirst().host().host());
        assertThrows(IllegalArgumentException.class, () -> ServerEndpoint.of(reactor, "haproxy:"));
        assertThrows(IllegalArgumentException.class, () -> ServerEndpoint.of(reactor, "haproxy:tcp:1:trust=here"));
        assertThrows(IllegalArgumentException.class, () -> ServerEndpoint.of(reactor, "haproxy:nothing:1"));
    }

    @Test
    @DisplayName("haproxy: before a client's description sends a header first")
    void connectsByDescription() {
        var reactor = new MemoryReactor();
        var connected = new ArrayList<Protocol>();
        ClientEndpoint.of(reactor, "haproxy:tcp:10.0.0.7:80:version=1")
                .connect(behind)
                .onSuccess(connected::add);
        MemoryTransport transport = reactor.tcpClients().getFirst().succeed();
        assertEquals("PROXY TCP4 10.0.0.1 10.0.0.7 12345 80\r\n", transport.text());
        transport.deliver("answer");
        transport.close();
        assertEquals("answer", calls.get(2));
        assertEquals("lost", calls.get(3));
        assertEquals(1, connected.size());
        assertTrue(connected.getFirst() instanceof Inner);
        assertThrows(
                IllegalArgumentException.class, () -> ClientEndpoint.of(reactor, "haproxy:tcp:10.0.0.7:80:version=3"));
    }
}
