package bowline.attack;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.attack.Finding.Verdict;
import bowline.endpoint.ClientEndpoint;
import bowline.junit.OnReactor;
import bowline.junit.Trial;
import bowline.reactor.Reactor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The pack against our own servers: G1 to G12 hold, but for what a protocol has nothing of.
class OurServicesTest {
    @TempDir
    private Path files;

    @BeforeEach
    void aPage() throws Exception {
        Files.writeString(files.resolve("index.html"), "<p>fine");
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("G1 to G12 hold under simulation")
    void holdsUnderSimulation(OurService ours) {
        var stall = Duration.ofSeconds(20);
        var limits = AttackLimits.USUAL.connections(120).times(stall.plusSeconds(5), stall.plusSeconds(5));

        AttackReport report = Arena.attack(
                7,
                reactor -> ours.factory(reactor, stall, files),
                pack -> pack.transcript(ours.transcript()).limits(limits));

        report.assertHolds();
        assertThat(tried(report)).containsAll(rulesFor(ours));
    }

    @OnReactor
    @ParameterizedTest
    @EnumSource
    @DisplayName("G1 to G12 hold on the loopback")
    void holdsOnTheLoopback(OurService ours, Reactor reactor, Trial trial) throws Exception {
        var stall = Duration.ofMillis(500);
        var limits = AttackLimits.USUAL
                .connections(120)
                .patience(Duration.ofSeconds(1))
                .times(Duration.ofSeconds(2), Duration.ofSeconds(2));
        var port = reactor.listenTcp(0, ours.factory(reactor, stall, files), OurService.LISTENING);
        trial.addCleanup(port::stopListening);
        String there = "tcp:host=127.0.0.1:port=" + port.port() + ":bindAddress=127.0.0.";

        AttackReport report = AttackPack.against(ClientEndpoint.of(reactor, there + 1))
                .beside(ClientEndpoint.of(reactor, there + 3))
                .transcript(ours.transcript())
                .limits(limits)
                .inside(Inside.of(reactor).heap().log(LogTail::ofThisProcess))
                .run(reactor)
                .await();

        report.assertHolds();
        assertThat(tried(report)).containsAll(rulesFor(ours));
    }

    private static List<String> rulesFor(OurService ours) {
        return switch (ours) {
            case WEB -> List.of("G1", "G2", "G3", "G4", "G5", "G6", "G7", "G8", "G9", "G10");
            case ECHO -> List.of("G5", "G6", "G7", "G8", "G9", "G10");
            case LINES -> List.of("G1", "G3", "G5", "G6", "G7", "G8", "G9", "G10");
            case NETSTRINGS, SOCKS, PROXY -> List.of("G1", "G5", "G6", "G7", "G8", "G9", "G10");
        };
    }

    private static List<String> tried(AttackReport report) {
        return report.findings().stream()
                .filter(finding -> finding.verdict() == Verdict.PASSED)
                .map(Finding::rule)
                .distinct()
                .toList();
    }
}
