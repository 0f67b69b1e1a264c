package bowline.testing;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.capture.CaptureEvent;
import bowline.capture.CaptureEvent.Kind;
import bowline.capture.CaptureMode;
import bowline.capture.CaptureOptions;
import bowline.capture.CapturedConnection;
import bowline.capture.Captures;
import bowline.defer.Deferred;
import bowline.endpoint.TcpClientEndpoint;
import bowline.failure.Failure;
import bowline.protocol.Factory;
import bowline.protocol.HalfCloseable;
import bowline.protocol.Protocol;
import bowline.protocol.PullProducer;
import bowline.protocol.PushProducer;
import bowline.reactor.ListenOptions;
import bowline.reactor.Reactor;
import bowline.simulation.Simulation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Half-closed connections and producers, captured on a real reactor and replayed.
@Timeout(60)
class ReplayFlowTest {
    private static final int MUCH = 1 << 20;
    private static final int PIECE = 10_007;
    private static final CaptureOptions ALL = CaptureOptions.USUAL
            .mode(CaptureMode.ON)
            .ofConnection(2 * MUCH, 10_000)
            .files(8 * MUCH, 1);

    @TempDir
    private Path folder;

    /// Tells at the end of what it hears how much that was, then ends its own side.
    private static class Counter extends Protocol implements HalfCloseable {
        private int heard;

        @Override
        public void dataReceived(ByteBuffer unread) {
            heard += unread.remaining();
            unread.position(unread.limit());
        }

        @Override
        public void readConnectionLost() {
            transport().write("heard " + heard);
            transport().loseWriteConnection();
            transport().write(", all of it");
        }

        @Override
        public void writeConnectionLost() {
            heard = 0;
        }
    }

    /// As fast as it may, sends so much in pieces; then it closes.
    private static final class Fountain extends Protocol implements PushProducer {
        private int left = MUCH;
        private boolean paused;

        @Override
        public void dataReceived(ByteBuffer unread) {
            unread.position(unread.limit());
            if (left == MUCH) {
                transport().registerProducer(this);
                resumeProducing();
            }
        }

        @Override
        public void pauseProducing() {
            paused = true;
        }

        @Override
        public void resumeProducing() {
            paused = false;
            while (!paused && left > 0) {
                var piece = new byte[Math.min(left, PIECE)];
                Arrays.fill(piece, (byte) ('a' + left % 26));
                left -= piece.length;
                transport().write(piece);
            }
            if (left == 0) {
                left = -1;
                transport().unregisterProducer();
                transport().loseConnection();
            }
        }

        @Override
        public void stopProducing() {}
    }

    /// Counts as often as it is asked.
    private static final class Asked extends Protocol implements PullProducer {
        private int times;

        @Override
        public void connectionMade() {
            transport().registerProducer(this);
            transport().write("go\n");
        }

        @Override
        public void produceMore() {
            transport().write(++times + "\n");
            if (times == 4) {
                transport().unregisterProducer();
                transport().loseConnection();
            }
        }

        @Override
        public void stopProducing() {}
    }

    /// Says a word, and ends its side if it is to; takes what it hears.
    private static final class Client extends Protocol implements HalfCloseable {
        private final boolean ends;
        private final Reactor reactor;

        Client(Reactor reactor, boolean ends) {
            this.reactor = reactor;
            this.ends = ends;
        }

        @Override
        public void connectionMade() {
            transport().write("hello");
            if (ends) {
                transport().loseWriteConnection();
            }
        }

        @Override
        public void dataReceived(ByteBuffer unread) {
            unread.position(unread.limit());
        }

        @Override
        public void readConnectionLost() {
            transport().loseConnection();
        }

        @Override
        public void writeConnectionLost() {}

        @Override
        public void connectionLost(Failure reason) {
            reactor.callLater(Duration.ofMillis(20), reactor::stop);
        }
    }

    private CapturedConnection captured(Protocol server, boolean clientEnds) throws IOException {
        var captures = new Captures(folder, ALL);
        Reactor reactor = Reactor.create();
        reactor.callWhenRunning(() -> {
            var port = reactor.listenTcp(
                    0, captures.inFrontOf(Factory.of(() -> server)), ListenOptions.DEFAULT.on("127.0.0.1"));
            new TcpClientEndpoint(reactor, "127.0.0.1", port.port())
                    .connect(Factory.of(() -> new Client(reactor, clientEnds)));
        });
        reactor.run(false);
        try (Stream<Path> files = Files.list(folder)) {
            return CapturedConnection.read(files.findFirst().orElseThrow());
        }
    }

    private static List<Kind> kinds(CapturedConnection captured) {
        return captured.events().stream().map(CaptureEvent::kind).toList();
    }

    private static void comesAgain(CapturedConnection captured, Supplier<? extends Protocol> protocols, long bytes) {
        ReplayReport report = Replay.of(captured).against(Factory.of(protocols::get));
        assertThat(report.isSame()).as(report.toString()).isTrue();
        assertThat(report.writtenBytes()).isEqualTo(bytes);

        ReplayReport played = played(captured, protocols);
        assertThat(played.isSame()).as("on a simulated network: " + played).isTrue();
        assertThat(played.writtenBytes()).isEqualTo(bytes);
    }

    private static ReplayReport played(CapturedConnection captured, Supplier<? extends Protocol> protocols) {
        try (var world = Simulation.of(7)) {
            var server = world.host("server");
            var client = world.host("client");
            world.between(server, client).cutAnywhere().latency(Duration.ofMillis(1), Duration.ofMillis(10));
            server.start(reactor -> reactor.listenTcp(7, Factory.of(protocols::get)));
            ReplayedPeer peer = Replay.of(captured).peer();
            client.start(reactor -> new TcpClientEndpoint(reactor, "server", 7).connect(peer));
            Deferred<ReplayReport> report = world.runUntil(peer.report(), Duration.ofMinutes(10));
            world.check();
            return DeferredAssertions.successResultOf(report);
        }
    }

    @Test
    void bothSidesAreEndedWhereTheyWere() throws IOException {
        CapturedConnection captured = captured(new Counter(), true);

        assertThat(kinds(captured)).contains(Kind.READ_ENDED, Kind.ENDING, Kind.WRITE_ENDED);
        comesAgain(captured, Counter::new, "heard 5, all of it".length());
        assertThat(Replay.of(captured)
                        .against(Factory.of(() -> new Counter() {
                            @Override
                            public void readConnectionLost() {
                                transport().write("heard 5, all of it");
                            }
                        }))
                        .difference())
                .isNotNull()
                .extracting(Difference::what)
                .isEqualTo("the protocol does not end its side");
    }

    @Test
    void aPushProducerIsPausedInTheMiddleOfItsWrites() throws IOException {
        CapturedConnection captured = captured(new Fountain(), false);

        assertThat(kinds(captured).stream().filter(Kind.PRODUCER_PAUSED::equals))
                .hasSizeGreaterThan(5);
        comesAgain(captured, Fountain::new, MUCH);
    }

    @Test
    void aPullProducerIsAskedAsOftenAsItWas() throws IOException {
        CapturedConnection captured = captured(new Asked(), false);

        assertThat(kinds(captured).stream().filter(Kind.PRODUCER_ASKED::equals)).hasSize(4);
        comesAgain(captured, Asked::new, "1\ngo\n2\n3\n4\n".length());
    }
}
