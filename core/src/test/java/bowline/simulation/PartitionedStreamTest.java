package bowline.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.protocol.Factory;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A stream keeps its order while the network fails and heals under it again and again.
class PartitionedStreamTest {

    @Test
    void whatIsSentAgainComesInItsPlace() {
        for (long seed = 1; seed <= 200; seed++) {
            try (var world = Simulation.of(seed)) {
                var server = world.host("server");
                var client = world.host("client");
                world.between(server, client)
                        .latency(Duration.ofMillis(1), Duration.ofMillis(900)) // longer than the first wait
                        .cutAnywhere();
                var random = world.random("partitions");
                for (int i = 0; i < 20; i++) {
                    long cut = random.nextLong(20_000);
                    world.after(Duration.ofMillis(cut), () -> world.partition(List.of(server), List.of(client)));
                    world.after(Duration.ofMillis(cut + random.nextLong(300)), world::heal);
                }
                server.start(reactor -> reactor.listenTcp(7, Factory.of(Talk.Echo::new)));
                byte[] question = new byte[20_000];
                random.nextBytes(question);
                var answer = client.start(reactor -> Talk.ask(reactor, "server", 7, question));

                world.runUntil(answer, Duration.ofMinutes(30));

                assertThat((byte[]) answer.result()).isEqualTo(question);
                world.check();
            }
        }
    }
}
