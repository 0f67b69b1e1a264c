package bowline.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.defer.Deferred;
import bowline.protocol.DnsLookupError;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.reactor.ClientCreator;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What look-ups of a simulated host answer.
class NamesTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    private static Deferred<List<InetAddress>> lookUp(Simulation world, SimulatedHost host, String name) {
        Deferred<List<InetAddress>> found =
                host.call(() -> host.reactor().resolver().resolve(name));
        return world.runUntil(found, LONG);
    }

    @Test
    @DisplayName("RES-3: a name may have several addresses, lose them, and fail")
    void namesAnswerWhatTheTestSays() {
        try (var world = Simulation.of(1)) {
            var host = world.host("host");
            host.start(reactor -> reactor);
            var first = InetAddress.ofLiteral("10.9.9.9");
            var second = InetAddress.ofLiteral("fd00::9");

            world.name("service", first, second);
            assertThat(lookUp(world, host, "service").result()).isEqualTo(List.of(first, second));

            world.name("service");
            assertThat(lookUp(world, host, "service").result()).isEqualTo(List.of());

            world.failName("service", "the name server is out of order");
            Deferred<String> failed = lookUp(world, host, "service")
                    .addCallbacks(_ -> "found", failure -> failure.check(DnsLookupError.class) + failure.message());
            assertThat((String) failed.result())
                    .contains("DnsLookupError", "\"service\"", "the name server is out of order");

            world.name("service", second);
            assertThat(lookUp(world, host, "service").result()).isEqualTo(List.of(second));
            world.check();
        }
    }

    @Test
    @DisplayName(
            "CON-14, RES-1, RES-3: a service's name leads to its host; localhost and literals to where they always do")
    void clientsFindAServiceByItsName() {
        try (var world = Simulation.of(2)) {
            var server = world.host("server");
            var client = world.host("client");
            server.start(reactor -> reactor.listenTcp(7, Factory.of(Protocol::new)));
            world.name("service", server.addresses().getFirst());
            Deferred<Protocol> connected =
                    client.start(reactor -> new ClientCreator<>(reactor, Protocol::new).connectTcp("service", 7));
            world.runUntil(connected, LONG);

            assertThat(((Protocol) connected.result()).transport().connected()).isTrue();
            assertThat(lookUp(world, client, "localhost").result())
                    .isEqualTo(List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("::1")));
            assertThat(lookUp(world, client, "fd00::7").result()).isEqualTo(List.of(InetAddress.ofLiteral("fd00::7")));
            client.call(() -> {
                ((Protocol) connected.result()).transport().loseConnection();
                return true;
            });
            world.check();
        }
    }
}
