package bowline.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.protocol.Address;
import bowline.protocol.ConnectionRefused;
import bowline.protocol.Connector;
import bowline.protocol.Factory;
import bowline.protocol.HalfCloseable;
import bowline.protocol.NoProtocol;
import bowline.protocol.Protocol;
import bowline.testing.MemoryTransport;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// END-1 to END-5: one attempt, as a Deferred of the connected protocol.
class TcpClientEndpointTest {
    private final FakeReactor fake = new FakeReactor();
    private final Echoes echoes = new Echoes();
    private final TcpClientEndpoint endpoint = new TcpClientEndpoint(fake.reactor, "10.0.0.1", 7);
    private final List<String> seen = new ArrayList<>();

    @Test
    @DisplayName("END-2: fires with the factory's own protocol, right after connectionMade")
    void firesRightAfterConnectionMade() throws Exception {
        Protocol protocol = new Protocol() {
            @Override
            public void connectionMade() {
                seen.add("connectionMade");
            }
        };
        endpoint.connectProtocol(protocol).onSuccess(connected -> {
            assertSame(protocol, connected);
            seen.add("fired");
        });
        fake.attempts.getFirst().succeed();

        assertEquals(List.of("connectionMade", "fired"), seen);
    }

    @Test
    void theProtocolIsTheFactorysAndTalksToTheRealTransport() throws Exception {
        Deferred<Echoes.Echo> connected = endpoint.connect(echoes);
        MemoryTransport transport = fake.attempts.getFirst().succeed();
        var echo = (Echoes.Echo) connected.result();

        assertSame(echoes, echo.factory());
        assertSame(transport, echo.transport());
        transport.deliver("hello");
        assertEquals("hello", transport.text());
    }

    @Test
    @DisplayName("END-2: the factory is started and stopped around the attempt")
    void startsAndStopsTheFactory() {
        Deferred<Echoes.Echo> connected = endpoint.connect(echoes);
        assertEquals(1, echoes.started);
        fake.attempts.getFirst().fail(new ConnectionRefused("refused"));

        assertEquals(1, echoes.stopped);
        assertInstanceOf(ConnectionRefused.class, failure(connected));
    }

    @Test
    @DisplayName("END-2: a factory that makes no protocol fails it with NoProtocol")
    void noProtocol() throws Exception {
        echoes.refusing = true;
        Deferred<Echoes.Echo> connected = endpoint.connect(echoes);
        fake.attempts.getFirst().succeed();

        assertInstanceOf(NoProtocol.class, failure(connected));
    }

    @Test
    @DisplayName("END-2: what the factory throws fails it")
    void theFactorysException() throws Exception {
        echoes.thrownByBuild = new IllegalStateException("not today");
        Deferred<Echoes.Echo> connected = endpoint.connect(echoes);
        fake.attempts.getFirst().succeed();

        assertSame(echoes.thrownByBuild, failure(connected));
    }

    @Test
    @DisplayName("END-3: cancelling ends the attempt")
    void cancelEndsTheAttempt() {
        Deferred<Echoes.Echo> connected = endpoint.connect(echoes);
        connected.cancel();

        var error = assertInstanceOf(ConnectingCancelledError.class, failure(connected));
        assertEquals(new Address.Hostname("10.0.0.1", 7), error.address());
        assertEquals(Connector.State.DISCONNECTED, fake.attempts.getFirst().state());
        assertEquals(1, echoes.stopped);
    }

    @Test
    @DisplayName("END-4: loss after connecting is the protocol's business")
    void lossAfterConnecting() throws Exception {
        Deferred<Protocol> connected = endpoint.connectProtocol(new Protocol() {
            @Override
            public void connectionLost(Failure reason) {
                seen.add("connectionLost");
            }
        });
        fake.attempts.getFirst().succeed().close();

        assertEquals(List.of("connectionLost"), seen);
        assertInstanceOf(Protocol.class, connected.result());
    }

    @Test
    @DisplayName("END-5: every call is independent")
    void callsAreIndependent() throws Exception {
        Deferred<Echoes.Echo> first = endpoint.connect(echoes);
        Deferred<Echoes.Echo> second = endpoint.connect(echoes);
        first.cancel();
        fake.attempts.getLast().succeed();

        assertInstanceOf(ConnectingCancelledError.class, failure(first));
        assertInstanceOf(Echoes.Echo.class, second.result());
    }

    @Test
    @DisplayName("TRA-9: a protocol that can be closed by halves still can")
    void halfCloseIsPassedOn() throws Exception {
        class Half extends Protocol implements HalfCloseable {
            @Override
            public void readConnectionLost() {
                seen.add("read");
            }

            @Override
            public void writeConnectionLost() {
                seen.add("write");
            }
        }
        endpoint.connect(Factory.of(Half::new));
        MemoryTransport transport = fake.attempts.getFirst().succeed();
        transport.deliverEnd();

        assertTrue(seen.contains("read"), seen.toString());
        assertFalse(transport.disconnected());
    }

    @Test
    void theFactorysUsersAreThoseOfTheConnection() throws Exception {
        endpoint.connect(echoes);
        fake.attempts.getFirst().succeed();

        assertEquals(1, echoes.users());
        assertEquals(0, echoes.stopped);
    }

    private static Throwable failure(Deferred<?> deferred) {
        assertTrue(deferred.hasResult(), "has a result");
        var failure = assertInstanceOf(Failure.class, deferred.result());
        deferred.addErrback(_ -> null);
        assertNull(deferred.result());
        return failure.value();
    }
}
