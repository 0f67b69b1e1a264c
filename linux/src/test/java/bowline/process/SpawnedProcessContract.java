package bowline.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.linux.process.ChildProcesses;
import bowline.linux.system.Memory;
import bowline.linux.system.SystemCalls;
import bowline.process.ChildDescriptor.Inherited;
import bowline.process.ChildDescriptor.Pipe;
import bowline.reactor.Reactor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Section 25 with children that the Linux backends start themselves: what all children do, and what only these can.
abstract class SpawnedProcessContract {

    /// The backend.
    abstract String backend();

    private LiveLoop loopOfBackend() {
        return new LiveLoop(Reactor.create(backend()));
    }

    @Nested
    class Helpers extends ProcessesContract {
        @Override
        LiveLoop newLoop() {
            return loopOfBackend();
        }
    }

    @Nested
    class Endpoint extends ProcessEndpointContract {
        @Override
        LiveLoop newLoop() {
            return loopOfBackend();
        }
    }

    @Nested
    class Children extends ProcessContract {
        private final RecordingProtocol protocol = new RecordingProtocol();

        @Override
        LiveLoop newLoop() {
            return loopOfBackend();
        }

        private ProcessTransport spawn(Spawn spawn) {
            return Processes.spawn(loop.reactor, protocol, spawn);
        }

        private Spawn shell(String script) {
            return Spawn.command("sh", "-c", script);
        }

        private Object reason() {
            return loop.until(protocol.ended);
        }

