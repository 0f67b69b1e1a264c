package bowline.simulation.child;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bowline.defer.Deferred;
import bowline.endpoint.ServerEndpoint;
import bowline.failure.Failure;
import bowline.process.CannotSpawnError;
import bowline.process.OutputOptions;
import bowline.process.ProcessDone;
import bowline.process.ProcessExitedAlready;
import bowline.process.ProcessOutput;
import bowline.process.ProcessProtocol;
import bowline.process.ProcessTerminated;
import bowline.process.ProcessTransport;
import bowline.process.Processes;
import bowline.process.Spawn;
import bowline.process.StandardIO;
import bowline.protocol.Factory;
import bowline.protocol.LineReceiver;
import bowline.protocol.Protocol;
import bowline.simulation.SimulatedHost;
import bowline.simulation.Simulation;
import bowline.simulation.SimulationFailure;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Children of simulated programs (section 25).
class ChildrenTest {
    private static final Duration LIMIT = Duration.ofMinutes(10);

    /// Notes what it is told.
    private static class Noting extends ProcessProtocol {
        final List<String> seen = new ArrayList<>();
        final StringBuilder out = new StringBuilder();
        final StringBuilder err = new StringBuilder();
        final Deferred<Throwable> ended = new Deferred<>();

        @Override
        public void outReceived(ByteBuffer unread) {
            out.append(StandardCharsets.US_ASCII.decode(unread));
        }

        @Override
        public void errReceived(ByteBuffer unread) {
            err.append(StandardCharsets.US_ASCII.decode(unread));
        }

        @Override
        public void inConnectionLost() {
            seen.add("in lost");
        }

        @Override
        public void outConnectionLost() {
            seen.add("out lost");
        }

        @Override
        public void errConnectionLost() {
            seen.add("err lost");
        }

        @Override
        public void processExited(Failure reason) {
            seen.add("exited");
        }

        @Override
        public void processEnded(Failure reason) {
            seen.add("ended");
            ended.callback(reason.value());
        }
    }

    private static ProcessTransport spawn(SimulatedHost host, ProcessProtocol protocol, Spawn spawn) {
        return host.start(reactor -> Processes.spawn(reactor, protocol, spawn));
    }

    private static @Nullable Throwable reason(Simulation world, Noting protocol) {
        return (Throwable) world.runUntil(protocol.ended, LIMIT).result();
    }

    /// PRC-2, PRC-3: words, environment and number are those of the spawn.
    @Test
    void theScriptKnowsWhatItWasStartedWith() {
        try (var world = Simulation.of(1)) {
            var host = world.host("host").environment(Map.of("HOME", "/root"));
            var told = new ArrayList<Object>();
            host.program("show", child -> {
                told.addAll(List.of(child.command(), child.environment(), child.pid()));
                child.exit(0);
            });
            var first = new Noting();
            ProcessTransport transport = spawn(host, first, Spawn.command("show", "a b", ""));
            assertThat(transport.pid()).isEqualTo(100L);
            assertThat(reason(world, first)).isInstanceOf(ProcessDone.class);
            assertThat(told).containsExactly(List.of("show", "a b", ""), Map.of("HOME", "/root"), 100L);

            told.clear();
            var second = new Noting();
            spawn(host, second, Spawn.command("show").environment(Map.of("A", "1")));
            reason(world, second);
            assertThat(told).containsExactly(List.of("show"), Map.of("A", "1"), 101L);
            world.check();
        }
    }

    /// PRC-15: as the system says it; PRC-7: nobody is called back.
    @Test
    void whatIsNotThereCannotBeStarted() {
        try (var world = Simulation.of(1)) {
            var host = world.host("host");
            host.program("there", child -> child.exit(0));
            var protocol = new Noting();
            assertThatThrownBy(() -> spawn(host, protocol, Spawn.command("not-there")))
                    .isInstanceOf(CannotSpawnError.class)
                    .hasMessageContaining("cannot run \"not-there\"")
                    .hasMessageContaining("error: 2 (No such file or directory)");
            assertThat(protocol.seen).isEmpty();
            assertThat(world.trace().text()).contains("cannot spawn").contains("programs here: [there]");
            world.check();
        }
    }

