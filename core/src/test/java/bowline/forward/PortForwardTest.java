package bowline.forward;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.endpoint.ClientEndpoint;
import bowline.log.CapturedLogs;
import bowline.protocol.Address;
import bowline.protocol.ConnectionAborted;
import bowline.protocol.ConnectionRefused;
import bowline.testing.MemoryPort;
import bowline.testing.MemoryReactor;
import bowline.testing.MemoryTransport;
import bowline.testing.MemoryTransport.ProducerState;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// FWD-1, G9: clients passed on to a target.
class PortForwardTest {
    private final MemoryReactor reactor = new MemoryReactor();
    private PortForward forward = with(PortForwardOptions.DEFAULT);
    private MemoryPort port;

    private PortForward with(PortForwardOptions options) {
        forward = new PortForward(ClientEndpoint.of(reactor, "tcp:10.0.0.7:80"), options);
        port = reactor.listenTcp(0, forward, bowline.reactor.ListenOptions.DEFAULT);
        return forward;
    }

    private MemoryTransport client() throws Exception {
        return port.connect();
    }

    private MemoryTransport target() {
        return reactor.tcpClients().getLast().succeed();
    }

    private void turn() {
        reactor.advance(Duration.ZERO);
    }

    @Test
    @DisplayName("FWD-1: a client is not read until its target is there; then bytes pass both ways")
    void passesBytesOn() throws Exception {
        MemoryTransport client = client();
        assertEquals(ProducerState.PAUSED, client.producerState());
        client.deliver("early ");
        assertEquals(6, client.unreadBytes());
        MemoryTransport target = target();
        turn();
        client.deliver("late");
        target.deliver("answer");
        assertEquals("early late", target.text());
        assertEquals("answer", client.text());
        assertEquals(1, forward.open());
    }

    @Test
    @DisplayName("FWD-1: each transport is the other's producer")
    void pressesBack() throws Exception {
        MemoryTransport client = client();
        MemoryTransport target = target();
        assertEquals(client, target.producer());
        assertEquals(target, client.producer());
    }

    @Test
    @DisplayName("FWD-1: the end of one direction is passed on, and the other goes on")
    void passesHalfCloseOn() throws Exception {
        MemoryTransport client = client();
        MemoryTransport target = target();
        client.deliverEnd();
        assertTrue(target.writeClosed());
        assertFalse(target.disconnecting());
        target.deliver("answer");
        assertEquals("answer", client.text());
        target.deliverEnd();
        assertTrue(client.disconnecting() && target.disconnecting());
    }

    @Test
    @DisplayName("FWD-1: when one is lost, so is the other")
    void losesBoth() throws Exception {
        MemoryTransport client = client();
        MemoryTransport target = target();
        client.close();
        assertTrue(target.disconnecting());
        target.close();
        MemoryTransport second = client();
        MemoryTransport other = target();
        other.close();
        assertTrue(second.disconnecting());
        second.close();
        assertEquals(0, forward.open());
    }

    @Test
    @DisplayName("FWD-1: no connection to the target closes the client")
    void closesWhoCannotBePassedOn() throws Exception {
        MemoryTransport client = client();
        reactor.tcpClients().getLast().fail(new ConnectionRefused("nobody there"));
        assertTrue(client.disconnecting());
        MemoryTransport slow = client();
        reactor.advance(Duration.ofSeconds(30));
        assertTrue(slow.disconnecting());
    }

    @Test
    @DisplayName("a client that goes while its target is connected takes the attempt with it")
    void givesUpConnecting() throws Exception {
        MemoryTransport client = client();
        client.close();
        assertTrue(reactor.tcpClients().getLast().disconnectCalled());
        assertEquals(0, forward.open());
    }

    @Test
    @DisplayName("both are lost when nothing has moved for the idle time")
    void losesIdleClients() throws Exception {
        with(PortForwardOptions.DEFAULT.idleTimeout(Duration.ofSeconds(60)));
        MemoryTransport client = client();
        MemoryTransport target = target();
        reactor.advance(Duration.ofSeconds(59));
        target.deliver("x");
        reactor.advance(Duration.ofSeconds(59));
        assertFalse(client.disconnecting());
        reactor.advance(Duration.ofSeconds(61));
        assertTrue(client.disconnecting() && target.disconnecting());
    }

