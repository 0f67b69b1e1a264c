package bowline.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.bytes.Ascii;
import bowline.capture.CapturedConnection;
import bowline.endpoint.TcpClientEndpoint;
import bowline.failure.Failure;
import bowline.log.LogPublisher;
import bowline.protocol.Address;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.reactor.Reactor;
import bowline.service.ServerService;
import bowline.service.Service;
import bowline.service.ServiceArguments;
import bowline.service.ServiceGroup;
import bowline.service.ServiceMaker;
import bowline.service.ServiceOption;
import bowline.simulation.Simulation;
import bowline.testing.Replay;
import bowline.testing.ReplayReport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `--capture` of a command, from the error of a real client to the same error in a test (issue 4, section 4).
@Timeout(30)
class CaptureWordsTest {
    private final Console console = new Console();

    @TempDir
    private Path home;

    @AfterEach
    void endLog() {
        console.logs.forEach(LogPublisher.global()::remove);
    }

    /// Answers each line with the sum so far; throws at what is no number.
    private static final class Sum extends Protocol {
        private int sum;

        @Override
        public void dataReceived(ByteBuffer unread) {
            for (int end = end(unread); end >= 0; end = end(unread)) {
                String line = Ascii.text(unread.slice(unread.position(), end - unread.position()));
                unread.position(end + 1);
                sum += Integer.parseInt(line);
                transport().write(sum + "\n");
            }
        }

        private static int end(ByteBuffer unread) {
            return Ascii.indexOf(unread, (byte) '\n', unread.position(), unread.limit());
        }
    }

    /// A service that knows nothing of captures; and a client of it, with whose end the reactor stops.
    private record Sums(String said) implements ServiceMaker {
        @Override
        public String name() {
            return "sums";
        }

        @Override
        public String summary() {
            return "Add numbers";
        }

        @Override
        public List<ServiceOption> options() {
            return List.of(ServiceOption.value("listen", "ENDPOINT", "Where to listen")
                    .defaultsTo("tcp:0:interface=127.0.0.1")
                    .repeats());
        }

        @Override
        public Service makeService(ServiceArguments arguments, Reactor reactor) {
            ServiceGroup servers = arguments.servers("listen", reactor, Factory.of(Sum::new));
            reactor.callWhenRunning(() -> {
                var server = (ServerService) servers.children().getFirst();
                int port = ((Address.IPv4) Objects.requireNonNull(server.host())).port();
                new TcpClientEndpoint(reactor, "127.0.0.1", port).connect(Factory.of(() -> new Visitor(said, reactor)));
            });
            return servers;
        }
    }

    private static final class Visitor extends Protocol {
        private final String said;
        private final Reactor reactor;

        Visitor(String said, Reactor reactor) {
            this.said = said;
            this.reactor = reactor;
        }

        @Override
        public void connectionMade() {
            transport().write(said);
        }

        @Override
        public void dataReceived(ByteBuffer unread) {
            unread.position(unread.limit());
            transport().loseConnection();
        }

        @Override
        public void connectionLost(Failure reason) {
            reactor.callLater(Duration.ofMillis(20), reactor::stop);
        }
    }

    private Path captures() {
        return home.resolve("captures");
    }

    private List<Path> filesAfter(String said, String... options) throws IOException {
        console.makers.add(new Sums(said));
        String[] words = Stream.concat(Stream.of("sums", "--capture", captures().toString()), Stream.of(options))
                .toArray(String[]::new);
        assertEquals(0, console.run(words), console.err());
        if (!Files.exists(captures())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(captures())) {
            return files.toList();
        }
    }

    @Test
    void whatFailedThereFailsHere() throws Exception {
        List<Path> files = filesAfter("1\n2\nforty\n", "--capture-mode", "on-error");

        assertEquals(1, files.size());
        var captured = CapturedConnection.read(files.getFirst());
        ReplayReport report = Replay.of(captured).against(Factory.of(Sum::new));
        assertTrue(report.isSame(), report.toString());
        assertTrue(report.hasSameError(), report.toString());
        assertThat(Objects.requireNonNull(report.error()).value())
                .isInstanceOf(NumberFormatException.class)
                .hasMessageContaining("forty");

        try (var world = Simulation.of(1)) {
            var server = world.host("server");
            server.start(reactor -> reactor.listenTcp(7, Factory.of(Sum::new)));
            var peer = Replay.of(captured).peer();
            world.host("client").start(reactor -> new TcpClientEndpoint(reactor, "server", 7).connect(peer));
            world.runUntil(peer.report(), Duration.ofMinutes(1));
            assertThat(world.trace().text()).contains("NumberFormatException").contains("forty");
        }
    }

    @Test
    void onErrorKeepsNothingOfWhatWentWell() throws Exception {
        assertThat(filesAfter("1\n")).isEmpty();
    }

    @Test
    void onKeepsAll() throws Exception {
        assertThat(filesAfter("1\n", "--capture-mode", "on")).hasSize(1);
    }

    @Test
    void offKeepsNothing() throws Exception {
        assertThat(filesAfter("forty\n", "--capture-mode", "off")).isEmpty();
    }

    @Test
    void itsOptionsAreThoseOfServicesThatListen() {
        console.makers.add(new PortForwardMaker());
        for (String name : List.of("echo", "portforward")) {
            assertEquals(0, console.run(name, "--help"));
            assertThat(console.out()).contains("--capture=FOLDER", "--capture-mode", "--capture-mask");
            console.forget();
        }
        assertEquals(0, console.run("procmon", "--help"));
        assertThat(console.out()).doesNotContain("--capture");
    }

    @Test
    void whatCannotBeIsRefused() {
        refused("--capture-mode without --capture", "--capture-mode", "on");
        refused("no such mode", "--capture", "x", "--capture-mode", "sometimes");
        refused("--capture-bytes", "--capture", "x", "--capture-bytes", "0");
        refused("no name of a header", "--capture", "x", "--capture-mask", "a b");
    }

    private void refused(String complaint, String... options) {
        assertEquals(
                64,
                console.run(Stream.concat(Stream.of("echo"), Stream.of(options)).toArray(String[]::new)));
        assertThat(console.err()).contains(complaint);
        console.forget();
    }
}
