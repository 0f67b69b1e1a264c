package bowline.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bowline.attack.Finding.Verdict;
import bowline.defer.Deferred;
import bowline.endpoint.ClientEndpoint;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.reactor.Reactor;
import bowline.simulation.Simulation;
import bowline.web.server.Resource;
import bowline.web.server.Response;
import bowline.web.server.Site;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// The pack against our own web server, and against servers that are weak on purpose.
class AttackPackTest {
    private static final Duration LONG = Duration.ofHours(2);

    private static AttackReport attack(Function<Reactor, Factory<?>> service, Function<AttackPack, AttackPack> how) {
        try (var world = Simulation.of(3)) {
            var server = world.host("server").descriptorsMax(5_000);
            var attacker = world.host("attacker").descriptorsMax(5_000);
            server.start(reactor -> reactor.listenTcp(80, service.apply(reactor)));
            Deferred<AttackReport> report =
                    attacker.start(reactor -> how.apply(AttackPack.against(ClientEndpoint.of(reactor, "tcp:server:80")))
                            .run(reactor));
            world.runUntil(report, LONG);
            if (report.result() instanceof bowline.failure.Failure failure) {
                throw new AssertionError(failure.toString());
            }
            return Objects.requireNonNull((AttackReport) report.result());
        }
    }

    @Test
    @DisplayName("G1, G5 to G9: our web server holds")
    void ourWebServerHolds() {
        Resource page = _ -> Deferred.succeed(Response.text("fine"));

        AttackReport report = attack(_ -> new Site(page), pack -> pack);

        report.assertHolds();
        assertThat(report.findings())
                .filteredOn(f -> f.verdict() == Verdict.PASSED)
                .hasSize(8);
    }

    @Test
    @DisplayName("G1, G6, G9: a server without limits is found out")
    void aServerWithoutLimitsIsFoundOut() {
        AttackReport report =
                attack(_ -> Factory.of(Hoarder::new), pack -> pack.transcript(Transcript.line("hello", "hello")));

        assertThat(report.failed()).extracting(Finding::rule).contains("G1", "G6", "G9");
        assertThat(report.failed())
                .extracting(Finding::attack)
                .contains(
                        "a unit without an end",
                        "a unit that trickles",
                        "a peer that says nothing",
                        "many connections of one source");
        assertThatThrownBy(report::assertHolds)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("took 1048576 bytes of one unit and still waits for its end");
    }

    @Test
    @DisplayName("G7: a server that takes each piece for a request is found out")
    void whoTakesPiecesForRequestsIsFoundOut() {
        AttackReport report =
                attack(_ -> Factory.of(Piecewise::new), pack -> pack.transcript(Transcript.line("hello", "yes")));

        assertThat(report.failed()).extracting(Finding::rule).contains("G7");
    }

    /// Keeps whatever comes until a line ends, for ever.
    private static final class Hoarder extends Protocol {
        private final StringBuilder line = new StringBuilder();

        @Override
        public void dataReceived(ByteBuffer unread) {
            while (unread.hasRemaining()) {
                char next = (char) (unread.get() & 0xFF);
                line.append(next);
                if (next == '\n') {
                    transport().write(line.toString().getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
                    line.setLength(0);
                }
            }
        }
    }

    private static final class Piecewise extends Protocol {
        @Override
        public void dataReceived(ByteBuffer unread) {
            boolean whole = unread.remaining() == "hello\r\n".length();
            unread.position(unread.limit());
            transport().write(bowline.bytes.Ascii.bytes(whole ? "yes" : "no"));
        }
    }
}
