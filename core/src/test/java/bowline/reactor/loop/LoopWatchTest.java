package bowline.reactor.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import bowline.log.CapturedLogs;
import bowline.log.JsonLogObserver;
import bowline.log.LogEvent;
import bowline.log.Logger;
import bowline.protocol.Address;
import bowline.protocol.ClientFactory;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.reactor.ConnectOptions;
import bowline.reactor.ListenOptions;
import bowline.reactor.watch.MetricsPage;
import bowline.reactor.watch.ReactorStats;
import bowline.reactor.watch.RunningReactors;
import bowline.testing.MemoryReactor;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What a reactor tells of itself, in played time (issue 4, section 4).
class LoopWatchTest {
    private static final Logger log = Logger.of(LoopWatchTest.class);
    private static final byte[] POEM = "Some say the world will end in fire".getBytes(StandardCharsets.UTF_8);
    private static final ListenOptions THERE = ListenOptions.DEFAULT.on("10.0.0.1");

    private final PlayedLoop.World world = new PlayedLoop.World();
    private final PlayedLoop server = world.loop();
    private final PlayedLoop client = world.loop();

    private static final class Echo extends Protocol {
        @Override
        public void dataReceived(ByteBuffer unread) {
            transport().write(unread);
        }
    }

    private final class Reader extends Protocol {
        @Override
        public void connectionMade() {
            transport().write(POEM);
        }

        @Override
        public void dataReceived(ByteBuffer unread) {
            if (unread.remaining() == POEM.length) {
                client.callLater(Duration.ofHours(1), transport()::loseConnection);
            }
        }
    }

    private void visit() {
        server.listenTcp(80, Factory.of(Echo::new), THERE);
        visit("10.0.0.1", 80);
        server.callLater(Duration.ofHours(2), server::stop);
        client.callLater(Duration.ofHours(2), client::stop);
    }

    private void visit(String host, int port) {
        client.connectTcp(
                host,
                port,
                new ClientFactory<>() {
                    @Override
                    public Protocol buildProtocol(Address peer) {
                        return new Reader();
                    }
                },
                ConnectOptions.DEFAULT);
    }

    @Test
    void countsConnectionsBothWaysAndTheirBytes() {
        visit();
        client.callLater(Duration.ofMinutes(30), () -> {
            assertEquals(1, client.watch().stats().connectionsOpen());
            assertEquals(1, server.watch().stats().connectionsOpen());
        });

        world.run();

        ReactorStats there = server.watch().stats();
        ReactorStats here = client.watch().stats();
        assertEquals(1, there.connectionsAccepted());
        assertEquals(0, there.connectionsMade());
        assertEquals(1, here.connectionsMade());
        assertEquals(1, here.connectionsClosed());
        assertEquals(0, here.connectionsOpen());
        assertEquals(0, there.connectionsOpen());
        // What was left unread and shown again counts once.
        assertEquals(POEM.length, here.bytesSent());
        assertEquals(POEM.length, here.bytesReceived());
        assertEquals(POEM.length, there.bytesSent());
        assertEquals(POEM.length, there.bytesReceived());
    }

    @Test
    void countsAConnectThatFailed() {
        client.connectTcp(
                "10.0.0.1",
                81,
                new ClientFactory<>() {
                    @Override
                    public Protocol buildProtocol(Address peer) {
                        throw new AssertionError("nobody is there");
                    }
                },
                ConnectOptions.DEFAULT);
        client.callLater(Duration.ofSeconds(1), client::stop);
        server.callLater(Duration.ofSeconds(1), server::stop);

        world.run();

        assertEquals(1, client.watch().stats().connectsFailed());
        assertEquals(0, client.watch().stats().connectionsMade());
    }

    @Test
    void tellsTimeAsleepFromTimeAtWork() {
        client.callLater(Duration.ofSeconds(10), () -> world.pass(Duration.ofSeconds(3)));
        client.callLater(Duration.ofSeconds(20), client::stop);
        server.callLater(Duration.ofSeconds(20), server::stop);

        world.run();

        assertEquals(Duration.ofSeconds(3), client.watch().stats().busy());
        assertEquals(Duration.ofSeconds(17), client.watch().stats().asleep());
        assertEquals(2, client.watch().stats().timersCalled());
        assertThat(client.watch().stats().turns()).isGreaterThanOrEqualTo(3);
    }