        /// All of it can be done here.
        @Override
        @Test
        void refusesWhatOnlyNativeAccessCanDo() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> spawn(Spawn.command("true").descriptors(Map.of(1000, Pipe.READ))))
                    .withMessageContaining("0 to 255");
            assertThat(protocol.events).isEmpty();
        }

        @Test
        @DisplayName("PRC-5: pipes at any descriptor, both ways")
        void connectsAnyDescriptor() {
            var heard = new TreeMap<Integer, String>();
            var lost = new TreeMap<Integer, Integer>();
            var chatty = new RecordingProtocol() {
                @Override
                public void childDataReceived(int descriptor, ByteBuffer unread) {
                    heard.merge(
                            descriptor, StandardCharsets.UTF_8.decode(unread).toString(), String::concat);
                }

                @Override
                public void childConnectionLost(int descriptor) {
                    lost.merge(descriptor, 1, Integer::sum);
                }
            };
            ProcessTransport child = Processes.spawn(
                    loop.reactor,
                    chatty,
                    shell("read line <&4; echo got $line >&3; echo plain")
                            .descriptors(Map.of(1, Pipe.READ, 3, Pipe.READ, 4, Pipe.WRITTEN)));
            child.writeToChild(4, ByteBuffer.wrap("seven\n".getBytes(StandardCharsets.UTF_8)));
            loop.until(chatty.ended);

            assertThat(heard).isEqualTo(Map.of(1, "plain\n", 3, "got seven\n"));
            assertThat(lost).isEqualTo(Map.of(1, 1, 3, 1, 4, 1));
        }

        @Test
        @DisplayName("PRC-5: our descriptors, under any number, even crosswise; and no other one")
        void givesDescriptorsOfOurs() throws IOException {
            var system = new SystemCalls();
            try (Arena arena = Arena.ofConfined()) {
                long ends = Memory.allocate(arena, 8);
                assertThat(system.pipe(ends, 0)).isZero();
                int readEnd = Memory.getInt(ends);
                int writeEnd = Memory.getInt(ends + 4);
                boolean crosswise = Math.max(readEnd, writeEnd) <= ChildProcesses.CHILD_DESCRIPTOR_MAX;
                int toWrite = crosswise ? readEnd : 7;
                int toRead = crosswise ? writeEnd : 8;
                String script =
                        "echo crossed >&" + toWrite + "; read line <&" + toRead + "; echo $line; ls /proc/self/fd";
                spawn(Spawn.command("bash", "-c", script) // sh knows numbers of one digit only
                        .descriptors(Map.of(
                                1, Pipe.READ, toWrite, new Inherited(writeEnd), toRead, new Inherited(readEnd))));
                reason();
                system.close(readEnd);
                system.close(writeEnd);
                // The last one is that of the folder, which ls has open.
                assertThat(protocol.out.toString().lines())
                        .containsExactlyInAnyOrder("crossed", "0", "1", "2", "3", "" + toWrite, "" + toRead);
            }
        }

        @Test
        @DisplayName("PRC-17: in a terminal: a session of its own, everything at 1, lines end with CR LF")
        void runsInATerminal() {
            ProcessTransport child = spawn(shell("test -t 0 && test -t 2 && tty; read line; echo \"heard $line\" >&2")
                    .inTerminal());
            child.closeStdin();
            child.write("word\n".getBytes(StandardCharsets.UTF_8));
            assertThatThrownBy(() -> child.closeChildFd(0)).isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> child.writeToChild(0, ByteBuffer.allocate(1)))
                    .isInstanceOf(UnsupportedOperationException.class);

            assertThat(reason()).isInstanceOf(ProcessDone.class);
            assertThat(protocol.out.toString())
                    .contains("/dev/pts/")
                    .contains("word\r\n")
                    .contains("heard word\r\n");
            assertThat(protocol.err).isEmpty();
            assertThat(protocol.events)
                    .contains("in lost", "out lost")
                    .doesNotContain("err lost")
                    .endsWith("ended");
        }

        @Test
        @DisplayName("PRC-17: a terminal has the size of window that it is given, and a new one reaches the child")
        void resizesTheTerminal() {
            var watching = new RecordingProtocol() {
                private boolean resized;

                @Override
                public void outReceived(ByteBuffer unread) {
                    super.outReceived(unread);
                    if (!resized && out.toString().contains("ready")) {
                        resized = true;
                        transport().resizeTerminal(new WindowSize(132, 65_535));
                    }
                }
            };
            ProcessTransport child = Processes.spawn(
                    loop.reactor,
                    watching,
                    shell("stty size; trap 'stty size; exit 0' WINCH; echo ready; while :; do sleep 0.01; done")
                            .inTerminal(new WindowSize(100, 30)));

            assertThat(loop.until(watching.ended)).isInstanceOf(ProcessDone.class);
            assertThat(watching.out.toString().lines()).containsExactly("30 100", "ready", "65535 132");
            assertThatThrownBy(() -> child.resizeTerminal(new WindowSize(1, 1)))
                    .isInstanceOf(ProcessExitedAlready.class);
        }

        @Test
        @DisplayName("PRC-17: a child without a terminal has no window")
        void resizesTerminalsOnly() {
            ProcessTransport piped = spawn(shell("exit 0"));
            assertThatThrownBy(() -> piped.resizeTerminal(new WindowSize(80, 24)))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining("inTerminal");
            reason();
        }

        @Test
        @DisplayName("PRC-17: a terminal that was closed is not resized, and nobody minds")
        void resizesNoClosedTerminal() {
            ProcessTransport child = spawn(shell("exec sleep 60").inTerminal());
            child.loseConnection();
            child.resizeTerminal(new WindowSize(80, 24));

            assertThat(reason())
                    .isInstanceOfSatisfying(
                            ProcessTerminated.class,
                            ended -> assertThat(ended.signal()).isEqualTo(1));
        }

        @Test
        @DisplayName("PRC-17: a terminal sends what its keys mean: ^C interrupts")
        void interruptsByTheTerminal() {
            var interrupting = new RecordingProtocol() {
                @Override
                public void outReceived(ByteBuffer unread) {
                    super.outReceived(unread);
                    if (out.toString().equals("ready\r\n")) {
                        transport().write(new byte[] {3});
                    }
                }
            };
            Processes.spawn(
                    loop.reactor,
                    interrupting,
                    shell("echo ready; exec sleep 60").inTerminal());

            assertThat(loop.until(interrupting.ended))
                    .isInstanceOfSatisfying(
                            ProcessTerminated.class,
                            ended -> assertThat(ended.signal()).isEqualTo(2));
        }

        @Test
        @DisplayName("PRC-4: as another user")
        void runsAsAnotherUser() {
            assumeTrue(System.getProperty("user.name").equals("root"), "only root may become somebody else");
            assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "there is no setpriv");
            spawn(shell("id -u; id -g; id -G").asUser(12345, 12346));
            reason();

            assertThat(protocol.out.toString().lines()).containsExactly("12345", "12346", "12346");
        }

        @Test
        @DisplayName("PRC-15: as another user, too, a program that is not there is said at once")
        void missesAProgramAsAnotherUser() {
            assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "there is no setpriv");
            assertThatThrownBy(() -> spawn(Spawn.command("no-such-program").asUser(12345, 12346)))
                    .isInstanceOf(CannotSpawnError.class)
                    .hasMessageContaining("No such file");
            assertThat(protocol.events).isEmpty();
        }

        @Test
        @DisplayName("PRC-13: signals by name and number, without a program in between")
        void signals() {
            var trapping = new RecordingProtocol() {
                @Override
                public void outReceived(ByteBuffer unread) {
                    super.outReceived(unread);
                    transport().signalProcess(out.toString().contains("usr1") ? "TERM" : "USR1");
                }
            };
            Processes.spawn(
                    loop.reactor, trapping, shell("trap 'echo usr1' USR1; echo ready; while :; do sleep 0.01; done"));

            assertThat(loop.until(trapping.ended))
                    .isInstanceOfSatisfying(
                            ProcessTerminated.class,
                            ended -> assertThat(ended.signal()).isEqualTo(15));
        }

        /// Run with `-Dbowline.spawns=10000` for the full number.
        @Test
        @DisplayName("PRC-20: many in a row, some at a time, leave no zombie and no descriptor")
        void leavesNothingBehind() throws IOException {
            int count = Integer.getInteger("bowline.spawns", 1000);
            long before = open();
            var row = new Row(count);
            row.begin();
            loop.until(row.done);

            assertThat(row.faults).isEmpty();
            assertThat(row.pids).hasSize(count);
            assertThat(open()).isLessThanOrEqualTo(before);
            assertThat(row.pids).noneMatch(Children::isOurChild);
        }

        /// Children of ours are there, as zombies too, until they are reaped.
        private static boolean isOurChild(long pid) {
            return ProcessHandle.of(pid).flatMap(ProcessHandle::parent).equals(Optional.of(ProcessHandle.current()));
        }

        /// Starts children, a new one whenever one has ended.
        private final class Row {
            private static final int AT_A_TIME = 8;

            final Deferred<Boolean> done = new Deferred<>();
            final List<Long> pids = new ArrayList<>();
            final List<String> faults = new ArrayList<>();
            private final int count;
            private int ended;

            Row(int count) {
                this.count = count;
            }

            void begin() {
                for (int i = 0; i < AT_A_TIME; i++) {
                    startNext();
                }
            }

            private void startNext() {
                if (pids.size() == count) {
                    return;
                }
                var child = new RecordingProtocol() {
                    @Override
                    public void processEnded(Failure reason) {
                        over(reason, out + "|" + err);
                    }
                };
                Spawn spawn = Spawn.command("sh", "-c", "echo out; echo err >&2");
                boolean inTerminal = pids.size() % 10 == 9;
                pids.add(Processes.spawn(loop.reactor, child, inTerminal ? spawn.inTerminal() : spawn)
                        .pid());
            }

            private void over(Failure reason, String said) {
                boolean piped = said.equals("out\n|err\n");
                if (reason.check(ProcessDone.class) == null || !piped && !said.equals("out\r\nerr\r\n|")) {
                    faults.add(reason + " " + said);
                }
                if (++ended == count) {
                    done.callback(true);
                }
                startNext();
            }
        }

        private static long open() throws IOException {
            try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
                return descriptors.count();
            }
        }

        @Test
        @DisplayName("PRC-20: a child that outlives the reactor is reaped all the same")
        void reapsWhoOutlivesTheReactor(@TempDir Path folder) throws IOException {
            Path end = folder.resolve("end");
            long pid = spawn(shell("while ! test -e " + end + "; do sleep 0.01; done"))
                    .pid();
            loop.reactor.callWhenRunning(loop.reactor::stop);
            loop.reactor.run(false);
            assertThat(isOurChild(pid)).isTrue();

            Files.createFile(end);
            awaitThat(() -> !isOurChild(pid));
        }

        @Test
        @DisplayName("PRC-20: a child that no descriptor is left for is refused, and does not live on unseen")
        void killsWhoCannotBeWatched() {
            var before = children();
            // Once before, for no class can be loaded then.
            assertThatThrownBy(() -> spawn(Spawn.command("/no/such/program").descriptors(Map.of())))
                    .isInstanceOf(CannotSpawnError.class);
            var taken = new ArrayList<Integer>();
            var system = new SystemCalls();
            for (long counter = system.eventfd(0, 0); counter >= 0; counter = system.eventfd(0, 0)) {
                taken.add((int) counter);
            }
            CannotSpawnError refused = null;
            try {
                spawn(Spawn.command("/bin/sleep", "60").descriptors(Map.of()));
            } catch (CannotSpawnError expected) {
                refused = expected;
            } finally {
                taken.forEach(system::close);
            }

            assertThat(refused).hasMessageContaining("EMFILE");
            awaitThat(() -> before.containsAll(children()));
        }

        private static Set<Long> children() {
            return ProcessHandle.current().children().map(ProcessHandle::pid).collect(Collectors.toSet());
        }

        /// By looking: nobody tells a test of what a thread of the reactor's does.
        private static void awaitThat(BooleanSupplier condition) {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (!condition.getAsBoolean()) {
                assertThat(System.nanoTime()).isLessThan(deadline);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
        }
    }
}
