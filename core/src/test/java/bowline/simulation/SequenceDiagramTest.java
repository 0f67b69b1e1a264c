package bowline.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.protocol.Factory;
import bowline.simulation.trace.SequenceDiagram;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// The picture of a trace.
class SequenceDiagramTest {

    @Test
    void showsHostsArrowsAndJoinedSegments() {
        String svg;
        try (var world = Simulation.of(1)) {
            world.host("server").start(reactor -> reactor.listenTcp(7, Factory.of(Talk.Echo::new)));
            var answer = world.host("<client>").start(reactor -> Talk.ask(reactor, "server", 7, new byte[9_000]));
            world.runUntil(answer, Duration.ofMinutes(1));
            svg = SequenceDiagram.svg(world.trace().events());
        }

        assertThat(svg)
                .startsWith("<svg ")
                .endsWith("</svg>\n")
                .contains(">server</text>", ">&lt;client&gt;</text>", "connected 1", "7 segments 1, 9000 B")
                .contains(">0:00:00.000000000</text>", "<line class=\"arrow\"")
                .doesNotContain("<client>");
    }
}
