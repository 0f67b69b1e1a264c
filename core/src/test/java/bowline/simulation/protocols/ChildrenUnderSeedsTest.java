package bowline.simulation.protocols;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.process.CannotSpawnError;
import bowline.process.ProcessDone;
import bowline.process.ProcessEndpoint;
import bowline.process.ProcessEndpoint.StandardError;
import bowline.process.ProcessProtocol;
import bowline.process.ProcessTerminated;
import bowline.process.Processes;
import bowline.process.Spawn;
import bowline.protocol.ConnectionAborted;
import bowline.protocol.ConnectionDone;
import bowline.protocol.Protocol;
import bowline.reactor.Reactor;
import bowline.simulation.ManySeeds;
import bowline.simulation.SimulatedHost;
import bowline.simulation.Simulation;
import bowline.simulation.child.SimulatedChild;
import bowline.supervise.MonitorOptions;
import bowline.supervise.ProcessMonitor;
import bowline.supervise.Spawner;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Children under a thousand seeds each: what is promised of them holds however long each step takes, wherever their
/// output is cut, and whoever kills them.
class ChildrenUnderSeedsTest {
    private static final int SEEDS = 1000;
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private static void cat(SimulatedChild child) {
        child.onInput(child::out);
        child.onInputEnd(() -> child.exit(0));
    }

    // The protocol of a process

    /// Writes in pieces, pauses now and then, and looks at the order of what it is told.
    private static final class Writer extends ProcessProtocol {
        private final RandomGenerator random;
        private final Reactor reactor;
        private final byte[] sent;
        private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
        private final List<String> seen = new ArrayList<>();
        private final Deferred<Throwable> ended = new Deferred<>();
        private int written;
        private boolean paused;

        Writer(Reactor reactor, RandomGenerator random) {
            this.reactor = reactor;
            this.random = random;
            sent = new byte[random.nextInt(1, 40_000)];
            random.nextBytes(sent);
        }

        @Override
        public void connectionMade() {
            seen.add("made");
            writeOn();
        }

        private void writeOn() {
            int length = random.nextInt(1, 10_000);
            int end = Math.min(sent.length, written + length);
            transport().write(sent, written, end - written);
            written = end;
            if (written < sent.length) {
                reactor.callLater(Duration.ofMillis(random.nextInt(3)), this::writeOn);
            } else {
                transport().closeStdin();
            }
        }

        @Override
        public void outReceived(ByteBuffer unread) {
            assertThat(paused).isFalse();
            assertThat(seen).doesNotContain("lost 1", "ended");
            boolean last = heard.size() + unread.remaining() == sent.length;
            byte[] piece = new byte[last ? unread.remaining() : random.nextInt(1, unread.remaining() + 1)];
            unread.get(piece); // what is left comes back with the next
            heard.writeBytes(piece);
            if (random.nextInt(8) == 0) {
                paused = true;
                transport().pauseProducing();
                reactor.callLater(Duration.ofMillis(random.nextInt(20)), () -> {
                    paused = false;
                    transport().resumeProducing();
                });
            }
        }

        @Override
        public void childConnectionLost(int descriptor) {
            seen.add("lost " + descriptor);
        }

        @Override
        public void processExited(Failure reason) {
            seen.add("exited");
            assertThat(transport().pid()).isNull();
        }

        @Override
        public void processEnded(Failure reason) {
            seen.add("ended");
            ended.callback(reason.value());
        }
    }

    @Test
    @DisplayName("PRC-7, PRC-8, PRC-12, PRC-14: every byte in order, each pipe lost once, the end last")
    void aProcessIsTold() {
        var ways = new int[3];
        ManySeeds.run(1, SEEDS, world -> {
            SimulatedHost host = world.host("host").spawnRefusals(0.1).kills(0.2, Duration.ofMillis(100));
            host.program("cat", ChildrenUnderSeedsTest::cat);
            Writer writer;
            try {
                writer = host.start(reactor -> {
                    var made = new Writer(reactor, world.random("writer"));
                    Processes.spawn(reactor, made, Spawn.command("cat"));
                    return made;
                });
            } catch (CannotSpawnError refused) {
                ways[0]++;
                return;
            }
            world.runUntil(writer.ended, LIMIT);
            assertThat(writer.seen)
                    .containsExactlyInAnyOrder("made", "lost 0", "lost 1", "lost 2", "exited", "ended")
                    .startsWith("made")
                    .endsWith("ended");
            byte[] heard = writer.heard.toByteArray();
            if (writer.ended.result() instanceof ProcessDone) {
                ways[1]++;
                assertThat(heard).isEqualTo(writer.sent);
            } else {
                ways[2]++;
                assertThat(((ProcessTerminated) writer.ended.result()).signal()).isEqualTo(9);
                assertThat(heard).isEqualTo(Arrays.copyOf(writer.sent, heard.length));
            }
        });
        assertThat(ways).as("refused, done, killed").doesNotContain(0);
    }

    // A child as a connection

    /// Asks, and notes what it is answered.
    private static final class Asker extends Protocol {
        private final List<String> questions = new ArrayList<>();
        private final StringBuilder answers = new StringBuilder();
        private final Deferred<Throwable> lost = new Deferred<>();
        private final boolean aborts;
        private int ends;

        Asker(RandomGenerator random) {
            aborts = random.nextInt(5) == 0;
            int count = random.nextInt(1, 30);
            for (int i = 0; i < count; i++) {
                questions.add("word".repeat(random.nextInt(1, 20)) + i);
            }
        }

        @Override
        public void connectionMade() {
            questions.forEach(question -> transport().write(question + "\n"));
        }

