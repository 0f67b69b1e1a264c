package bowline.simulation.protocols;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.protocol.Address;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.reactor.ClientCreator;
import bowline.reactor.ListenOptions;
import bowline.reactor.ListeningPort;
import bowline.simulation.ManySeeds;
import bowline.simulation.SimulatedHost;
import bowline.simulation.Simulation;
import bowline.simulation.invariant.ConnectionLives;
import bowline.simulation.invariant.DescriptorCheck;
import bowline.simulation.invariant.Weather;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Ports at which many come at once, and which are closed meanwhile: in one accept, or at any other time.
class AcceptingTest {
    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final int CLIENTS = 6;

    /// A port and what its reactor keeps in reserve.
    private static final int ONE_PORT = 2;

    private static final class Visitor extends Protocol {
        private final ConnectionLives.Life life;

        Visitor(ConnectionLives.Life life) {
            this.life = life;
        }

        @Override
        public void connectionMade() {
            life.made();
            transport().write(new byte[] {1});
        }

        @Override
        public void dataReceived(ByteBuffer unread) {
            life.heard();
            transport().write(unread);
        }

        @Override
        public void connectionLost(Failure reason) {
            life.lost(reason);
        }
    }

    /// Refuses some, cannot build a protocol for others, hangs up on others, and closes its port at one of them.
    private static final class Moody extends Factory<Protocol> {
        private final Simulation world;
        private final ConnectionLives lives;
        private final RandomGenerator random;
        private final int last;
        private final List<Deferred<@Nullable Void>> closings = new ArrayList<>();
        private @Nullable ListeningPort port;
        private int built;
        private int stops;

        Moody(Simulation world, ConnectionLives lives) {
            this.world = world;
            this.lives = lives;
            random = world.random("moods");
            last = random.nextInt(2 * CLIENTS);
        }

        @Override
        public @Nullable Protocol buildProtocol(Address peer) {
            assertThat(closings).as("closings of a port that accepts").isEmpty();
            if (built++ == last) {
                close();
            }
            return switch (random.nextInt(5)) {
                case 0 -> null;
                case 1 -> throw new IllegalStateException("no protocol today");
                case 2 -> new HangingUp();
                default -> new Visitor(lives.expect("visited " + built));
            };
        }

        void close() {
            ListeningPort open = port;
            if (open != null) {
                closings.add(open.stopListening());
                closings.add(open.stopListening());
            }
        }

        @Override
        public void stopFactory() {
            stops++;
        }

        /// One that hangs up at once, in one way or the other.
        private final class HangingUp extends Protocol {
            private final ConnectionLives.Life life = lives.expect("hanging up");

            @Override
            public void connectionMade() {
                life.made();
                if (random.nextBoolean()) {
                    transport().loseConnection();
                } else {
                    transport().abortConnection();
                }
                transport().loseConnection();
                transport().abortConnection();
            }

            @Override
            public void dataReceived(ByteBuffer unread) {
                throw new AssertionError("bytes at " + world.elapsed() + " although it has hung up");
            }

            @Override
            public void connectionLost(Failure reason) {
                life.lost(reason);
            }
        }
    }

    @Test
    @DisplayName("LIS-3, LIS-6: a port that is closed while it accepts accepts nobody more, and leaves nothing open")
    void portsAreClosedAtAnyTime() {
        ManySeeds.run(1, 1000, world -> {
            Weather.over(world);
            var lives = new ConnectionLives();
            var moody = new Moody(world, lives);
            SimulatedHost server = world.host("server").pace(Duration.ofMillis(1), Duration.ofMillis(100));
            server.start(reactor -> moody.port = reactor.listenTcp(7, moody, ListenOptions.DEFAULT));
            SimulatedHost client = world.host("client");
            List<Deferred<?>> connects = client.start(reactor -> {
                var begun = new ArrayList<Deferred<?>>();
                for (int i = 0; i < CLIENTS; i++) {
                    begun.add(new ClientCreator<>(reactor, () -> new Visitor(lives.expect("visitor")))
                            .connectTcp("server", 7)
                            .addErrback(_ -> null));
                }
                return begun;
            });
            var descriptors = new DescriptorCheck(server, () -> ONE_PORT);

            world.runUntil(() -> descriptors.look() && connects.stream().allMatch(Deferred::called), PATIENCE);
            world.runFor(Duration.ofSeconds(2));
            server.call(() -> {
                moody.close();
                return moody;
            });
            world.runFor(Duration.ofSeconds(2));

            assertThat(moody.closings).isNotEmpty().allMatch(Deferred::called);
            assertThat(moody.stops).isOne();
            new DescriptorCheck(server, () -> 1).look();
            world.flushLoggedErrors(IllegalStateException.class);
            world.check();
            lives.check();
        });
    }
}