    /// THR and LIS-7 of children: each pipe takes a descriptor.
    @Test
    void pipesTakeUpDescriptors() {
        try (var world = Simulation.of(1)) {
            var host = world.host("host");
            host.program("cat", child -> {
                child.onInput(child::out);
                child.onInputEnd(() -> child.exit(0));
            });
            var protocol = new Noting();
            int before = host.start(_ -> host.descriptors());
            ProcessTransport cat = host.call(() -> Processes.spawn(host.reactor(), protocol, Spawn.command("cat")));
            assertThat(host.descriptors()).isEqualTo(before + 3);
            host.descriptorsMax(before + 5);
            assertThatThrownBy(
                            () -> host.call(() -> Processes.spawn(host.reactor(), new Noting(), Spawn.command("cat"))))
                    .isInstanceOf(CannotSpawnError.class)
                    .hasMessageContaining("Too many open files");
            assertThat(host.descriptors()).isEqualTo(before + 3);

            host.call(() -> {
                cat.closeStdin();
                return null;
            });
            reason(world, protocol);
            assertThat(host.descriptors()).isEqualTo(before);
            world.check();
        }
    }

    /// PRC-8, PRC-9: over the seeds the end of the process comes before, between and after the ends of its pipes.
    @Test
    void theSeedDecidesWhatNobodyPromises() {
        var orders = new HashSet<List<String>>();
        for (int seed = 1; seed <= 100; seed++) {
            try (var world = Simulation.of(seed)) {
                var host = world.host("host");
                host.program("talk", child -> {
                    child.out("out");
                    child.err("err");
                    child.exit(3);
                });
                var protocol = new Noting();
                spawn(host, protocol, Spawn.command("talk"));
                assertThat(reason(world, protocol))
                        .isInstanceOfSatisfying(
                                ProcessTerminated.class,
                                it -> assertThat(it.exitCode()).isEqualTo(3));
                assertThat(protocol.out).hasToString("out");
                assertThat(protocol.err).hasToString("err");
                assertThat(protocol.seen)
                        .containsExactlyInAnyOrder("in lost", "out lost", "err lost", "exited", "ended")
                        .endsWith("ended");
                orders.add(protocol.seen);
                world.check();
            }
        }
        assertThat(orders).hasSizeGreaterThan(5);
        assertThat(orders).anyMatch(order -> order.getFirst().equals("exited"));
        assertThat(orders).anyMatch(order -> order.indexOf("exited") == 3 || order.indexOf("exited") == 2);
    }

    /// PRC-9, PRC-13: handled, or deadly by itself.
    @Test
    void signalsAreHandledOrDeadly() {
        try (var world = Simulation.of(1)) {
            var host = world.host("host");
            host.program(
                    "polite",
                    child -> child.onSignal("TERM", () -> {
                        child.out("bye");
                        child.exit(0);
                    }));
            host.program("deaf", child -> {});
            var polite = new Noting();
            ProcessTransport first = spawn(host, polite, Spawn.command("polite"));
            world.runFor(Duration.ofSeconds(1));
            host.call(() -> {
                first.signalProcess("TERM");
                return null;
            });
            assertThat(reason(world, polite)).isInstanceOf(ProcessDone.class);
            assertThat(polite.out).hasToString("bye");
            assertThatThrownBy(() -> first.signalProcess("TERM")).isInstanceOf(ProcessExitedAlready.class);

            var deaf = new Noting();
            ProcessTransport second = spawn(host, deaf, Spawn.command("deaf"));
            host.call(() -> {
                second.signalProcess("SIGWINCH");
                second.signalProcess("HUP");
                return null;
            });
            assertThat(reason(world, deaf))
                    .isInstanceOfSatisfying(
                            ProcessTerminated.class,
                            it -> assertThat(it.signal()).isEqualTo(1));
            world.check();
        }
    }

    /// PRC-13: what is stopped goes on where it was, and KILL ends it even so.
    @Test
    void aStoppedChildGoesOnWhenItIsTold() {
        try (var world = Simulation.of(1)) {
            var host = world.host("host");
            host.program("clock", child -> child.after(Duration.ofSeconds(2), () -> child.exit(0)));
            var protocol = new Noting();
            ProcessTransport clock = spawn(host, protocol, Spawn.command("clock"));
            world.runFor(Duration.ofSeconds(1));
            host.call(() -> {
                clock.signalProcess("STOP");
                return null;
            });
            world.runFor(Duration.ofMinutes(1));
            assertThat(protocol.ended.called()).isFalse();
            host.call(() -> {
                clock.signalProcess("CONT");
                return null;
            });
            assertThat(reason(world, protocol)).isInstanceOf(ProcessDone.class);

            var killed = new Noting();
            ProcessTransport other = spawn(host, killed, Spawn.command("clock"));
            host.call(() -> {
                other.signalProcess("STOP");
                other.signalProcess("KILL");
                return null;
            });
            assertThat(reason(world, killed)).isInstanceOf(ProcessTerminated.class);
            world.check();
        }
    }