    @Test
    void countsErrorsTimersAndCallsFromThreads() {
        client.callLater(Duration.ofSeconds(1), () -> {
            throw new IllegalStateException("as planned");
        });
        client.callLater(Duration.ofSeconds(5), client::stop);
        client.callFromThread(() -> assertEquals(2, client.watch().stats().timersWaiting()));
        server.callLater(Duration.ZERO, server::stop);

        try (var logs = CapturedLogs.open()) {
            world.run();
            assertThat(logs.failures()).hasSize(1);
        }

        ReactorStats stats = client.watch().stats();
        assertEquals(1, stats.errors());
        assertEquals(2, stats.timersCalled());
        assertEquals(1, stats.callsFromThreads());
        assertEquals(0, stats.timersWaiting());
    }

    @Test
    @DisplayName("LGR-3: an event says its reactor, its turn and its connection, where it has them")
    void logLinesSayWhereTheyBelong() {
        server.listenTcp(80, Factory.of(Teller::new), THERE);
        visit("10.0.0.1", 80);
        server.callLater(Duration.ofHours(2), () -> {
            log.info("late");
            server.stop();
        });
        client.callLater(Duration.ofHours(2), client::stop);

        try (var logs = CapturedLogs.open()) {
            world.run();

            LogEvent read = logs.events().stream()
                    .filter(event -> event.text().equals("read"))
                    .findFirst()
                    .orElseThrow();
            assertEquals((long) server.watch().reactor(), read.get("log_reactor"));
            assertEquals(1L, read.get("log_connection"));
            LogEvent late = logs.events().stream()
                    .filter(event -> event.text().equals("late"))
                    .findFirst()
                    .orElseThrow();
            assertThat((Long) read.get("log_turn")).isPositive().isLessThan((Long) late.get("log_turn"));
            assertEquals(server.watch().stats().turns(), late.get("log_turn"));
            assertThat(late.has("log_connection")).isFalse();
            var json = new ByteArrayOutputStream();
            new JsonLogObserver(json).observe(read);
            assertThat(json.toString(StandardCharsets.UTF_8))
                    .contains("\"log_connection\": 1", "\"log_turn\": " + read.get("log_turn"));
        }
    }

    private static final class Teller extends Protocol {
        @Override
        public void dataReceived(ByteBuffer unread) {
            log.info("read");
            unread.position(unread.limit());
            transport().loseConnection();
        }
    }

    @Test
    void writesAPageForPrometheus() {
        visit();

        world.run();

        ReactorStats first = server.watch().stats();
        ReactorStats second = client.watch().stats();
        assertThat(MetricsPage.of(List.of(first, second)).lines())
                .contains(
                        "# TYPE bowline_connections_accepted_total counter",
                        "bowline_connections_accepted_total{reactor=\"" + first.reactor() + "\"} 1",
                        "bowline_connections_accepted_total{reactor=\"" + second.reactor() + "\"} 0",
                        "bowline_asleep_seconds_total{reactor=\"" + second.reactor() + "\"} 7200.0",
                        "# TYPE bowline_connections_open gauge",
                        "bowline_connections_open{reactor=\"" + second.reactor() + "\"} 0")
                .allMatch(line ->
                        line.matches("# (HELP|TYPE) bowline_[a-z_]+ .+|bowline_[a-z_]+\\{reactor=\"\\d+\"} [\\d.E]+"));
    }

    @Test
    void isKnownInItsProcessWhileItRuns() {
        client.callLater(Duration.ZERO, () -> {
            assertThat(RunningReactors.all()).contains(client.watch());
            client.stop();
        });
        server.callLater(Duration.ZERO, server::stop);

        world.run();

        assertThat(RunningReactors.all()).doesNotContain(client.watch(), server.watch());
        assertEquals("not running", client.watch().threadName());
    }

    @Test
    void isRefusedWhereThereIsNoLoop() {
        var refused = assertThrows(UnsupportedOperationException.class, () -> new MemoryReactor().watch());
        assertThat(refused).hasMessageContaining("MemoryReactor").hasMessageContaining("simulated reactor");
    }
}
