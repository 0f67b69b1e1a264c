package bowline.simulation.protocols;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.defer.CancelledError;
import bowline.defer.Deferred;
import bowline.endpoint.HostnameEndpoint;
import bowline.protocol.Address;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.protocol.ReconnectingClientFactory;
import bowline.protocol.RetryDelays;
import bowline.reactor.Reactor;
import bowline.service.ClientService;
import bowline.service.RetryPolicy;
import bowline.simulation.ManySeeds;
import bowline.simulation.SimulatedHost;
import bowline.simulation.Simulation;
import bowline.simulation.invariant.ConnectionLives;
import bowline.simulation.invariant.Weather;
import bowline.simulation.protocols.Messenger.Framing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Who connects again: everything is answered in the end, however often the server crashes, loses its power or is cut
/// off, and who was told to stop has stopped.
class ReconnectingTest {
    private static final Duration PATIENCE = Duration.ofHours(2);
    private static final int QUESTIONS = 8;

    private ConnectionLives lives = new ConnectionLives();
    private final List<ConnectionLives.Life> served = new ArrayList<>();

    private void begin() {
        lives = new ConnectionLives();
        served.clear();
    }

    private void serve(Simulation world, SimulatedHost server) {
        server.start(reactor -> reactor.listenTcp(7, Factory.of(() -> {
            var respondent = new Respondent(world, lives, "respondent " + served.size(), true);
            served.add(respondent.life);
            return Framing.LINES.with(respondent).protocol();
        })));
    }

    /// A server that dies once or twice, in one way or the other, and comes back.
    private void mortalServer(Simulation world) {
        var random = world.random("server");
        SimulatedHost server = world.host("server");
        serve(world, server);
        Duration when = Duration.ZERO;
        int deaths = random.nextInt(1, 3);
        for (int i = 0; i < deaths; i++) {
            when = when.plusMillis(random.nextInt(3_000));
            boolean hard = random.nextBoolean();
            world.after(when, () -> {
                served.forEach(ConnectionLives.Life::died);
                if (hard) {
                    server.powerOff();
                } else {
                    server.crash();
                }
            });
            when = when.plusMillis(random.nextInt(20_000));
            world.after(when, () -> {
                if (hard) {
                    server.powerOn();
                }
                serve(world, server);
            });
        }
    }

    private static void badWeather(Simulation world) {
        Weather.over(world).rough().clearsAfter(Duration.ofSeconds(40));
    }

    /// Connects again by itself until the job is done.
    private static final class Stubborn extends ReconnectingClientFactory<Protocol> {
        private @Nullable Job job;

        Stubborn(Reactor reactor, long seed) {
            super(
                    reactor,
                    new SplittableRandom(seed),
                    new RetryDelays(Duration.ofSeconds(1), 2, 0.1, Duration.ofMinutes(1), RetryDelays.UNLIMITED));
        }

        @Override
        public @Nullable Protocol buildProtocol(Address peer) {
            return job == null ? null : job.next();
        }
    }

    @Test
    @DisplayName(
            "REC-2, REC-4, REC-5: a reconnecting factory has everything answered, starts anew each time, and stops when told")
    void reconnectingFactory() {
        ManySeeds.run(1, 1000, world -> {
            begin();
            badWeather(world);
            mortalServer(world);
            Stubborn factory = world.host("client").start(reactor -> {
                var stubborn = new Stubborn(reactor, world.seed());
                stubborn.job = new Job(world, lives, QUESTIONS, stubborn::resetDelay, stubborn::stopTrying);
                reactor.connectTcp("server", 7, stubborn);
                return stubborn;
            });
            Job job = Objects.requireNonNull(factory.job);

            world.runUntil(job::isDone, PATIENCE);
            assertThat(factory.retries()).isZero();
            int connections = job.connections();
            world.runFor(Duration.ofMinutes(5));

            assertThat(job.connections()).isEqualTo(connections);
            world.check();
            lives.check();
        });
    }

    @Test
    @DisplayName(
            "CLS-3: a client service has everything answered, never hands out a dead connection, and stops when told")
    void clientService() {
        ManySeeds.run(1, 1000, world -> {
            begin();
            badWeather(world);
            mortalServer(world);
            var client = world.host("client");
            var job = new Job(world, lives, QUESTIONS, () -> {}, () -> {});
            ClientService<Protocol> service = client.start(reactor -> {
                var kept = new ClientService<>(
                        reactor,
                        new HostnameEndpoint(reactor, "server", 7),
                        Factory.<Protocol>of(job::next),
                        RetryPolicy.exponential(new SplittableRandom(world.seed())));
                kept.start();
                return kept;
            });
            Duration half = Duration.ofMillis(world.random("half").nextInt(4_000));
            var waited = new ArrayList<Deferred<?>>();
            for (int i = 0; i < 3; i++) {
                world.after(
                        half.multipliedBy(i),
                        () -> client.call(() -> {
                            waited.add(service.whenConnected()
                                    .onSuccess(protocol -> assertThat(
                                                    protocol.transport().connected())
                                            .isTrue())
                                    .addErrback(failure -> {
                                        if (failure.check(CancelledError.class) == null) {
                                            throw failure.raise();
                                        }
                                        return null;
                                    }));
                            return service;
                        }));
            }

            world.runUntil(job::isDone, PATIENCE);
            world.runUntil(() -> waited.size() == 3, PATIENCE);
            Deferred<@Nullable Void> stopped = client.call(service::stop);
            world.runUntil(stopped, Duration.ofMinutes(10));
            int connections = job.connections();
            world.runFor(Duration.ofMinutes(5));

            assertThat(waited).allMatch(Deferred::called);
            assertThat(job.connections()).isEqualTo(connections);
            assertThat(client.reactor().delayedCalls()).isEmpty();
            world.check();
            lives.check();
        });
    }

    @Test
    @DisplayName("CLS-2: the waits of a client service begin anew when a connection has proved itself")
    void waitsBeginAnew() {
        ManySeeds.run(1, 1000, world -> {
            begin();
            var server = world.host("server");
            var client = world.host("client");
            var made = new ArrayList<Duration>();
            client.start(reactor -> {
                var kept = new ClientService<>(
                        reactor,
                        new HostnameEndpoint(reactor, "server", 7),
                        Factory.of(() -> new Protocol() {
                            @Override
                            public void connectionMade() {
                                made.add(world.elapsed());
                            }
                        }),
                        RetryPolicy.exponential(new SplittableRandom(world.seed())));
                kept.start();
                reactor.addSystemEventTriggerDeferring("shutdown", kept::stop);
                return kept;
            });
            world.runFor(Duration.ofSeconds(world.random("dark").nextInt(1, 200)));
            serve(world, server);
            world.runUntil(() -> made.size() == 1, Duration.ofMinutes(2));
            world.runFor(Duration.ofMillis(world.random("light").nextInt(1_000)));
            served.forEach(ConnectionLives.Life::died);
            server.crash();
            serve(world, server);
            Duration crashed = world.elapsed();

            world.runUntil(() -> made.size() == 2, Duration.ofMinutes(2));

            assertThat(made.getLast().minus(crashed)).isLessThan(Duration.ofSeconds(4));
            world.check();
        });
    }
}
