package bowline.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bowline.defer.Deferred;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Clocks, threads, coroutines, randomness and names of a simulated host.
class TimeAndThreadsTest {

    @Test
    void aSteppedClockMovesNoTimer() {
        try (var world = Simulation.of(1)) {
            var host = world.host("host");
            var rung = new ArrayList<Instant>();
            host.start(reactor -> reactor.callLater(Duration.ofMinutes(10), () -> rung.add(reactor.now())));
            world.after(Duration.ofMinutes(5), () -> host.stepClock(Duration.ofHours(-3)));

            world.runFor(Duration.ofMinutes(11));

            assertThat(rung).hasSize(1);
            assertThat(rung.getFirst())
                    .isBetween(Instant.parse("2025-12-31T21:10:00Z"), Instant.parse("2025-12-31T21:10:01Z"));
            world.check();
        }
    }

    private static List<String> works(long seed) {
        try (var world = Simulation.of(seed)) {
            var done = new ArrayList<String>();
            world.host("host").start(reactor -> {
                for (String name : List.of("a", "b", "c", "d", "e", "f")) {
                    reactor.deferToThread(() -> {
                                assertThat(reactor.isInIoThread()).isFalse();
                                return name;
                            })
                            .addCallback(done::add);
                }
                return reactor;
            });
            world.runFor(Duration.ofSeconds(1));
            world.check();
            return done;
        }
    }

    @Test
    void blockingWorkEndsAtSimulatedTimesInAnOrderOfTheSeed() {
        assertThat(works(1)).isEqualTo(works(1)).containsExactlyInAnyOrder("a", "b", "c", "d", "e", "f");
        assertThat(works(1)).isNotEqualTo(works(2));
    }

    @Test
    void workMayWaitForTheReactor() {
        try (var world = Simulation.of(1)) {
            var host = world.host("host");
            Deferred<String> answer =
                    host.start(reactor -> reactor.deferToThread(() -> reactor.blockingCallFromThread(() -> {
                        var later = new Deferred<String>();
                        reactor.callLater(Duration.ofSeconds(3), () -> later.callback("at last"));
                        return later;
                    })));

            world.runUntil(answer, Duration.ofMinutes(1));

            assertThat(answer.result()).isEqualTo("at last");
            assertThat(world.elapsed()).isGreaterThan(Duration.ofSeconds(3));
            world.check();
        }
    }

    @Test
    void coroutinesWaitInVirtualTime() {
        try (var world = Simulation.of(1)) {
            Deferred<String> told = world.host("host")
                    .start(reactor -> reactor.async(() -> {
                        for (int i = 0; i < 100; i++) {
                            var later = new Deferred<Integer>();
                            reactor.callLater(Duration.ofMinutes(1), () -> later.callback(1));
                            later.await();
                        }
                        return "done";
                    }));

            world.runUntil(told, Duration.ofHours(2));

            assertThat(told.result()).isEqualTo("done");
            assertThat(world.elapsed()).isBetween(Duration.ofMinutes(100), Duration.ofMinutes(101));
            world.check();
        }
    }

    private static long secret(long seed) {
        try (var world = Simulation.of(seed)) {
            Deferred<Long> drawn =
                    world.host("host").start(reactor -> reactor.async(() -> new SecureRandom().nextLong()));
            world.runUntil(drawn, Duration.ofMinutes(1));
            return (Long) drawn.result();
        }
    }

    @Test
    void secureRandomComesFromTheSeed() {
        assertThat(secret(1)).isEqualTo(secret(1)).isNotEqualTo(secret(2));
        assertThat(new SecureRandom().nextLong()).isNotEqualTo(new SecureRandom().nextLong());
    }

    @Test
    void namesAreThoseOfTheHosts() {
        try (var world = Simulation.of(1)) {
            var other = world.host("other");
            var found = world.host("host").start(reactor -> reactor.resolver().resolve("other"));
            world.runUntil(found, Duration.ofMinutes(1));
            assertThat(found.result()).isEqualTo(other.addresses());
        }
    }

    @Test
    void whatNoSeedCanDecideIsRefused() {
        try (var world = Simulation.of(1)) {
            var host = world.host("host");
            host.start(reactor -> reactor);
            assertThatThrownBy(() -> host.reactor().run(false)).isInstanceOf(IllegalStateException.class);
            var thrown = new ArrayList<Throwable>();
            Thread other = Thread.ofPlatform().start(() -> {
                try {
                    world.runFor(Duration.ofSeconds(1));
                } catch (IllegalStateException refused) {
                    thrown.add(refused);
                }
            });
            try {
                other.join();
            } catch (InterruptedException impossible) {
                throw new AssertionError(impossible);
            }
            assertThat(thrown).singleElement().asString().contains("belongs to the thread");
        }
    }
}
