package bowline.tls;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.protocol.ConnectionAborted;
import bowline.testing.Loopback;
import bowline.testing.MemoryReactor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// TLS-4 of security: what handshakes compute is computed elsewhere, and bounded.
class HandshakeWorkTest {
    private final MemoryReactor reactor = new MemoryReactor();
    private final Speaker client = new Speaker();
    private final Speaker server = new Speaker();
    private final TlsClientOptions clients = TlsWorld.client().build();
    private final TlsServerOptions servers = TlsWorld.server().build();

    private Loopback connect() {
        return Loopback.connect(TlsPair.layer(client, clients), TlsPair.layer(server, servers), reactor);
    }

    /// Moves bytes and has the work of threads done, until nothing happens any more.
    private void settle(Loopback wire) {
        for (int i = 0; i < 20; i++) {
            wire.flush();
            reactor.advance(Duration.ZERO);
        }
    }

    @Test
    void worksOnTheThreadPool() {
        client.whenMade = it -> it.transport().write("hello");
        Loopback wire = connect();
        wire.flush();
        assertThat(reactor.threadPool().unfinishedWork()).isPositive();
        assertThat(client.told).containsExactly("made");
        settle(wire);
        assertThat(client.told).containsExactly("made", "handshake");
        assertThat(server.received()).isEqualTo("hello");
    }

    @Test
    @DisplayName("what comes while an engine works elsewhere waits below")
    void leavesBytesBelowMeanwhile() {
        Loopback wire = connect();
        wire.pump(); // the ClientHello, and the server's engine works
        wire.server().deliver("something else");
        assertThat(wire.server().unreadBytes()).isEqualTo("something else".length());
    }

    @Test
    @DisplayName("a connection may be lost while its engine works")
    void outlivesTheConnection() {
        Loopback wire = connect();
        wire.flush();
        assertThat(reactor.threadPool().unfinishedWork()).isPositive();
        wire.server().close(ConnectionAborted.FAILURE);
        wire.client().close(ConnectionAborted.FAILURE);
        reactor.advance(Duration.ZERO);
        assertThat(server.told).containsExactly("made", "lost ConnectionAborted");
        assertThat(reactor.delayedCalls()).isEmpty();
    }

    @Test
    @DisplayName("TLS-9: and it may be closed meanwhile")
    void closesAfterTheWork() {
        client.whenMade = it -> {
            it.transport().write("only this");
            it.transport().loseConnection();
        };
        Loopback wire = connect();
        settle(wire);
        assertThat(server.received()).isEqualTo("only this");
        assertThat(client.told).containsExactly("made", "lost ConnectionDone");
    }

    @Test
    @DisplayName("so much is done at a time, so much waits, in order, and what is too much is refused")
    void boundsWork() {
        var work = new HandshakeWork(1, 2);
        var done = new ArrayList<String>();
        for (String name : List.of("a", "b", "c")) {
            assertThat(work.submit(reactor, () -> done.add(name), () -> done.add(name + " told")))
                    .isNotNull();
        }
        assertThat(work.submit(reactor, () -> done.add("d"), () -> {})).isNull();
        assertThat(work.waiting()).isEqualTo(2);
        reactor.advance(Duration.ZERO);
        assertThat(done).containsExactly("a", "b", "c", "a told", "b told", "c told");
        assertThat(work.submit(reactor, () -> done.add("e"), () -> {})).isNotNull();
    }

    @Test
    @DisplayName("work that fails, even with an Error, leaves its place to the next")
    void goesOnAfterAnError() {
        var work = new HandshakeWork(1, 2);
        var done = new ArrayList<String>();
        work.submit(reactor, () -> brokenEngine(), () -> done.add("told"));
        work.submit(reactor, () -> done.add("b"), () -> {});
        reactor.advance(Duration.ZERO);
        work.submit(reactor, () -> done.add("c"), () -> {});
        reactor.advance(Duration.ZERO);
        assertThat(done).containsExactly("b", "told", "c");
    }

    private static void brokenEngine() {
        throw new LinkageError("a provider that does not fit");
    }

    @Test
    void takesBackWhatHasNotBegun() {
        var work = new HandshakeWork(1, 2);
        var done = new ArrayList<String>();
        work.submit(reactor, () -> done.add("a"), () -> {});
        HandshakeWork.Withdrawal waiting = work.submit(reactor, () -> done.add("b"), () -> {});
        assertThat(waiting.withdraw()).isTrue();
        assertThat(waiting.withdraw()).isFalse();
        reactor.advance(Duration.ZERO);
        assertThat(done).containsExactly("a");
    }

    @Test
    @DisplayName("a handshake for which there is no room any more fails, and says why")
    void refusesHandshakesThatWouldWaitTooLong() {
        TlsServerOptions busy =
                TlsWorld.server().limits(TlsLimits.DEFAULT.work(1, 0)).build();
        busy.shared().work().submit(reactor, () -> {}, () -> {});
        Loopback wire = Loopback.connect(TlsPair.layer(client, clients), TlsPair.layer(server, busy), reactor);
        wire.flush();
        assertThat(server.reason.value()).isInstanceOf(TlsError.class).hasMessageContaining("workWaitingMax, 0");
    }
}
