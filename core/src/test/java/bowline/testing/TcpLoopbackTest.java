package bowline.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.defer.CancelledError;
import bowline.defer.Deferred;
import bowline.protocol.ConnectionDone;
import bowline.protocol.Protocol;
import bowline.reactor.Reactor;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// TST-4: a connection over TCP, on a real reactor.
@Timeout(20)
class TcpLoopbackTest {
    private final Reactor reactor = Reactor.create();
    private final AccumulatingProtocol client = new AccumulatingProtocol();
    private final List<Throwable> failures = new ArrayList<>();

    private static final class Echo extends Protocol {
        @Override
        public void dataReceived(ByteBuffer unread) {
            transport().write(unread);
        }
    }

    /// Throws as soon as it is connected.
    private static final class Broken extends Protocol {
        @Override
        public void connectionMade() {
            throw new IllegalStateException("broken on purpose");
        }
    }

    private void runUntil(Deferred<?> done) {
        done.addErrback(failure -> {
            failures.add(failure.value());
            return null;
        });
        done.onBoth(() -> reactor.callWhenRunning(reactor::stop));
        reactor.callLater(Duration.ofSeconds(15), reactor::crash);
        reactor.run(false);
    }

    @Test
    @DisplayName("TST-4: fires when both are connected, and when both have lost the connection")
    void connectsAndCloses() {
        var server = new AccumulatingProtocol();
        var closed = TcpLoopback.connect(reactor, client, server)
                .onSuccess(_ -> {
                    assertTrue(client.whenMade().called() && server.whenMade().called());
                    client.transport().write("last words");
                    client.transport().loseConnection();
                })
                .addCallbackDeferring(TcpLoopback::closed);
        runUntil(closed);

        assertEquals(List.of(), failures);
        assertEquals("last words", server.text());
        assertSame(ConnectionDone.FAILURE, server.closedReason());
        assertSame(ConnectionDone.FAILURE, client.closedReason());
    }

    @Test
    @DisplayName("TST-4: bytes go both ways over a real socket")
    void carriesBytesBothWays() {
        var done = TcpLoopback.connect(reactor, client, new Echo()).addCallbackDeferring(loopback -> {
            client.transport().write("hello");
            return client.whenReceived(5)
                    .onSuccess(_ -> client.transport().loseConnection())
                    .addCallbackDeferring(_ -> loopback.closed());
        });
        runUntil(done);

        assertEquals(List.of(), failures);
        assertEquals("hello", client.text());
    }

    @Test
    @DisplayName("TST-4: an end that cannot be connected is a failure, and the port is closed by then")
    void aBrokenEndIsAFailure() {
        runUntil(TcpLoopback.connect(reactor, client, new Broken()));

        assertEquals(1, failures.size());
        assertNotNull(client.closedReason());
    }

    @Test
    @DisplayName("TST-4: cancelling gives up")
    void cancellingGivesUp() {
        Deferred<TcpLoopback> connecting = TcpLoopback.connect(reactor, client, new Echo());
        connecting.cancel();
        runUntil(connecting);

        assertInstanceOf(CancelledError.class, failures.getFirst());
        assertFalse(client.whenMade().called());
    }
}
