package bowline.testing;

import static bowline.testing.MemoryDatagramTransport.PEER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.protocol.Address;
import bowline.protocol.AlreadyConnected;
import bowline.protocol.CannotListenError;
import bowline.protocol.DatagramProtocol;
import bowline.protocol.InvalidAddressError;
import bowline.protocol.MessageLengthError;
import bowline.protocol.MulticastJoinError;
import bowline.reactor.DatagramOptions;
import bowline.testing.MemoryDatagramTransport.Datagram;
import bowline.testing.MemoryDatagramTransport.Group;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// A UDP port in memory (section 23, TST-1, TST-3).
class MemoryDatagramTransportTest {
    private final List<String> calls = new ArrayList<>();
    private final Echo echo = new Echo();
    private final MemoryReactor reactor = new MemoryReactor();

    private final class Echo extends DatagramProtocol {
        private ByteBuffer kept = ByteBuffer.allocate(0);

        @Override
        public void startProtocol() {
            calls.add("start");
        }

        @Override
        public void stopProtocol() {
            calls.add("stop");
        }

        @Override
        public void datagramReceived(ByteBuffer datagram, Address from) {
            kept = datagram;
            transport().write(datagram, from);
        }

        @Override
        public void connectionRefused() {
            calls.add("refused");
        }
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    @DisplayName("UDP-2: delivers, keeps what is sent and to whom, and overwrites what was lent")
    void keepsWhatIsSent() {
        var port = MemoryDatagramTransport.listen(echo);
        port.deliver("hello", PEER);
        port.deliver("", PEER);

        assertEquals(List.of(new Datagram(bytes("hello"), PEER), new Datagram(bytes(""), PEER)), port.written());
        assertEquals("hello", port.written().getFirst().text());
        assertEquals(List.of("start"), calls);
        port.deliver("x", PEER);
        assertEquals((byte) 0xDB, echo.kept.get(0));
        port.clear();
        assertEquals(List.of(), port.written());
    }

    @Test
    @DisplayName("tells the local address that a datagram came to, if that was asked for, and keeps that of an answer")
    void knowsLocalAddresses() {
        var here = new Address.IPv4(Address.Carrier.UDP, "192.168.1.7", 7);
        var answering = new DatagramProtocol() {
            @Override
            public void datagramReceived(ByteBuffer datagram, Address from) {
                calls.add(String.valueOf(transport().localAddress()));
                transport().write(datagram, from, here);
            }
        };
        var port = reactor.listenUdp(7, answering, DatagramOptions.DEFAULT.withLocalAddresses());
        port.deliver("x", PEER, here);

        assertEquals(List.of("192.168.1.7:7"), calls);
        assertEquals(here, port.written().getFirst().from());
        assertNull(port.localAddress());
    }

    @Test
    @DisplayName("UDP-2: cuts what is longer than maxPacketSize")
    void cuts() {
        var port = reactor.listenUdp(7, echo, DatagramOptions.DEFAULT.maxPacketSize(3));
        port.deliver("four", PEER);

        assertEquals("fou", port.written().getFirst().text());
    }

    @Test
    @DisplayName("UDP-4, UDP-5: judges addresses, lengths and peers as a real port does")
    void judges() {
        var port = MemoryDatagramTransport.listen(echo);
        assertThrows(InvalidAddressError.class, () -> port.write("x", new Address.Hostname("poet", 9)));
        assertThrows(InvalidAddressError.class, () -> port.write("x", new Address.Hostname("::1", 9)));
        assertThrows(InvalidAddressError.class, () -> port.connect("poet", 9));
        assertThrows(MessageLengthError.class, () -> port.write(new byte[65_508], PEER));
        assertThrows(IllegalStateException.class, () -> port.write("x"));
        assertThrows(IllegalStateException.class, port::refuse);

        port.connect("192.168.1.1", 54321);
        port.write("to the peer");
        port.write("to it too", PEER);
        port.deliver("not shown", new Address.IPv4(Address.Carrier.UDP, "192.168.1.2", 54321));
        port.refuse();
        assertThrows(AlreadyConnected.class, () -> port.connect("192.168.1.1", 54321));
        assertThrows(IllegalArgumentException.class, () -> port.write("x", new Address.Hostname("10.0.0.9", 9)));

        assertThat(port.written()).extracting(Datagram::text).containsExactly("to the peer", "to it too");
        assertThat(port.written()).extracting(Datagram::address).containsOnly(PEER);
        assertEquals(List.of("start", "refused"), calls);
    }

