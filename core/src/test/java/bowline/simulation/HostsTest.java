package bowline.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bowline.protocol.Address;
import bowline.protocol.CannotListenError;
import bowline.protocol.DatagramProtocol;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.reactor.ClientCreator;
import bowline.reactor.DatagramOptions;
import bowline.reactor.ListenOptions;
import bowline.reactor.Reactor;
import bowline.simulation.Talk.Listener;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What hosts can be: slow readers, slow writers, of a clock that drifts, with addresses of both versions.
class HostsTest {
    private static final Duration LIMIT = Duration.ofHours(1);

    /// Sends so many bytes at once.
    private static final class Sender extends Protocol {
        private final int bytes;

        Sender(int bytes) {
            this.bytes = bytes;
        }

        @Override
        public void connectionMade() {
            transport().write(new byte[bytes]);
        }
    }

    /// How long so many bytes take from a server to a client.
    private static Duration transfer(Simulation world, SimulatedHost server, SimulatedHost client, int bytes) {
        Duration begun = world.elapsed();
        server.start(reactor -> reactor.listenTcp(7, Factory.of(() -> new Sender(bytes))));
        var listener = new Listener();
        client.start(reactor -> new ClientCreator<>(reactor, () -> listener).connectTcp("server", 7));
        world.runUntil(() -> listener.heard.size() == bytes, LIMIT);
        return world.elapsed().minus(begun);
    }

    @Test
    void aSlowReaderTakesItsTime() {
        try (var world = Simulation.of(1)) {
            SimulatedHost server = world.host("server");
            SimulatedHost client = world.host("client").reads(10_000);
            Duration time = transfer(world, server, client, 1_000_000);
            assertThat(time).isBetween(Duration.ofSeconds(99), Duration.ofSeconds(102));
            world.check();
        }
    }

    /// What is not read waits at the sender: PRO-4 is seen there.
    @Test
    void aSlowReaderHoldsTheSenderBack() {
        try (var world = Simulation.of(1)) {
            SimulatedHost server = world.host("server");
            SimulatedHost client = world.host("client").reads(1000);
            var senders = new ArrayList<Sender>();
            server.start(reactor -> reactor.listenTcp(7, Factory.of(() -> {
                senders.add(new Sender(1_000_000));
                return senders.getLast();
            })));
            client.start(reactor -> new ClientCreator<>(reactor, Listener::new).connectTcp("server", 7));
            world.runFor(Duration.ofSeconds(10));
            long unsent = server.call(() -> senders.getFirst().transport().unsentBytes());
            assertThat(unsent).isBetween(700_000L, 760_000L); // less two buffers of 128 KiB
            server.crash();
            client.crash();
        }
    }

    @Test
    void aSlowWriterTakesItsTime() {
        try (var world = Simulation.of(1)) {
            SimulatedHost server = world.host("server").writes(10_000);
            SimulatedHost client = world.host("client");
            Duration time = transfer(world, server, client, 100_000);
            assertThat(time).isBetween(Duration.ofSeconds(9), Duration.ofSeconds(11));
            world.check();
        }
    }

