package bowline.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import bowline.junit.Program;
import bowline.reactor.ReactorProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `./bowline` starts its successor, hands it all ports, and ends: with clients that come all the time.
class HotRestartTest {
    private static final String LISTEN = "tcp:0:interface=127.0.0.1";
    private static final int CLIENTS = 3;
    private static final int RESTARTS = 3;

    @TempDir
    private Path folder;

    /// Those that outlive the program that started them.
    private final List<Long> successors = new ArrayList<>();

    private final AtomicInteger served = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private volatile boolean enough;

    @BeforeEach
    void isBuilt() {
        Checkout.requireBuilt();
    }

    @AfterEach
    void endSuccessors() {
        successors.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    }

    private static void require(String backend) {
        assumeTrue(
                ReactorProvider.all().stream()
                        .anyMatch(each ->
                                each.name().equals(backend) && each.obstacle().isEmpty()),
                "the backend " + backend + " cannot be used");
    }

    private static void signal(String name, long pid) throws Exception {
        assertThat(Foreign.run("kill", "-" + name, String.valueOf(pid)).exitCode())
                .isZero();
    }

    /// What all generations write to one log, which outlives the first of them.
    private Program log() throws IOException {
        return Program.command(List.of("tail", "-n", "+1", "-F", logFile().toString()));
    }

    private Path logFile() {
        return folder.resolve("log");
    }

    private Program echo(String... options) throws IOException {
        List<String> words = new ArrayList<>(List.of("--log-file", logFile().toString(), "--restart-on", "HUP"));
        words.addAll(List.of(options));
        return Checkout.bowline(words.toArray(String[]::new));
    }

    /// The process that serves after the one that is asked to restart.
    private long restart(Program output, long pid) throws Exception {
        signal("HUP", pid);
        long next = Long.parseLong(output.await("process (\\d+) serves now").group(1));
        successors.add(next);
        return next;
    }

