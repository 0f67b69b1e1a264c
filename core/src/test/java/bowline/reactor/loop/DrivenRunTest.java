package bowline.reactor.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.failure.Failure;
import bowline.protocol.Address;
import bowline.protocol.ClientFactory;
import bowline.protocol.ConnectionRefused;
import bowline.protocol.Connector;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.reactor.ConnectOptions;
import bowline.reactor.ListenOptions;
import bowline.reactor.ReactorAlreadyRunning;
import bowline.reactor.ReactorNotRestartable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Two loops on one thread, in played time, over a played network (REA-3, REA-50).
class DrivenRunTest {
    private static final String POEM = "Once by the Pacific, longer than any socket here";
    private static final ListenOptions THERE = ListenOptions.DEFAULT.on("10.0.0.1");

    private final PlayedLoop.World world = new PlayedLoop.World();
    private final PlayedLoop server = world.loop();
    private final PlayedLoop client = world.loop();
    private final List<String> seen = new ArrayList<>();

    /// Sends back what comes.
    private final class Echo extends Protocol {
        @Override
        public void dataReceived(ByteBuffer unread) {
            assertTrue(server.isInIoThread());
            assertFalse(client.isInIoThread());
            transport().write(unread);
        }

        @Override
        public void connectionLost(Failure reason) {
            seen.add("server: " + reason.value().getClass().getSimpleName());
            server.stop();
        }
    }

    /// Sends the poem, waits for it, and goes.
    private final class Reader extends Protocol {
        @Override
        public void connectionMade() {
            transport().write(POEM.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void dataReceived(ByteBuffer unread) {
            assertTrue(client.isInIoThread());
            if (unread.remaining() == POEM.length()) {
                seen.add("client: " + StandardCharsets.UTF_8.decode(unread));
                client.callLater(Duration.ofHours(1), transport()::loseConnection);
            }
        }

        @Override
        public void connectionLost(Failure reason) {
            seen.add("client: " + reason.value().getClass().getSimpleName());
            client.callLater(Duration.ofMinutes(1), client::stop);
        }
    }

    private final class Readers extends ClientFactory<Reader> {
        @Override
        public Reader buildProtocol(Address peer) {
            seen.add("client: connected to " + peer.host());
            return new Reader();
        }

        @Override
        public void clientConnectionFailed(Connector connector, Failure reason) {
            seen.add("client: " + reason.value().getClass().getSimpleName());
            client.stop();
        }
    }

    private void connectAfter(Duration delay, int port) {
        client.callLater(delay, () -> client.connectTcp("10.0.0.1", port, new Readers(), ConnectOptions.DEFAULT));
    }

    @Test
    void carriesTcpInNoTimeAtAll() {
        server.listenTcp(80, Factory.of(Echo::new), THERE);
        connectAfter(Duration.ofHours(3), 80);

        world.run();

        assertEquals(
                List.of(
                        "client: connected to 10.0.0.1",
                        "client: " + POEM,
                        "client: ConnectionDone",
                        "server: ConnectionDone"),
                seen);
        assertEquals(Duration.ofHours(4).plusMinutes(1), Duration.ofNanos(client.nanos()));
        assertEquals(Instant.EPOCH.plus(Duration.ofDays(1)).plus(Duration.ofNanos(client.nanos())), client.now());
        assertEquals(List.of(), client.openChannels());
        assertEquals(List.of(), server.openChannels());
    }

    @Test
    void tellsOfARefusalByTheBackend() {
        connectAfter(Duration.ZERO, 81);
        server.callLater(Duration.ofSeconds(1), server::stop);

        world.run();

        assertEquals(List.of("client: " + ConnectionRefused.class.getSimpleName()), seen);
    }

    @Test
    void belongsToNobodyBetweenTwoSteps() {
        var run = new DrivenRun(client);
        run.begin();

        assertTrue(client.running());
        assertFalse(client.isInIoThread());
        assertThrows(ReactorAlreadyRunning.class, () -> new DrivenRun(client).begin());

        client.stop();
        run.turn();
        assertTrue(run.over());
        run.end();
        assertFalse(client.running());
        assertThrows(ReactorNotRestartable.class, () -> new DrivenRun(client).begin());
    }

    @Test
    void saysHowLongItMayWait() {
        client.callLater(Duration.ofSeconds(5), () -> {});
        var run = new DrivenRun(client);
        run.begin();

        assertEquals(Duration.ofSeconds(5).toNanos(), run.turn());
        client.callFromThread(() -> seen.add("called"));
        assertTrue(client.woken, "a call from outside must wake it");
        assertEquals(Duration.ofSeconds(5).toNanos(), run.turn());
        assertEquals(List.of("called"), seen);
    }
}
