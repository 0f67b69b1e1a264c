package bowline.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.log.CapturedLogs;
import bowline.testing.MemoryReactor;
import bowline.testing.MemoryTransport;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Section 21, Factories.
class FactoryTest {
    private static final Address PEER = new Address.IPv4(Address.Carrier.TCP, "192.168.1.1", 54321);

    private final List<String> seen = new ArrayList<>();
    private final Factory<Protocol> factory = new Factory<>() {
        @Override
        public Protocol buildProtocol(Address peer) {
            return new Protocol();
        }

        @Override
        public void startFactory() {
            seen.add("start");
        }

        @Override
        public void stopFactory() {
            seen.add("stop");
        }

        @Override
        public String toString() {
            return "the poetry factory";
        }
    };

    /// FAC-1
    @Test
    void startsWithItsFirstUserAndStopsWithItsLast() {
        factory.doStart();
        factory.doStart();
        assertEquals(2, factory.users());
        factory.doStop();
        assertEquals(List.of("start"), seen);
        factory.doStop();
        factory.doStop();

        assertEquals(List.of("start", "stop"), seen);
        assertEquals(0, factory.users());
    }

    /// FAC-1
    @Test
    void tellsTheLogThatItStartsAndStopsIfNoisy() {
        assertTrue(factory.noisy());
        try (var log = CapturedLogs.open()) {
            factory.doStart();
            factory.doStop();
            assertEquals(
                    List.of("Starting factory the poetry factory", "Stopping factory the poetry factory"), log.texts());
        }
        factory.noisy(false);
        try (var log = CapturedLogs.open()) {
            factory.doStart();
            factory.doStop();
            assertTrue(log.texts().isEmpty());
        }
    }

    /// FAC-2, FAC-3
    @Test
    void makesEachProtocolAnewAndLinksItToItself() throws Exception {
        var made = Factory.of(Protocol::new);
        Protocol first = made.build(PEER);

        assertSame(made, first.factory());
        assertNotSame(first, made.build(PEER));
        assertNull(new Protocol().factory());
    }

    /// FAC-2: a factory around another leaves the inner one's link alone.
    @Test
    void leavesTheLinkOfAnInnerFactoryAlone() throws Exception {
        var inner = Factory.of(Protocol::new);
        var outer = new Factory<Protocol>() {
            @Override
            public Protocol buildProtocol(Address peer) throws Exception {
                return inner.build(peer);
            }
        };

        assertSame(inner, outer.build(PEER).factory());
    }

    /// FAC-2
    @Test
    void mayRefuseAConnection() throws Exception {
        assertNull(Factory.of(() -> null).build(PEER));
    }

    /// FAC-4
    @Test
    void servesSeveralPortsAndConnectorsAtOnce() {
        var reactor = new MemoryReactor();
        var serving = Factory.of(Protocol::new);
        reactor.listenTcp(1, serving);
        reactor.listenTcp(2, serving);

        assertEquals(2, serving.users());
    }

    /// FAC-5
    @Test
    void aPlainProtocolDoesNothingAndTakesEverything() {
        var protocol = new Protocol();
        assertFalse(protocol.connected());
        assertThrows(IllegalStateException.class, protocol::transport);
        var transport = MemoryTransport.connect(protocol);
        transport.deliver("anything");
        transport.close();

        assertEquals(0, transport.unreadBytes());
        assertTrue(protocol.connected(), "that it was made stays true");
        assertEquals("Protocol", protocol.logPrefix());
    }

    /// TRA-17
    @Test
    void aProtocolHasItsTransportBeforeItHearsOfTheConnection() {
        var heard = new ArrayList<String>();
        MemoryTransport.connect(new Protocol() {
                    @Override
                    public void connectionMade() {
                        heard.add("made, connected " + connected() + " to "
                                + transport().peer());
                    }

                    @Override
                    public void dataReceived(ByteBuffer unread) {
                        heard.add("data");
                        super.dataReceived(unread);
                    }
                })
                .deliver("x");

        assertEquals(List.of("made, connected true to 192.168.1.1:54321", "data"), heard);
    }
}