    /// PRC-8: the grandchild holds the pipes.
    @Test
    void theEndWaitsForAGrandchild() {
        try (var world = Simulation.of(1)) {
            var host = world.host("host");
            host.program("parent", child -> {
                child.out("parent ");
                child.fork(grandchild -> grandchild.after(Duration.ofSeconds(5), () -> {
                    grandchild.out("grandchild");
                    grandchild.exit(0);
                }));
                child.exit(0);
            });
            var protocol = new Noting();
            spawn(host, protocol, Spawn.command("parent"));
            world.runUntil(() -> protocol.seen.contains("exited"), LIMIT);
            assertThat(world.elapsed()).isLessThan(Duration.ofSeconds(1));
            assertThat(reason(world, protocol)).isInstanceOf(ProcessDone.class);
            assertThat(protocol.out).hasToString("parent grandchild");
            assertThat(world.elapsed()).isGreaterThan(Duration.ofSeconds(5));
            world.check();
        }
    }

    /// PRC-11: who does not read stops the writer; a pipe holds so much and no more.
    @Test
    void aPipeThatNobodyReadsFillsUp() {
        try (var world = Simulation.of(1)) {
            var host = world.host("host");
            var pieces = new int[1];
            host.program("chatter", child -> {
                child.onWritten(() -> {
                    pieces[0]++;
                    child.out(ByteBuffer.allocate(10_000));
                });
                child.out("x");
            });
            var protocol = new Noting();
            ProcessTransport chatter = spawn(host, protocol, Spawn.command("chatter"));
            host.call(() -> {
                chatter.pauseProducing();
                return null;
            });
            world.runFor(Duration.ofMinutes(1));
            assertThat(pieces[0]).isBetween(6, 9);
            host.call(() -> {
                chatter.loseConnection();
                return null;
            });
            assertThat(reason(world, protocol))
                    .isInstanceOfSatisfying(
                            ProcessTerminated.class,
                            it -> assertThat(it.signal()).isEqualTo(13));
            world.check();
        }
    }

    /// PRC-18, PRC-19: the helpers of one line.
    @Test
    void theHelpersWork() {
        try (var world = Simulation.of(7)) {
            var host = world.host("host");
            host.program("sort", child -> {
                var lines = new ArrayList<String>();
                child.onLine(lines::add);
                child.onInputEnd(() -> {
                    child.out(String.join("\n", lines.stream().sorted().toList()));
                    child.exit(4);
                });
            });
            Deferred<ProcessOutput> sorted = host.start(reactor -> Processes.outputAndValue(
                    reactor,
                    Spawn.command("sort"),
                    OutputOptions.DEFAULT,
                    "b\nc\na\n".getBytes(StandardCharsets.US_ASCII)));
            world.runUntil(sorted, LIMIT);
            assertThat(sorted.result()).isInstanceOfSatisfying(ProcessOutput.class, it -> {
                assertThat(it.outText()).isEqualTo("a\nb\nc");
                assertThat(it.exitCode()).isEqualTo(4);
            });
            world.check();
        }
    }

    @Test
    void whatGoesOnForEverIsLeftBehind() {
        try (var world = Simulation.of(1)) {
            var host = world.host("host");
            host.program("daemon", child -> {});
            spawn(host, new Noting(), Spawn.command("daemon", "-f"));
            assertThatThrownBy(world::check)
                    .isInstanceOf(SimulationFailure.class)
                    .hasMessageContaining("left behind: host: process 100 (daemon -f)");
        }
    }

    @Test
    void aScriptThatThrowsFailsTheRun() {
        try (var world = Simulation.of(1)) {
            var host = world.host("host");
            host.program(
                    "broken",
                    child -> child.after(Duration.ofSeconds(1), () -> {
                        throw new IllegalArgumentException("boo");
                    }));
            var protocol = new Noting();
            spawn(host, protocol, Spawn.command("broken"));
            assertThatThrownBy(() -> reason(world, protocol))
                    .hasMessageContaining("the script of process 100 (broken) threw")
                    .hasMessageContaining("boo");
        }
    }

    @Test
    void childrenDieWithTheirHost() {
        try (var world = Simulation.of(1)) {
            var host = world.host("host");
            var ticks = new int[1];
            host.program("ticking", child -> tick(child, ticks));
            spawn(host, new Noting(), Spawn.command("ticking"));
            world.runFor(Duration.ofSeconds(5));
            assertThat(host.children()).hasSize(1);
            int before = ticks[0];
            host.crash();
            world.runFor(Duration.ofSeconds(5));
            assertThat(ticks[0]).isEqualTo(before).isPositive();
            assertThat(host.children()).isEmpty();
            host.start(reactor -> reactor);
            world.check();
        }
    }

    private static void tick(SimulatedChild child, int[] ticks) {
        child.after(Duration.ofSeconds(1), () -> {
            ticks[0]++;
            tick(child, ticks);
        });
    }

