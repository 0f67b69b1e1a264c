package bowline.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bowline.bytes.Ascii;
import bowline.capture.CaptureMode;
import bowline.capture.CaptureOptions;
import bowline.capture.CapturedConnection;
import bowline.capture.Captures;
import bowline.capture.Masking;
import bowline.defer.Deferred;
import bowline.endpoint.TcpClientEndpoint;
import bowline.failure.Failure;
import bowline.protocol.Factory;
import bowline.protocol.HalfCloseable;
import bowline.protocol.Protocol;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A captured conversation is had once more.
class ReplayTest {
    private static final CaptureOptions ALL =
            CaptureOptions.USUAL.mode(CaptureMode.ON).masking(Masking.NOTHING);

    @TempDir
    private Path folder;

    /// Answers each line with the sum so far, times a factor; throws at what is no number.
    private static class Adder extends Protocol {
        private final int factor;
        private int sum;

        Adder(int factor) {
            this.factor = factor;
        }

        @Override
        public void connectionMade() {
            transport().write("ready\n");
        }

        @Override
        public void dataReceived(ByteBuffer unread) {
            for (int end = end(unread); end >= 0; end = end(unread)) {
                String line = Ascii.text(unread.slice(unread.position(), end - unread.position()));
                unread.position(end + 1);
                sum += Integer.parseInt(line);
                transport().write(factor * sum + "\n");
            }
        }

        private static int end(ByteBuffer unread) {
            return Ascii.indexOf(unread, (byte) '\n', unread.position(), unread.limit());
        }
    }

    /// Says something each time that it hears something.
    private static final class Sayer extends Protocol implements HalfCloseable {
        private final List<String> words;
        private final Deferred<Boolean> ended = new Deferred<>();
        private int said;

        Sayer(String... words) {
            this.words = List.of(words);
        }

        @Override
        public void dataReceived(ByteBuffer unread) {
            unread.position(unread.limit());
            if (said < words.size()) {
                transport().write(words.get(said++));
            }
        }

        @Override
        public void readConnectionLost() {
            transport().loseConnection();
        }

        @Override
        public void writeConnectionLost() {}

        @Override
        public void connectionLost(Failure reason) {
            ended.callback(true);
        }
    }

    private CapturedConnection captured(Captures captures, Protocol server, Sayer client) throws IOException {
        Reactor reactor = Reactor.create();
        reactor.callWhenRunning(() -> {
            reactor.callLater(Duration.ofSeconds(20), reactor::stop);
            var port = reactor.listenTcp(
                    0, captures.inFrontOf(Factory.of(() -> server)), ListenOptions.DEFAULT.on("127.0.0.1"));
            new TcpClientEndpoint(reactor, "127.0.0.1", port.port()).connect(Factory.of(() -> client));
            client.ended.addCallback(_ -> {
                reactor.callLater(Duration.ofMillis(20), reactor::stop);
                return true;
            });
        });
        reactor.run();
        return onlyFile();
    }