    @Test
    void aByteASecondIsTheSlowest() {
        try (var world = Simulation.of(1)) {
            SimulatedHost server = world.host("server");
            SimulatedHost client = world.host("client").reads(1);
            assertThat(transfer(world, server, client, 11)).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(11));
            world.check();
            assertThatIllegalArgumentException().isThrownBy(() -> client.reads(0));
            assertThatIllegalArgumentException().isThrownBy(() -> client.writes(5, 4));
        }
    }

    @Test
    void theSeedDrawsTheSpeed() {
        var times = new HashSet<Long>();
        for (int seed = 1; seed <= 20; seed++) {
            try (var world = Simulation.of(seed)) {
                SimulatedHost server = world.host("server");
                SimulatedHost client = world.host("client").reads(1000, 100_000);
                Duration time = transfer(world, server, client, 100_000);
                assertThat(time).isBetween(Duration.ofMillis(900), Duration.ofSeconds(101));
                times.add(time.toSeconds());
                world.check();
            }
        }
        assertThat(times).hasSizeGreaterThan(3);
    }

    // Clocks

    private static List<Instant> rings(long ppm) {
        try (var world = Simulation.of(1)) {
            SimulatedHost host = world.host("host").clockDrift(ppm);
            var rung = new ArrayList<Instant>();
            host.start(reactor -> reactor.callLater(Duration.ofHours(1), () -> {
                rung.add(reactor.now());
                rung.add(world.now());
            }));
            world.runFor(Duration.ofHours(3));
            world.check();
            return rung;
        }
    }

    @Test
    void aClockThatDriftsRingsEarlyOrLate() {
        Instant one = Instant.parse("2026-01-01T01:00:00Z");
        assertThat(rings(0)).containsExactly(one, one);
        assertThat(rings(1000))
                .satisfiesExactly(
                        host -> assertThat(host).isBetween(one, one.plusNanos(2)),
                        world -> assertThat(world).isBetween(one.minusMillis(3597), one.minusMillis(3596)));
        assertThat(rings(-1000))
                .satisfiesExactly(
                        host -> assertThat(host).isBetween(one, one.plusNanos(2)),
                        world -> assertThat(world).isBetween(one.plusMillis(3603), one.plusMillis(3604)));
    }

    @Test
    void theSeedDrawsTheDrift() {
        var clocks = new HashSet<Instant>();
        for (int seed = 1; seed <= 10; seed++) {
            try (var world = Simulation.of(seed)) {
                SimulatedHost host = world.host("host").clockDrift(-200, 200);
                host.start(reactor -> reactor);
                world.runFor(Duration.ofDays(1));
                Instant now = host.call(() -> host.reactor().now());
                assertThat(Duration.between(world.now(), now).abs()).isLessThan(Duration.ofSeconds(18));
                clocks.add(now);
                world.check();
                assertThatIllegalArgumentException().isThrownBy(() -> host.clockDrift(500_001));
                assertThatIllegalArgumentException().isThrownBy(() -> host.clockDrift(2, 1));
            }
        }
        assertThat(clocks).hasSizeGreaterThan(5);
    }

    // Addresses

    private static boolean listens(Reactor reactor, String where) {
        try {
            reactor.listenTcp(80, Factory.of(Talk.Echo::new), ListenOptions.DEFAULT.on(where));
            return true;
        } catch (CannotListenError taken) {
            assertThat(taken).hasMessageContaining("in use");
            return false;
        }
    }

    /// LIS-3, as Linux has it: the wildcard of IPv6 stands for IPv4 too, that of IPv4 for its own version alone.
    @Test
    void wildcardsStandForWhatTheyTake() {
        List<String> addresses = List.of("0.0.0.0", "127.0.0.1", "::", "::1");
        List<String> apart = List.of("0.0.0.0 ::1", "127.0.0.1 ::1", "::1 0.0.0.0", "::1 127.0.0.1");
        for (String first : addresses) {
            for (String second : addresses) {
                try (var world = Simulation.of(1)) {
                    boolean both =
                            world.host("host").start(reactor -> listens(reactor, first) & listens(reactor, second));
                    assertThat(both).as(first + " then " + second).isEqualTo(apart.contains(first + " " + second));
                    world.check();
                }
            }
        }
    }

    /// UDP-1: datagrams alike, and each goes to the socket of its version.
    @Test
    void datagramsGoToTheSocketOfTheirVersion() {
        try (var world = Simulation.of(1)) {
            var heard = new ArrayList<String>();
            world.host("host").start(reactor -> {
                reactor.listenUdp(9, noting("four", heard), DatagramOptions.DEFAULT.on("0.0.0.0"));
                reactor.listenUdp(9, noting("six", heard), DatagramOptions.DEFAULT.on("::1"));
                assertThatThrownBy(() -> reactor.listenUdp(9, noting("both", heard), DatagramOptions.DEFAULT.on("::")))
                        .isInstanceOf(CannotListenError.class);
                reactor.listenUdp(0, sending(new Address.IPv4(Address.Carrier.UDP, "127.0.0.1", 9)));
                reactor.listenUdp(
                        0, sending(new Address.IPv6(Address.Carrier.UDP, "::1", 9)), DatagramOptions.DEFAULT.on("::1"));
                return reactor;
            });
            world.runFor(Duration.ofSeconds(1));
            assertThat(heard).containsExactlyInAnyOrder("four from 127.0.0.1", "six from ::1");
            world.check();
        }
    }

    private static DatagramProtocol sending(Address to) {
        return new DatagramProtocol() {
            @Override
            public void startProtocol() {
                transport().write("hello", to);
            }
        };
    }

    private static DatagramProtocol noting(String name, List<String> heard) {
        return new DatagramProtocol() {
            @Override
            public void datagramReceived(ByteBuffer datagram, Address from) {
                heard.add(name + " from " + from.host());
            }
        };
    }
}