    /// Faults with a name.
    @Test
    void theSeedRefusesStartsAndKills() {
        var ends = new ArrayList<String>();
        for (int seed = 1; seed <= 60; seed++) {
            try (var world = Simulation.of(seed)) {
                var host = world.host("host").spawnRefusals(0.3).kills(0.3, Duration.ofSeconds(10));
                host.program("work", child -> child.after(Duration.ofSeconds(20), () -> child.exit(0)));
                var protocol = new Noting();
                try {
                    spawn(host, protocol, Spawn.command("work"));
                    ends.add(String.valueOf(reason(world, protocol)).contains("signal") ? "killed" : "done");
                } catch (CannotSpawnError refused) {
                    assertThat(refused).hasMessageContaining("Resource temporarily unavailable");
                    ends.add("refused");
                }
                world.check();
            }
        }
        assertThat(ends).contains("killed", "done", "refused");
        try (var world = Simulation.of(1)) {
            var host = world.host("host");
            assertThatIllegalArgumentException().isThrownBy(() -> host.spawnRefusals(1.5));
            assertThatIllegalArgumentException().isThrownBy(() -> host.kills(0.5, Duration.ZERO));
        }
    }

    /// STD-1: `stdio:` of a simulated program is a terminal.
    @Test
    void aTerminalIsStandardInputAndOutput() {
        for (int seed = 1; seed <= 50; seed++) {
            try (var world = Simulation.of(seed)) {
                var host = world.host("host");
                var lost = new Deferred<Throwable>();
                host.terminal().type("hello, ");
                host.start(reactor -> StandardIO.connect(reactor, new Protocol() {
                    @Override
                    public void dataReceived(ByteBuffer unread) {
                        transport().write(unread);
                    }

                    @Override
                    public void connectionLost(Failure reason) {
                        lost.callback(reason.value());
                    }
                }));
                host.terminal().type("world");
                assertThatThrownBy(() -> host.call(() -> StandardIO.connect(host.reactor(), new Protocol())))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("can connect them once");
                world.after(Duration.ofSeconds(1), () -> host.terminal().endInput());
                world.runUntil(lost, LIMIT);
                assertThat(host.terminal().printed()).isEqualTo("hello, world");
                world.check();
            }
        }
    }

    /// STD-1: the other side of the output is gone.
    @Test
    void aTerminalThatNobodyReadsEndsTheConnection() {
        try (var world = Simulation.of(1)) {
            var host = world.host("host");
            var lost = new Deferred<Throwable>();
            host.terminal().endOutput();
            host.start(reactor -> StandardIO.connect(reactor, new Protocol() {
                @Override
                public void connectionMade() {
                    transport().write("anybody?");
                }

                @Override
                public void connectionLost(Failure reason) {
                    lost.callback(reason.value());
                }
            }));
            world.runUntil(lost, LIMIT);
            assertThat((Throwable) lost.result()).hasMessageContaining("Broken pipe");
            world.check();
        }
    }

    /// END-11: `stdio:` serves whoever sits at the terminal.
    @Test
    void theStdioEndpointServesTheTerminal() {
        try (var world = Simulation.of(1)) {
            var host = world.host("host");
            host.start(reactor -> ServerEndpoint.of(reactor, "stdio:").listen(Factory.of(() -> new LineReceiver() {
                @Override
                public void lineReceived(String line) {
                    sendLine("you said " + line);
                }
            })));
            host.terminal().type("hello\r\nworld\r\n");
            host.terminal().endInput();
            world.runUntil(() -> host.terminal().printed().endsWith("world\r\n"), LIMIT);
            assertThat(host.terminal().printed()).isEqualTo("you said hello\r\nyou said world\r\n");
            world.check();
        }
    }

    private static long sumOf(long seed) {
        try (var world = Simulation.of(seed)) {
            var host = world.host("host").kills(0.5, Duration.ofMillis(50));
            host.program(
                    "talk",
                    child -> child.onLine(line -> {
                        child.out(line);
                        child.exit(0);
                    }));
            var protocol = new Noting();
            ProcessTransport talk = spawn(host, protocol, Spawn.command("talk"));
            host.call(() -> {
                talk.write("a word\n".getBytes(StandardCharsets.US_ASCII));
                return null;
            });
            reason(world, protocol);
            world.check();
            return world.trace().sum() + world.elapsed().toNanos();
        }
    }

    @Test
    void theSameSeedDoesTheSame() {
        var sums = new HashSet<Long>();
        for (int seed = 1; seed <= 20; seed++) {
            assertThat(sumOf(seed)).isEqualTo(sumOf(seed));
            sums.add(sumOf(seed));
        }
        assertThat(sums).hasSize(20);
    }
}
