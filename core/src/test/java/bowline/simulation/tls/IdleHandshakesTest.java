package bowline.simulation.tls;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.defer.Deferred;
import bowline.endpoint.TcpClientEndpoint;
import bowline.failure.Failure;
import bowline.protocol.Address;
import bowline.protocol.ClientFactory;
import bowline.protocol.ConnectionDone;
import bowline.protocol.ConnectionLost;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.reactor.ListenOptions;
import bowline.simulation.SimulatedHost;
import bowline.simulation.Simulation;
import bowline.tls.Tls;
import bowline.tls.TlsError;
import bowline.tls.TlsLimits;
import bowline.tls.TlsServerFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Clients that begin handshakes and do not go on (TLS-4 of the security rules).
class IdleHandshakesTest {
    private static final int IDLE = 10_000;
    private static final int HOSTS = 100;

    /// Says so much of a handshake, and waits.
    private static final class Idler extends Protocol {
        private static final byte[] BEGINNING = {22, 3, 1, 0, 100, 1, 0};

        private final int says;
        boolean ended;

        Idler(int says) {
            this.says = says;
        }

        @Override
        public void connectionMade() {
            transport().write(BEGINNING, 0, says);
        }

        @Override
        public void connectionLost(Failure reason) {
            ended = true;
        }
    }

    private static final class Server extends Protocol {
        private final List<Failure> ends;

        Server(List<Failure> ends) {
            this.ends = ends;
        }

        @Override
        public void dataReceived(ByteBuffer unread) {
            transport().write(unread);
        }

        @Override
        public void connectionLost(Failure reason) {
            ends.add(reason);
        }
    }

    /// One that behaves, and measures how long it takes.
    private static final class Asker extends Protocol {
        final Deferred<Throwable> ended = new Deferred<>();

        @Override
        public void connectionMade() {
            transport().write("question");
        }

        @Override
        public void dataReceived(ByteBuffer unread) {
            if (unread.remaining() == "question".length()) {
                assertThat(StandardCharsets.US_ASCII.decode(unread).toString()).isEqualTo("question");
                transport().loseConnection();
            }
        }

        @Override
        public void connectionLost(Failure reason) {
            ended.callback(reason.value());
        }
    }

    private static void listen(SimulatedHost server, TlsLimits limits, List<Failure> ends) {
        var options = Certificates.servers().limits(limits).build();
        server.start(reactor -> reactor.listenTcp(
                443,
                new TlsServerFactory<>(quiet(Factory.of(() -> new Server(ends))), options),
                ListenOptions.DEFAULT.backlog(IDLE)));
    }

    private static <P extends Protocol> Factory<P> quiet(Factory<P> factory) {
        factory.noisy(false);
        return factory;
    }

    private static List<Idler> idle(SimulatedHost host, int count) {
        return host.start(reactor -> {
            var idlers = new ArrayList<Idler>();
            for (int i = 0; i < count; i++) {
                var idler = new Idler(i % (Idler.BEGINNING.length + 1));
                idlers.add(idler);
                reactor.connectTcp("server", 443, quietClient(idler));
            }
            return idlers;
        });
    }

    private static ClientFactory<Idler> quietClient(Idler idler) {
        var factory = new ClientFactory<Idler>() {
            @Override
            public Idler buildProtocol(Address peer) {
                return idler;
            }
        };
        factory.noisy(false);
        return factory;
    }

    private static Duration ask(Simulation world, SimulatedHost host) {
        Duration begun = world.elapsed();
        var asker = new Asker();
        host.start(reactor -> Tls.wrapClient(
                        new TcpClientEndpoint(reactor, "server", 443),
                        Certificates.clients().build())
                .connect(quiet(Factory.of(() -> asker))));
        world.runUntil(asker.ended, Duration.ofMinutes(1));
        assertThat(asker.ended.result()).isInstanceOf(ConnectionDone.class);
        return world.elapsed().minus(begun);
    }

    @Test
    @DisplayName("TLS-4: 10 000 idle handshakes leave a well-behaved client undisturbed, and end by the time-out")
    void idleHandshakesDisturbNobody() {
        try (var world = Simulation.of(1)) {
            world.everywhere().latency(Duration.ofMillis(1), Duration.ofMillis(3));
            var server = world.host("server").descriptorsMax(2 * IDLE);
            var client = world.host("client");
            var ends = new ArrayList<Failure>();
            listen(server, TlsLimits.DEFAULT, ends);
            Duration alone = ask(world, client);
            ends.clear();

            var idlers = new ArrayList<Idler>();
            for (int i = 0; i < HOSTS; i++) {
                idlers.addAll(idle(world.host("idle-" + i), IDLE / HOSTS));
            }
            world.runFor(Duration.ofSeconds(5));
            assertThat(server.descriptors()).isGreaterThan(IDLE);
            for (int i = 0; i < 3; i++) {
                assertThat(ask(world, client)).isLessThan(alone.multipliedBy(4).plusMillis(100));
            }
            ends.clear();

            world.runFor(TlsLimits.DEFAULT.handshakeTimeout());
            assertThat(idlers).allMatch(idler -> idler.ended);
            assertThat(ends)
                    .hasSize(IDLE)
                    .allSatisfy(end -> assertThat(end.value())
                            .isInstanceOf(TlsError.class)
                            .hasMessageContaining("handshakeTimeout"));
            assertThat(server.descriptors()).isLessThan(10);
            world.check();
        }
    }

    @Test
    @DisplayName("TLS-4: one source has so many handshakes under way, and others are not its victims")
    void oneSourceIsBounded() {
        try (var world = Simulation.of(2)) {
            var server = world.host("server").descriptorsMax(2 * IDLE);
            var bad = world.host("bad").descriptorsMax(2 * IDLE);
            var ends = new ArrayList<Failure>();
            listen(server, TlsLimits.DEFAULT, ends);
            List<Idler> idlers = idle(bad, 1_000);
            world.runFor(Duration.ofSeconds(3));

            int open = (int) idlers.stream().filter(idler -> !idler.ended).count();
            assertThat(open).isEqualTo(TlsLimits.DEFAULT.handshakesBySourceMax());
            ask(world, world.host("client"));
            world.runFor(TlsLimits.DEFAULT.handshakeTimeout());
            assertThat(idlers).allMatch(idler -> idler.ended);
            ask(world, bad); // who may come again when they are over
            world.flushLoggedErrors(ConnectionLost.class);
            world.check();
        }
    }
}