    private CapturedConnection onlyFile() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            return CapturedConnection.read(all.getFirst());
        }
    }

    @Test
    @Timeout(30)
    void anErrorOfARealConversationComesAgain() throws IOException {
        Captures onError = new Captures(folder, ALL.mode(CaptureMode.ON_ERROR));
        CapturedConnection captured = captured(onError, new Adder(1), new Sayer("1\n2\n3", "0\n", "forty\n"));

        ReplayReport report = Replay.of(captured).against(Factory.of(() -> new Adder(1)));

        assertThat(report.isSame()).as(report.toString()).isTrue();
        assertThat(report.hasSameError()).as(report.toString()).isTrue();
        assertThat(report.error()).isNotNull();
        assertThat(report.error().value())
                .isInstanceOf(NumberFormatException.class)
                .hasMessageContaining("forty");
        assertThat(report.writtenBytes()).isEqualTo("ready\n1\n3\n33\n".length());
    }

    private static CapturedConnection inMemory(String... pieces) throws Exception {
        return inMemory(ALL, pieces);
    }

    private static CapturedConnection inMemory(CaptureOptions options, String... pieces) throws Exception {
        Path folder = Files.createTempDirectory("bowline-replay");
        var captures = new Captures(folder, options);
        var wire = new MemoryTransport();
        Protocol protocol = captures.inFrontOf(Factory.of(() -> new Adder(1))).build(wire.peer());
        assertThat(protocol).isNotNull();
        wire.connectTo(protocol);
        for (String piece : pieces) {
            wire.deliver(piece);
        }
        wire.close();
        try (Stream<Path> files = Files.list(folder)) {
            Path file = files.findFirst().orElseThrow();
            CapturedConnection captured = CapturedConnection.read(file);
            Files.delete(file);
            Files.delete(folder);
            return captured;
        }
    }

    @Test
    void theFirstDifferenceIsTold() throws Exception {
        CapturedConnection captured = inMemory("1\n", "2\n");

        ReplayReport report = Replay.of(captured).against(Factory.of(() -> new Adder(2)));

        assertThat(report.difference()).isNotNull();
        assertThat(report.difference().offset()).isEqualTo("ready\n".length());
        assertThat(report.difference().captured()).isEqualTo("\"1\\n\"");
        assertThat(report.difference().replayed()).isEqualTo("\"2\\n\"");
        assertThat(report.toString()).contains("behind byte 6");
    }

    @Test
    void writingLessOrMoreIsADifference() throws Exception {
        CapturedConnection captured = inMemory("1\n");

        assertThat(whatDiffers(captured, new Protocol())).isEqualTo("the protocol writes less than it did");
        assertThat(whatDiffers(captured, new Adder(1) {
                    @Override
                    public void connectionMade() {
                        super.connectionMade();
                        transport()
                                .clock()
                                .callLater(Duration.ZERO, () -> transport().write("1\nmore"));
                    }
                }))
                .isEqualTo("the protocol writes more than it did");
    }

    @Test
    void leavingMoreUnreadIsADifference() throws Exception {
        CapturedConnection captured = inMemory("1\n", "23");

        assertThat(whatDiffers(captured, new Adder(1) {
                    @Override
                    public void dataReceived(ByteBuffer unread) {
                        super.dataReceived(unread);
                        unread.position(unread.limit());
                    }
                }))
                .isEqualTo("the protocol leaves another number of bytes unread");
    }

    private static String whatDiffers(CapturedConnection captured, Protocol protocol) {
        Difference difference =
                Replay.of(captured).against(Factory.of(() -> protocol)).difference();
        return difference == null ? "nothing" : difference.what();
    }

    @Test
    void anErrorThatIsGoneIsTold() throws Exception {
        CapturedConnection captured = inMemory("1\n");

        ReplayReport report = Replay.of(captured).against(Factory.of(() -> new Protocol() {
            @Override
            public void dataReceived(ByteBuffer unread) {
                throw new IllegalStateException("new");
            }
        }));

        assertThat(report.isSame()).isFalse();
        assertThat(report.hasSameError()).isFalse();
        assertThat(report.toString()).contains("thrown was nothing and is java.lang.IllegalStateException new");
    }

    @Test
    void ofWhatWasMaskedOnlyTheLengthCounts() throws Exception {
        Masking all = () -> bytes -> Arrays.fill(bytes, Masking.COVER);
        Masking answers = new Masking() {
            @Override
            public Mask received() {
                return bytes -> {};
            }

            @Override
            public Mask written() {
                return all.received();
            }
        };
        CapturedConnection captured = inMemory(ALL.masking(answers), "1\n");

        assertThat(captured.isMasked()).isTrue();
        assertThat(Replay.of(captured).against(Factory.of(() -> new Adder(2))).isSame())
                .isTrue();
        assertThat(Replay.of(captured).against(Factory.of(() -> new Adder(20))).isSame())
                .isFalse();
    }

    @Test
    void aConnectionWithoutItsBeginningIsRefused() throws Exception {
        CapturedConnection captured = inMemory(ALL.ofConnection(8, 100), "1\n", "2\n");

        assertThatThrownBy(() -> Replay.of(captured))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("connectionMaxBytes");
    }

    @Test
    void aSimulatedHostPlaysThePeer() throws Exception {
        CapturedConnection captured = inMemory("1\n", "2\n3", "0\n");

        assertThat(played(captured, 1).isSame()).isTrue();
        assertThat(played(captured, 1).writtenBytes()).isEqualTo("ready\n1\n3\n33\n".length());
        assertThat(played(captured, 3).difference()).isNotNull();
    }

    private static ReplayReport played(CapturedConnection captured, int factor) {
        try (var world = Simulation.of(5)) {
            var server = world.host("server");
            var client = world.host("client");
            world.between(server, client).cutAnywhere().latency(Duration.ofMillis(1), Duration.ofMillis(40));
            server.start(reactor -> reactor.listenTcp(7, Factory.of(() -> new Adder(factor))));
            ReplayedPeer peer = Replay.of(captured).peer();
            client.start(reactor -> new TcpClientEndpoint(reactor, "server", 7).connect(peer));
            Deferred<ReplayReport> report = world.runUntil(peer.report(), Duration.ofMinutes(1));
            world.check();
            return DeferredAssertions.successResultOf(report);
        }
    }
}
