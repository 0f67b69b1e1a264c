package bowline.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bowline.defer.Deferred;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.reactor.ClientCreator;
import bowline.reactor.Reactor;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What never rests fails the run by a limit with a name, and does not hang it.
class EndlessWorkTest {
    private static final Duration LONG = Duration.ofDays(1);

    /// Calls itself again in each turn.
    private static void spin(Reactor reactor) {
        reactor.callFromThread(() -> spin(reactor));
    }

    private static void nap(Reactor reactor) {
        reactor.callLater(Duration.ZERO, () -> nap(reactor));
    }

    @Test
    void aReactorThatSpinsIsNamed() {
        try (var world = Simulation.of(1)) {
            world.host("calm").start(reactor -> reactor.callLater(Duration.ofSeconds(1), () -> {}));
            var dizzy = world.host("dizzy");
            dizzy.start(reactor -> {
                spin(reactor);
                return reactor;
            });

            assertThatExceptionOfType(SimulationFailure.class)
                    .isThrownBy(() -> world.runFor(LONG))
                    .withMessageContaining("reactor on dizzy spins")
                    .withMessageContaining("busyTurnsMax 100000 turns without a rest since 0:00:00")
                    .withMessageContaining("callFromThread")
                    .withMessageContaining("seed 1")
                    .withMessageContaining("dizzy  start");
        }
    }

    @Test
    void soIsTheTimedCallOfNoTime() {
        try (var world = Simulation.of(1)) {
            world.limits().busyTurnsMax(1000);
            world.host("dizzy").start(reactor -> {
                nap(reactor);
                return reactor;
            });

            assertThatThrownBy(() -> world.runFor(LONG))
                    .isInstanceOf(SimulationFailure.class)
                    .hasMessageContaining("reactor on dizzy spins")
                    .hasMessageContaining("busyTurnsMax 1000")
                    .hasMessageContaining("DelayedCall[due at ");
        }
    }

    @Test
    void aReactorIsNotSpinningThatRestsBetweenItsTurns() {
        try (var world = Simulation.of(1)) {
            world.limits().busyTurnsMax(10);
            var turns = new int[1];
            world.host("busy").start(reactor -> {
                tick(reactor, turns);
                return reactor;
            });

            world.runFor(Duration.ofSeconds(10));

            assertThat(turns[0]).isEqualTo(10_000);
        }
    }

    private static void tick(Reactor reactor, int[] turns) {
        reactor.callLater(Duration.ofMillis(1), () -> {
            turns[0]++;
            tick(reactor, turns);
        });
    }

    /// Sends all it is sent back, so that two of them never end.
    private static final class Ball extends Protocol {
        @Override
        public void connectionMade() {
            transport().write("ball");
        }

        @Override
        public void dataReceived(ByteBuffer unread) {
            transport().write(unread);
        }
    }

    @Test
    void aRunEndsThatHasTooManyEvents() {
        try (var world = Simulation.of(1)) {
            world.limits().eventsMax(10_000);
            world.host("server").start(reactor -> reactor.listenTcp(7, Factory.of(Ball::new)));
            world.host("client").start(reactor -> new ClientCreator<>(reactor, Ball::new).connectTcp("server", 7));

            assertThatThrownBy(() -> world.runFor(LONG))
                    .isInstanceOf(SimulationFailure.class)
                    .hasMessageContaining("eventsMax 10000")
                    .hasMessageContaining("one run");
            assertThat(world.events()).isEqualTo(10_001);
        }
    }

    @Test
    void eachRunHasItsEventsAnew() {
        try (var world = Simulation.of(1)) {
            world.limits().eventsMax(1000);
            world.host("busy").start(reactor -> {
                tick(reactor, new int[1]);
                return reactor;
            });
            for (int i = 0; i < 10; i++) {
                world.runFor(Duration.ofMillis(400));
            }
            assertThat(world.events()).isGreaterThan(2000);
        }
    }

    private static void again(Simulation world) {
        world.after(Duration.ZERO, () -> again(world));
    }

    @Test
    void theClockMustNotStandStillForEver() {
        try (var world = Simulation.of(1)) {
            again(world);

            assertThatThrownBy(() -> world.runFor(LONG))
                    .isInstanceOf(SimulationFailure.class)
                    .hasMessageContaining("the clock stands still")
                    .hasMessageContaining("eventsAtOnceMax 100000");
        }
    }

    /// In the pool's work time passes while it waits, and that must end too.
    @Test
    void workThatWaitsForASpinningReactorEnds() {
        try (var world = Simulation.of(1)) {
            world.limits().busyTurnsMax(1000);
            world.host("dizzy").start(reactor -> {
                spin(reactor);
                return reactor.deferToThread(() -> reactor.blockingCallFromThread(Deferred::new));
            });

            assertThatThrownBy(() -> world.runFor(LONG))
                    .isInstanceOf(SimulationFailure.class)
                    .hasMessageContaining("reactor on dizzy spins");
        }
    }

    @Test
    void limitsAreAtLeastOne() {
        try (var world = Simulation.of(1)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> world.limits().eventsMax(0))
                    .withMessageContaining("eventsMax of 0");
        }
    }

    /// Ten seeds that each spin, and the shrinking of the first, take seconds and not minutes.
    @Test
    void manySeedsThatSpinAreGivenUpSoon() {
        var runs = new int[1];
        assertThatThrownBy(() -> ManySeeds.run(1, 1_000_000, world -> {
                    runs[0]++;
                    world.limits().busyTurnsMax(1_000_000);
                    world.host("dizzy").start(reactor -> {
                        spin(reactor);
                        return reactor;
                    });
                    world.runFor(LONG);
                }))
                .isInstanceOf(SimulationFailure.class)
                .hasMessageContaining("spins");
        assertThat(runs[0]).isLessThan(60);
    }
}
