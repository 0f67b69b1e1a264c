package bowline.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.defer.Deferred;
import bowline.protocol.Factory;
import bowline.reactor.ListenOptions;
import bowline.reactor.Reactor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Several reactors of one simulated host, on a shared port (LIS-10).
class GroupTest {

    @Test
    void aGroupSharesItsConnections() {
        for (long seed = 1; seed <= 50; seed++) {
            try (var world = Simulation.of(seed)) {
                var server = world.host("server");
                var client = world.host("client");
                Set<Reactor> used = new LinkedHashSet<>();
                server.startGroup(
                        4,
                        group -> group.listenTcp(
                                7,
                                reactor -> Factory.of(() -> {
                                    used.add(reactor);
                                    assertThat(reactor.isInIoThread()).isTrue();
                                    return new Talk.Echo();
                                }),
                                ListenOptions.DEFAULT));
                world.runFor(Duration.ofMillis(1));
                List<Deferred<byte[]>> answers = client.start(reactor -> {
                    var all = new ArrayList<Deferred<byte[]>>();
                    for (int i = 1; i <= 8; i++) {
                        all.add(Talk.ask(reactor, "server", 7, new byte[i * 100]));
                    }
                    return all;
                });

                answers.forEach(answer -> world.runUntil(answer, Duration.ofMinutes(1)));

                assertThat(used).hasSize(4);
                for (int i = 1; i <= 8; i++) {
                    assertThat((byte[]) answers.get(i - 1).result()).hasSize(i * 100);
                }
                world.check();
            }
        }
    }
}