    /// Connects, says something, hears it, closes; again and again.
    private void visit(int port) {
        while (!enough) {
            try (var client = new Socket("127.0.0.1", port)) {
                client.setSoTimeout(20_000);
                byte[] word = ("visit " + served.incrementAndGet()).getBytes(StandardCharsets.US_ASCII);
                client.getOutputStream().write(word);
                assertThat(client.getInputStream().readNBytes(word.length)).isEqualTo(word);
            } catch (IOException | AssertionError lost) {
                failures.add(lost.toString());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"epoll, 1, auto", "uring, 1, auto", "uring, 2, hand-off", "epoll, 2, reuse-port"})
    @DisplayName("three restarts under load, and not one of thousands of connections is lost")
    void losesNobody(String backend, int reactors, String sharing) throws Exception {
        require(backend);
        try (Program log = log();
                Program echo = echo(
                        "--reactor",
                        backend,
                        "--sharing",
                        sharing,
                        "echo",
                        "--listen",
                        LISTEN,
                        "--reactors",
                        String.valueOf(reactors),
                        "--max-connections-per-source",
                        "1000")) {
            int port = Integer.parseInt(log.await("echo is ready: listening on tcp 127.0.0.1:(\\d+)")
                    .group(1));
            List<Thread> clients = Stream.generate(() -> Thread.ofPlatform().start(() -> visit(port)))
                    .limit(CLIENTS)
                    .toList();
            long pid = echo.pid();
            try {
                for (int i = 0; i < RESTARTS; i++) {
                    int before = served.get();
                    pid = restart(log, pid);
                    awaitVisits(before + 500);
                }
                assertThat(echo.isAlive()).as("the first process").isFalse();
                assertThat(echo.exitCode()).isZero();
            } finally {
                enough = true;
                for (Thread client : clients) {
                    client.join();
                }
            }
            assertThat(failures).isEmpty();
            assertThat(served).hasValueGreaterThan(2000);
            signal("TERM", pid);
            Await.end(pid);
        }
    }

    @Test
    @DisplayName("a successor may use the processors that the first one may, though the thread that starts it is bound")
    void bindsAnew() throws Exception {
        require("epoll");
        assumeTrue(Runtime.getRuntime().availableProcessors() > 1, "there is one processor");
        try (Program log = log();
                Program echo = echo(
                        "--reactor", "epoll", "--affinity", "auto", "echo", "--listen", LISTEN, "--reactors", "2")) {
            log.await("echo is ready");
            long pid = restart(log, echo.pid());

            assertThat(boundTo(pid)).as("processors of its own").hasSize(2);
            signal("TERM", pid);
            Await.end(pid);
        }
    }

    /// The processors that threads have which are bound to one alone.
    private static Set<String> boundTo(long pid) throws IOException {
        try (Stream<Path> threads = Files.list(Path.of("/proc/" + pid + "/task"))) {
            return threads.map(HotRestartTest::processors)
                    .filter(list -> list.matches("\\d+"))
                    .collect(Collectors.toSet());
        }
    }

    private static String processors(Path thread) {
        try (Stream<String> lines = Files.lines(thread.resolve("status"))) {
            return lines.filter(line -> line.startsWith("Cpus_allowed_list:"))
                    .findFirst()
                    .orElseThrow()
                    .split("\\s+")[1];
        } catch (IOException | UncheckedIOException ended) {
            return "ended";
        }
    }

    private void awaitVisits(int count) throws InterruptedException {
        while (served.get() < count && failures.isEmpty()) {
            Thread.sleep(5); // other programs are waited for
        }
    }

    @Test
    @DisplayName("a UNIX socket, its lock and the pid file go from hand to hand, and with the last one")
    void handsFilesOver() throws Exception {
        require("epoll");
        Path socket = folder.resolve("socket");
        Path pidFile = folder.resolve("pid");
        try (Program log = log();
                Program echo = echo(
                        "--reactor", "epoll", "--pid-file", pidFile.toString(), "echo", "--listen", "unix:" + socket)) {
            log.await("echo is ready");
            long pid = echo.pid();
            for (int i = 0; i < 2; i++) {
                long before = pid;
                pid = restart(log, pid);
                Await.end(before);

                assertThat(pidFile).hasContent(pid + "\n");
                assertThat(Files.readSymbolicLink(folder.resolve("socket.lock")))
                        .hasToString(String.valueOf(pid));
                try (var client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                    client.connect(UnixDomainSocketAddress.of(socket));
                }
            }
            signal("TERM", pid);
            Await.end(pid);
            assertThat(folder).isDirectoryNotContaining(file -> !file.equals(logFile()));
        }
    }

    @Test
    @DisplayName("a successor that fails leaves everything as it was, says why, and the next one may do better")
    void servesOnWithoutASuccessor() throws Exception {
        require("epoll");
        Path copy = launcherOfOurOwn();
        try (Program echo = Program.command(List.of(
                "env",
                "BOWLINE_BUILD=never",
                copy.toString(),
                "--log-format",
                "text",
                "--reactor",
                "epoll",
                "--restart-on",
                "HUP",
                "echo",
                "--listen",
                LISTEN))) {
            int port = Integer.parseInt(echo.await("echo is ready: listening on tcp 127.0.0.1:(\\d+)")
                    .group(1));
            String launcher = Files.readString(copy);
            for (String[] broken : new String[][] {
                {"#!/bin/sh\nexit 3\n", "ended before it was ready: .*exit code 3"},
                {"#!/no/such/shell\n", "cannot be started: .*(ENOENT|No such file)"},
                {
                    launcher.replace("exec \"$JAVA_HOME", "set -- --no-such-option; exec \"$JAVA_HOME"),
                    "ended before it was ready: .*exit code 64"
                }
            }) {
                Files.writeString(copy, broken[0]);

                signal("HUP", echo.pid());

                echo.await("there is no successor, and this process serves on: .*" + broken[1]);
                try (var client = new Socket("127.0.0.1", port)) {
                    client.getOutputStream().write('a');
                    assertThat(client.getInputStream().read()).isEqualTo('a');
                }
            }
            Files.writeString(copy, launcher);
            long pid = restart(echo, echo.pid());
            assertThat(echo.exitCode()).isZero();
            new Socket("127.0.0.1", port).close();
            signal("TERM", pid);
            Await.end(pid);
        }
    }

    @Test
    @DisplayName("who is told to stop while a successor starts ends it, and does not say that it serves on")
    void stopsWithItsSuccessor() throws Exception {
        require("epoll");
        Path copy = launcherOfOurOwn();
        String where = folder.resolve("notify").toString();
        try (Program manager = ServiceManagerTest.manager(where);
                Program echo = Program.command(List.of(
                        "env",
                        "BOWLINE_BUILD=never",
                        "NOTIFY_SOCKET=" + where,
                        copy.toString(),
                        "--log-format",
                        "text",
                        "--reactor",
                        "epoll",
                        "--restart-on",
                        "HUP",
                        "echo",
                        "--listen",
                        LISTEN))) {
            echo.await("echo is ready");
            Files.writeString(copy, "#!/bin/sh\necho started as $$\nexec sleep 600\n");
            signal("HUP", echo.pid());
            long successor = Long.parseLong(echo.await("started as (\\d+)").group(1));
            successors.add(successor);

            signal("TERM", echo.pid());

            echo.await("there is no successor: this process stops, and process " + successor + " is ended with it");
            assertThat(echo.exitCode()).isEqualTo(143);
            Await.end(successor);
            manager.await("STOPPING=1");
            assertThat(echo.seen()).noneMatch(line -> line.contains("serves on") || line.contains("ended before us"));
            assertThat(manager.seen())
                    .filteredOn(line -> line.contains("READY=1"))
                    .hasSize(1);
        }
    }

    /// The launcher in a folder of its own, with the jars of the checkout.
    private Path launcherOfOurOwn() throws IOException {
        Path home = Checkout.folder();
        Files.createDirectories(folder.resolve("launcher"));
        Files.createSymbolicLink(folder.resolve("launcher/target"), home.resolve("launcher/target"));
        Files.copy(home.resolve("launcher/jdk.sh"), folder.resolve("launcher/jdk.sh"));
        return Files.copy(home.resolve("bowline"), folder.resolve("bowline"));
    }

    @Test
    @DisplayName("the service manager hears of the restart, and which process is the service afterwards")
    void tellsTheServiceManager() throws Exception {
        require("epoll");
        String where = folder.resolve("notify").toString();
        try (Program manager = ServiceManagerTest.manager(where);
                Program echo = Checkout.bowlineBehind(
                        List.of("env", "NOTIFY_SOCKET=" + where, "WATCHDOG_USEC=300000"),
                        "--reactor",
                        "epoll",
                        "--restart-on",
                        "HUP",
                        "echo",
                        "--listen",
                        LISTEN)) {
            manager.await("^" + echo.pid() + " READY=1");
            long asked = System.nanoTime() / 1000; // CLOCK_MONOTONIC; systemd takes no earlier answer
            long pid = restart(echo, echo.pid());

            assertThat(manager.await("^" + echo.pid() + " RELOADING=1\\|MONOTONIC_USEC=(\\d+)\\|STATUS=")
                            .group(1))
                    .satisfies(micros -> assertThat(Long.parseLong(micros)).isBetween(asked, System.nanoTime() / 1000));
            manager.await("^" + echo.pid() + " MAINPID=" + pid + "\\|READY=1\\|STATUS=");
            manager.await("^" + pid + " READY=1\\|STATUS=echo listening on tcp 127.0.0.1:");
            manager.await("^" + pid + " WATCHDOG=1");
            assertThat(manager.seen()).noneMatch(line -> line.startsWith(echo.pid() + " STOPPING"));
            signal("TERM", pid);
            manager.await("^" + pid + " STOPPING=1");
            Await.end(pid);
        }
    }

    @Test
    @DisplayName("where ports cannot be handed over, it says so at the start")
    void refusesWhereItCannotBe() throws Exception {
        try (Program nio = Checkout.bowline("--reactor", "nio", "--restart-on", "HUP", "echo", "--listen", LISTEN)) {
            nio.await("--restart-on: this backend cannot hand ports to another process");
            assertThat(nio.exitCode()).isEqualTo(64);
        }
    }
}