    @Test
    @DisplayName("UDP-4: drops and counts while there is no room")
    void drops() {
        var port = MemoryDatagramTransport.listen(echo).full(true);
        port.deliver("hello", PEER);
        port.full(false).deliver("again", PEER);

        assertEquals(1, port.droppedDatagrams());
        assertEquals("again", port.written().getFirst().text());
    }

    @Test
    @DisplayName("UDP-6: stops on a later turn, ignores writes, listens again")
    void stopsAndListensAgain() {
        var clock = new ManualClock();
        var port = MemoryDatagramTransport.listen(echo, clock);
        var closed = port.stopListening();
        port.write("ignored", PEER);
        assertFalse(closed.called());
        assertThrows(IllegalStateException.class, () -> port.deliver("x", PEER));

        clock.advance(Duration.ZERO);
        assertTrue(closed.called());
        assertEquals(List.of(), port.written());
        port.startListening();
        assertEquals(List.of("start", "stop", "start"), calls);
    }

    @Test
    @DisplayName("UDP-10 to UDP-12: remembers groups and options")
    void remembersGroups() {
        var port = reactor.listenMulticast(7, echo, DatagramOptions.DEFAULT.listenMultiple(true));
        echo.multicast().joinGroup("224.0.0.251");
        echo.multicast().joinGroup("232.1.1.1", "eth0", "192.168.1.1");
        assertEquals(
                Set.of(new Group("224.0.0.251", "", ""), new Group("232.1.1.1", "eth0", "192.168.1.1")), port.groups());

        echo.multicast().leaveGroup("224.0.0.251");
        assertEquals(Set.of(new Group("232.1.1.1", "eth0", "192.168.1.1")), port.groups());
        DeferredAssertions.failureResultOf(port.leaveGroup("224.0.0.251"), MulticastJoinError.class);
        DeferredAssertions.failureResultOf(port.joinGroup("10.0.0.1"), MulticastJoinError.class);
        DeferredAssertions.failureResultOf(port.joinGroup("all-poets"), MulticastJoinError.class);
        assertEquals(1, port.ttl());
        assertTrue(port.loopbackMode());
        assertThrows(IllegalArgumentException.class, () -> port.ttl(256));
    }

    @Test
    @DisplayName("TST-3: the reactor remembers its ports, picks free ones, and knows which are open and taken")
    void theReactorRemembersPorts() {
        var first = reactor.listenUdp(0, echo);
        assertEquals(49_152, first.port());
        assertThrows(CannotListenError.class, () -> reactor.listenUdp(49_152, new Echo()));
        assertEquals(List.of(first), reactor.udpPorts());
        assertEquals(List.of(first), reactor.openChannels());

        first.stopListening();
        assertEquals(List.of(), reactor.openChannels());
        reactor.advance(Duration.ZERO);
        reactor.listenUdp(49_152, new Echo(), DatagramOptions.DEFAULT.listenMultiple(true));
        reactor.listenUdp(49_152, new Echo(), DatagramOptions.DEFAULT.listenMultiple(true));
        assertEquals(3, reactor.udpPorts().size());
    }

    @Test
    @DisplayName("TST-4: fails to listen as it was told, and has no sockets to adopt")
    void failsToListen() throws Exception {
        reactor.failListening(new IllegalStateException("no"));
        assertThrows(IllegalStateException.class, () -> reactor.listenUdp(7, echo));
        try (var channel = DatagramChannel.open()) {
            assertThrows(
                    UnsupportedOperationException.class,
                    () -> reactor.adoptDatagramPort(channel, echo, DatagramOptions.DEFAULT));
        }
    }
}