    @Test
    @DisplayName("G9: clients in all, and of one source")
    void limitsClients() throws Exception {
        with(PortForwardOptions.DEFAULT.limits(3, 2));
        MemoryTransport first = client();
        client();
        assertTrue(client().disconnected());
        assertFalse(port.connect(new Address.IPv4(Address.Carrier.TCP, "10.0.0.2", 1))
                .disconnected());
        assertTrue(port.connect(new Address.IPv4(Address.Carrier.TCP, "10.0.0.3", 1))
                .disconnected());
        first.close();
        assertFalse(client().disconnected());
    }

    @Test
    @DisplayName("G10: who is refused is told to the log at once, and those after are counted for ten seconds")
    void logsRefusals() throws Exception {
        with(PortForwardOptions.DEFAULT.limits(1, 1));
        client();
        try (var logs = CapturedLogs.open()) {
            for (int i = 0; i < 3; i++) {
                client();
            }
            reactor.advance(Duration.ofSeconds(10));
            client();
            assertEquals(2, logs.texts().size(), () -> logs.texts().toString());
            assertTrue(logs.texts().getFirst().startsWith("maxConnections, 1, reached: 192.168.1.1:"));
            assertTrue(logs.texts().getLast().endsWith("refused, and 2 were since this was last said"));
        }
    }

    @Test
    @DisplayName("HAP: the target is told of the client before its first byte")
    void sendsAProxyHeader() throws Exception {
        with(PortForwardOptions.DEFAULT.proxyHeader(1));
        MemoryTransport client = client();
        client.deliver("hello");
        MemoryTransport target = target();
        turn();
        assertEquals(
                "PROXY TCP4 192.168.1.1 0.0.0.0 54321 " + ((Address.IPv4) client.host()).port() + "\r\nhello",
                target.text());
    }

    @Test
    @DisplayName("FWD-1: what a client says while its target is connected is left to the system, however much it is")
    void readsNothingAhead() throws Exception {
        MemoryTransport client = client();
        byte[] said = new byte[1_000_000];
        new Random(1).nextBytes(said);
        client.deliver(said);
        assertEquals(said.length, client.unreadBytes());
        assertEquals(ProducerState.PAUSED, client.producerState());
        MemoryTransport target = target();
        turn();
        assertEquals(ProducerState.PRODUCING, client.producerState());
        assertArrayEquals(said, target.value());
    }

    @Test
    @DisplayName("drain: who has no target yet gets none any more; a relay goes on")
    void drains() throws Exception {
        ForwardedProtocol waiting = forwarded();
        MemoryTransport connecting = MemoryTransport.connect(waiting, reactor);
        waiting.drain();
        assertTrue(connecting.disconnecting());
        assertTrue(reactor.tcpClients().getLast().disconnectCalled());

        ForwardedProtocol joined = forwarded();
        MemoryTransport client = MemoryTransport.connect(joined, reactor);
        MemoryTransport target = target();
        joined.drain();
        client.deliver("more");
        target.deliver("answer");
        assertEquals("more", target.text());
        assertEquals("answer", client.text());
        assertFalse(client.disconnecting() || target.disconnecting());
    }

    @Test
    @DisplayName("a client that is cut off here takes its target with it, at once and not in good order")
    void cutsBoth() throws Exception {
        MemoryTransport client = client();
        MemoryTransport target = target();
        client.close(ConnectionAborted.FAILURE);
        assertTrue(target.disconnected());
        target.close(ConnectionAborted.FAILURE);
        assertEquals(0, forward.open());
    }

    @Test
    @DisplayName("each option says what is wrong with it")
    void optionsHaveBounds() {
        PortForwardOptions usual = PortForwardOptions.DEFAULT;
        refused("connectTimeout PT0S", () -> usual.connectTimeout(Duration.ZERO));
        refused("idleTimeout PT-1S", () -> usual.idleTimeout(Duration.ofSeconds(-1)));
        refused("maxConnections 0", () -> usual.limits(0, 1));
        refused("maxBySource 0", () -> usual.limits(1, 0));
        refused("version 3", () -> usual.proxyHeader(3));
        refused("version -1", () -> usual.proxyHeader(-1));
    }

    private static void refused(String words, Executable making) {
        String said = assertThrows(IllegalArgumentException.class, making).getMessage();
        assertTrue(said.contains(words), said);
    }

    private ForwardedProtocol forwarded() {
        return Objects.requireNonNull(forward.buildProtocol(new Address.IPv4(Address.Carrier.TCP, "10.0.0.9", 1)));
    }
}
