package bowline.simulation.protocols;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.defer.Deferred;
import bowline.endpoint.TcpServerEndpoint;
import bowline.failure.Failure;
import bowline.framing.LineOptions;
import bowline.protocol.ConnectionDone;
import bowline.protocol.Drainable;
import bowline.protocol.Factory;
import bowline.protocol.HalfCloseable;
import bowline.protocol.LineReceiver;
import bowline.reactor.ClientCreator;
import bowline.service.ServerService;
import bowline.simulation.ManySeeds;
import bowline.simulation.SimulatedHost;
import bowline.simulation.Simulation;
import bowline.simulation.invariant.AnswerCheck;
import bowline.simulation.invariant.ConnectionLives;
import bowline.simulation.invariant.Weather;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// A service that drains under load: no request that was taken in is lost, and the end comes by the deadline.
class DrainTest {
    private static final Duration LONG = Duration.ofMinutes(20);
    private static final String BYE = "bye";

    private ConnectionLives lives = new ConnectionLives();
    private final List<Worker> workers = new ArrayList<>();
    private final List<Asker> askers = new ArrayList<>();
    private int refused;

    /// Takes questions in until it drains, answers each after a while and in order, and says when it takes no more.
    private final class Worker extends LineReceiver implements Drainable, HalfCloseable {
        private final RandomGenerator random;
        private final ConnectionLives.Life life = lives.expect("worker");
        private int open;
        private int taken;
        private boolean draining;
        private Duration lastDue = Duration.ZERO;
        private final Simulation world;

        Worker(Simulation world, int number) {
            super(LineOptions.crlf());
            this.world = world;
            random = world.random("worker " + number);
        }

        @Override
        public void connectionMade() {
            life.made();
        }

        @Override
        public void lineReceived(String question) {
            life.heard();
            if (draining) {
                return; // who asks after the goodbye, or before hearing it, is not answered and knows it
            }
            open++;
            taken++;
            Duration due = world.elapsed().plusMillis(random.nextInt(200));
            lastDue = due.compareTo(lastDue) > 0 ? due : lastDue;
            transport().clock().callLater(lastDue.minus(world.elapsed()), () -> answer(question));
        }

        private void answer(String question) {
            open--;
            if (life.isOpen()) {
                sendLine(Questioner.answerTo(question));
                endIfDone();
            }
        }

        @Override
        public void drain() {
            life.heard();
            assertThat(draining).isFalse();
            draining = true;
            endIfDone();
        }

        private void endIfDone() {
            if (draining && open == 0) {
                sendLine(BYE);
                transport().loseWriteConnection();
            }
        }

        @Override
        public void readConnectionLost() {
            transport().loseConnection();
        }

        @Override
        public void writeConnectionLost() {}

        @Override
        public void connectionLost(Failure reason) {
            life.lost(reason);
        }
    }

    /// Asks for ever, until it is told goodbye.
    private final class Asker extends LineReceiver {
        private final RandomGenerator random;
        private final AnswerCheck answers;
        private final ConnectionLives.Life life;
        private int number;
        private boolean byeHeard;

        Asker(Simulation world, int number) {
            super(LineOptions.crlf());
            random = world.random("asker " + number);
            answers = new AnswerCheck("asker " + number);
            life = lives.expect("asker " + number);
            askers.add(this);
        }

        @Override
        public void connectionMade() {
            life.made();
            askSome();
        }

        private void askSome() {
            int now = random.nextInt(1, 4);
            for (int i = 0; i < now; i++) {
                String question = Questioner.question(random, number++).replaceAll("[^a-z0-9:,.]", "");
                answers.asked(Questioner.answerTo(question));
                sendLine(question);
            }
            transport().clock().callLater(Duration.ofMillis(random.nextInt(1, 300)), () -> {
                if (life.isOpen() && !byeHeard) {
                    askSome();
                }
            });
        }

        @Override
        public void lineReceived(String line) {
            life.heard();
            if (line.equals(BYE)) {
                byeHeard = true;
                transport().loseConnection();
            } else {
                answers.answered(line);
            }
        }

        @Override
        public void connectionLost(Failure reason) {
            life.lost(reason);
        }
    }

    private ServerService serve(Simulation world, SimulatedHost server) {
        lives = new ConnectionLives();
        workers.clear();
        askers.clear();
        refused = 0;
        return server.start(reactor -> {
            var service = new ServerService(new TcpServerEndpoint(reactor, 7), Factory.of(() -> {
                var worker = new Worker(world, workers.size());
                workers.add(worker);
                return worker;
            }));
            service.start();
            return service;
        });
    }

    /// Some before the drain, some just when it begins.
    private void clients(Simulation world, Duration drain) {
        var random = world.random("clients");
        SimulatedHost client = world.host("client");
        client.start(reactor -> {
            for (int i = 0; i < 4; i++) {
                int number = i;
                long before = i < 2 ? random.nextLong(drain.toMillis()) : random.nextLong(100);
                reactor.callLater(
                        drain.minusMillis(Math.min(before, drain.toMillis())),
                        () -> new ClientCreator<>(reactor, () -> new Asker(world, number))
                                .connectTcp("server", 7)
                                .addErrback(_ -> {
                                    refused++;
                                    return null;
                                }));
            }
            return reactor;
        });
    }

    @Test
    @DisplayName("SVC-6: in time, all that was taken in is answered, everybody is told goodbye, and nobody is cut off")
    void nothingIsLost() {
        ManySeeds.run(1, 1000, world -> {
            Weather.over(world);
            SimulatedHost server = world.host("server");
            ServerService service = serve(world, server);
            Duration begin = Duration.ofMillis(world.random("drain").nextInt(100, 2_000));
            clients(world, begin);
            world.runFor(begin);

            Deferred<@Nullable Void> drained = server.call(() -> service.drain(LONG));
            world.runUntil(drained, LONG);
            assertThat(service.connectionCount()).isZero();
            world.runUntil(() -> askers.stream().noneMatch(asker -> asker.life.isOpen()), LONG);

            assertThat(workers).allMatch(worker -> worker.draining && worker.open == 0);
            assertThat(askers.stream()
                            .mapToInt(asker -> asker.answers.answered())
                            .sum())
                    .isEqualTo(workers.stream().mapToInt(worker -> worker.taken).sum());
            assertThat(askers.stream().filter(asker -> asker.byeHeard)).hasSameSizeAs(workers);
            assertThat(workers).allMatch(DrainTest::endedInGoodOrder);
            world.check();
            lives.check();
        });
    }

    private static boolean endedInGoodOrder(Worker worker) {
        Failure end = worker.life.end();
        return end != null && end.check(ConnectionDone.class) != null;
    }

    @Test
    @DisplayName("SVC-6: with breaks and partitions, the drain is over by its deadline, and what is left is aborted")
    void endsByItsDeadline() {
        ManySeeds.run(1, 1000, world -> {
            SimulatedHost server = world.host("server");
            Weather.over(world).rough().partitions(Duration.ofSeconds(2), server);
            ServerService service = serve(world, server);
            Duration begin = Duration.ofMillis(world.random("drain").nextInt(100, 2_000));
            clients(world, begin);
            world.runFor(begin);

            Duration deadline = Duration.ofMillis(world.random("deadline").nextInt(3_000));
            Deferred<@Nullable Void> drained = server.call(() -> service.drain(deadline));
            world.runUntil(drained, deadline.plusMillis(1));

            assertThat(service.connectionCount()).isZero();
            assertThat(workers).noneMatch(worker -> worker.life.isOpen());
            world.runFor(Duration.ofMinutes(30));
            world.check();
            lives.check();
        });
    }
}