        @Override
        public void dataReceived(ByteBuffer unread) {
            answers.append(StandardCharsets.US_ASCII.decode(unread));
            if (answers.length() == expected().length()) {
                if (aborts) {
                    transport().abortConnection();
                } else {
                    transport().loseConnection();
                }
            }
        }

        private String expected() {
            return String.join("", questions.stream().map(it -> it + "!\n").toList());
        }

        @Override
        public void connectionLost(Failure reason) {
            ends++;
            lost.callback(reason.value());
        }
    }

    @Test
    @DisplayName(
            "END-11, TRA-5, TRA-8: questions are answered in order, and the connection ends once, with the child's end")
    void aChildIsAConnection() {
        ManySeeds.run(1, SEEDS, world -> {
            boolean calm = world.seed() % 2 == 0;
            SimulatedHost host = world.host("host").kills(calm ? 0 : 0.5, Duration.ofMillis(50));
            host.program("answer", child -> {
                child.onLine(line -> child.out(line + "!\n"));
                child.onInputEnd(() -> child.exit(0));
            });
            var asker = new Asker(world.random("asker"));
            Deferred<Asker> connected = host.start(reactor ->
                    new ProcessEndpoint(reactor, Spawn.command("answer"), StandardError.LOGGED).connectProtocol(asker));
            world.runUntil(connected, LIMIT);
            world.runUntil(asker.lost, LIMIT);

            assertThat(asker.expected()).startsWith(asker.answers.toString());
            assertThat(asker.ends).isEqualTo(1);
            Class<?> end = asker.lost.result().getClass();
            if (calm) {
                assertThat(asker.answers).hasToString(asker.expected());
                assertThat(end).isEqualTo(asker.aborts ? ConnectionAborted.class : ConnectionDone.class);
            } else {
                assertThat(end).isIn(ConnectionAborted.class, ConnectionDone.class, ProcessTerminated.class);
            }
        });
    }

    // Programs that are kept running

    private static final MonitorOptions OPTIONS =
            MonitorOptions.USUAL.restartDelays(Duration.ofSeconds(1), Duration.ofSeconds(8));

    /// What one program went through: each start and each death, by the clock of the simulation.
    private static final class History {
        private final Simulation world;
        private final RandomGenerator random;
        private final List<Duration> starts = new ArrayList<>();
        private final List<Duration> deaths = new ArrayList<>();
        private final List<Boolean> fast = new ArrayList<>();

        History(Simulation world, String name) {
            this.world = world;
            random = world.random(name);
        }

        /// Dies soon or late; some take no notice of TERM.
        void live(SimulatedChild child) {
            child.out("up\n");
            if (random.nextInt(3) == 0) {
                child.onSignal("TERM", () -> child.err("not yet\n"));
            }
            boolean soon = random.nextBoolean();
            fast.add(soon);
            Duration life = Duration.ofMillis(soon ? random.nextInt(500) : random.nextInt(2000, 9000));
            child.after(life, () -> {
                deaths.add(world.elapsed());
                child.exit(random.nextInt(3));
            });
        }

        /// RUN-6: at once after a long life; after a short one as long as the last time, twice.
        void checkDelays() {
            Duration delay = OPTIONS.minRestartDelay();
            for (int i = 0; i + 1 < starts.size(); i++) {
                Duration waited = starts.get(i + 1).minus(deaths.get(i));
                if (fast.get(i)) {
                    assertThat(waited).isBetween(delay, delay.plusMillis(100));
                    delay = delay.multipliedBy(2).compareTo(OPTIONS.maxRestartDelay()) < 0
                            ? delay.multipliedBy(2)
                            : OPTIONS.maxRestartDelay();
                } else {
                    assertThat(waited).isLessThan(Duration.ofMillis(100));
                    delay = OPTIONS.minRestartDelay();
                }
            }
        }
    }

    @Test
    @DisplayName(
            "RUN-6: programs are started again after the right wait, one process of each at a time, and end when asked")
    void programsAreKeptRunning() {
        var starts = new int[1];
        ManySeeds.run(1, SEEDS, world -> {
            boolean calm = world.seed() % 2 == 0;
            SimulatedHost host = world.host("host");
            if (!calm) {
                host.spawnRefusals(0.2).kills(0.3, Duration.ofSeconds(5));
            }
            var histories = new ArrayList<History>();
            ProcessMonitor monitor = host.start(reactor -> {
                Spawner system = Spawner.on(reactor);
                var made = new ProcessMonitor(
                        reactor,
                        (protocol, spawn) -> {
                            int number = spawn.program().charAt(0) - 'a';
                            histories.get(number).starts.add(world.elapsed());
                            return system.spawn(protocol, spawn);
                        },
                        OPTIONS);
                for (String name : List.of("a", "b", "c")) {
                    var history = new History(world, name);
                    histories.add(history);
                    host.program(name, history::live);
                    made.add(name, Spawn.command(name));
                }
                made.start();
                return made;
            });
            for (int i = 0; i < 60; i++) {
                world.runFor(Duration.ofSeconds(1));
                assertThat(host.children().stream().map(SimulatedChild::command))
                        .as("one process of each")
                        .doesNotHaveDuplicates();
            }
            Deferred<?> stopped = host.call(monitor::stop);
            world.runUntil(stopped, OPTIONS.killTimeout().plusSeconds(1));
            assertThat(host.children()).isEmpty();

            for (History history : histories) {
                starts[0] += history.starts.size();
                assertThat(history.starts).hasSizeGreaterThan(3);
                if (calm) {
                    history.checkDelays();
                }
            }
            world.dropLoggedErrors("cannot be started");
        });
        assertThat(starts[0]).isGreaterThan(10 * SEEDS);
    }
}
