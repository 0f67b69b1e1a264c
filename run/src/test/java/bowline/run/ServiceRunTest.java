package bowline.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.defer.Deferred;
import bowline.endpoint.TcpClientEndpoint;
import bowline.failure.Failure;
import bowline.log.LogObserver;
import bowline.log.LogPublisher;
import bowline.log.Logger;
import bowline.protocol.Address;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.reactor.ConnectOptions;
import bowline.reactor.Reactor;
import bowline.reactor.ReactorNotRunning;
import bowline.service.ServerService;
import bowline.service.Service;
import bowline.service.ServiceArguments;
import bowline.service.ServiceMaker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// RUN-2: the course of one service, over a real reactor.
@Timeout(20)
class ServiceRunTest {
    private final Console console = new Console();
    private final List<String> seen = new ArrayList<>();

    @TempDir
    private Path folder;

    @AfterEach
    void endLog() {
        console.logs.forEach(LogPublisher.global()::remove);
    }

    @Test
    @DisplayName("RUN-2: made, started before the reactor runs, then the log, stopped before shutdown")
    void course() {
        console.makers.add(new Brief());

        assertEquals(0, console.run("brief"), console.err());
        assertEquals(List.of("made", "privileged", "started, log 0", "running, log 1", "stopped, running"), seen);
    }

    @Test
    @DisplayName("--stall: a callback that takes long is told of while it lasts")
    void stall() {
        List<String> texts = texts();
        console.makers.add(new Brief() {
            @Override
            void running(Reactor reactor) {
                long end = reactor.nanos() + Duration.ofSeconds(15).toNanos();
                while (texts.stream().noneMatch(text -> text.contains("has not returned")) && reactor.nanos() < end) {
                    Thread.onSpinWait();
                }
                super.running(reactor);
            }
        });

        assertEquals(0, console.run("brief", "--stall", "40ms"), console.err());

        assertThat(texts)
                .anySatisfy(text -> assertThat(text)
                        .contains("more than its budget of 40 ms", "ServiceRunTest$", ".running(ServiceRunTest.java:"));
    }

    @Test
    @DisplayName("RUN-4: the pid file is there while the service runs")
    void pidFile() {
        Path path = folder.resolve("pid");
        console.makers.add(new Brief() {
            @Override
            void running(Reactor reactor) {
                assertTrue(Files.exists(path));
                super.running(reactor);
            }
        });

        assertEquals(0, console.run("--pid-file", path.toString(), "brief"), console.err());
        assertFalse(Files.exists(path));
    }

    @Test
    @DisplayName("RUN-3: already running: 78; something else in the pid file: 65")
    void pidFileRefusals() throws IOException {
        console.makers.add(new Brief());
        Path path = Files.writeString(
                folder.resolve("pid"),
                ProcessHandle.current().parent().orElseThrow().pid() + "\n");
        assertEquals(78, console.run("--pid-file", path.toString(), "brief"));
        assertThat(console.err())
                .startsWith("bowline: already running as process ")
                .hasLineCount(1);

        Files.writeString(path, "poem\n");
        assertEquals(65, console.run("--pid-file", path.toString(), "brief"));
        assertEquals(List.of("made", "made"), seen);
    }

    @Test
    @DisplayName("LIS-1: a port in use is told in one line, 69")
    void portInUse() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String endpoint = "tcp:" + taken.getLocalPort() + ":interface=127.0.0.1";
            assertEquals(69, console.run("echo", "--listen", "tcp:0:interface=127.0.0.1", "--listen", endpoint));
        }
        assertThat(console.err()).startsWith("bowline: cannot listen on tcp:").hasLineCount(1);
        assertThat(console.logs).isEmpty();
    }

    @Test
    @DisplayName("RUN-1: the log goes to standard output, as text if that is a terminal, else as JSON")
    void logFormats() {
        console.makers.add(new Brief());
        console.terminal = true;
        console.run("brief");
        assertThat(console.logs).hasSize(1);
        LogPublisher only = new LogPublisher(console.logs.getFirst());
        Logger.of("poetry").to(only).info("3 readers");
        Logger.of("poetry").to(only).debug("too quiet");
        assertThat(console.out()).endsWith("[poetry#info] 3 readers\n");

        console.terminal = false;
        console.run("--log-level", "debug", "brief");
        Logger.of("poetry").to(new LogPublisher(console.logs.getLast())).debug("loud enough");
        assertThat(console.out().lines().toList().getLast())
                .startsWith("{")
                .contains("loud enough")
                .endsWith("}");
    }

    @Test
    @DisplayName("RUN-1: --log-file appends")
    void logFileAppends() throws IOException {
        console.makers.add(new Brief());
        Path path = Files.writeString(folder.resolve("log"), "before\n");
        console.run("--log-file", path.toString(), "--log-format", "text", "brief");
        Logger.of("poetry").to(new LogPublisher(console.logs.getFirst())).info("after");

        assertThat(Files.readString(path)).startsWith("before\n").endsWith("[poetry#info] after\n");
    }

    @Test
    @DisplayName("RUN-1: --log-syslog tells a daemon as well, and the end of the run waits until it is told")
    void logSyslogTellsADaemon() throws Exception {
        console.makers.add(new Brief());
        console.onLog = observer -> Logger.of("poetry").to(observer).info("3 readers");
        try (var daemon = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            console.run("--log-syslog", "tcp:127.0.0.1:" + daemon.getLocalPort() + ":framing=lines", "brief");
            try (Socket connection = daemon.accept()) {
                String sent = new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(sent).startsWith("<30>1 ").contains(" bowline ").endsWith(" 3 readers\n");
            }
        }
        assertThat(console.out()).contains("3 readers");
    }

    @Test
    @DisplayName("RUN-3: what describes no syslog daemon is refused in plain words")
    void logSyslogIsRefused() {
        console.makers.add(new Brief());
        for (String wrong : List.of(
                "smoke:hill",
                "udp:127.0.0.1",
                "tcp:host:0",
                "tcp:host:x",
                "udp:host:514:framing=lines",
                "unix:/dev/log:framing=drum")) {
            assertEquals(64, console.run("--log-syslog", wrong, "brief"), wrong);
            assertThat(console.err()).contains("--log-syslog \"" + wrong + "\" is no syslog daemon: ");
        }
        for (String port : List.of("0", "65536", "x", "", "99999999999")) {
            console.forget();
            assertEquals(64, console.run("--log-syslog", "tcp:host:" + port, "brief"), port);
            assertThat(console.err())
                    .contains("its port \"" + port + "\" is not a number from 1 to 65535")
                    .contains("\n  write udp:HOST:514");
        }
    }

    @Test
    @DisplayName("SIG-3: exit codes of signals are those that shells know")
    void signalCodes() {
        assertEquals(130, ExitCode.ofSignal("INT"));
        assertEquals(143, ExitCode.ofSignal("TERM"));
        assertEquals(129, ExitCode.ofSignal("HUP"));
    }

    /// The texts that are logged from now on.
    private List<String> texts() {
        var texts = new CopyOnWriteArrayList<String>();
        console.onLog = _ -> {};
        LogObserver recorder = event -> texts.add(event.text());
        LogPublisher.global().add(recorder);
        console.logs.add(recorder); // removed with the others
        return texts;
    }

    @Test
    @DisplayName("several services are ready one after the other, under names of their own, and stop together")
    void severalServices() {
        console.makers.add(new Brief());
        List<String> texts = texts();

        String listen = "--listen=tcp:0:interface=127.0.0.1";
        assertEquals(0, console.run("echo", listen, "+", "brief", "+", "echo", listen), console.err());
        assertThat(texts)
                .filteredOn(text -> text.contains(" is ready: "))
                .satisfiesExactly(
                        text -> assertThat(text).startsWith("echo is ready: listening on tcp 127.0.0.1:"),
                        text -> assertEquals("brief is ready: running", text),
                        text -> assertThat(text).startsWith("echo-2 is ready: listening on tcp 127.0.0.1:"));
        assertThat(texts).filteredOn(text -> text.endsWith(" Closed)")).hasSize(2);
        assertThat(seen).endsWith("stopped, running");
    }

    @Test
    @DisplayName("RUN-3: one service that cannot start ends all, with its exit code")
    void oneFails() throws IOException {
        console.makers.add(new Brief());
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String endpoint = "tcp:" + taken.getLocalPort() + ":interface=127.0.0.1";
            assertEquals(69, console.run("brief", "+", "echo", "--listen", endpoint, "--reactors", "2"));
        }
        assertThat(console.err()).startsWith("bowline: cannot listen on tcp:").hasLineCount(1);
        assertThat(seen).endsWith("stopped");
    }

    @Test
    @DisplayName("--reactors: a service that can is on all of them, another says that it is on one")
    void severalReactors() {
        console.makers.add(new Brief());
        List<String> texts = texts();

        assertEquals(
                0,
                console.run("--reactors", "3", "echo", "--listen", "tcp:0:interface=127.0.0.1", "+", "brief"),
                console.err());
        assertThat(texts)
                .filteredOn(text -> text.contains(" is ready: "))
                .satisfiesExactly(
                        text -> assertThat(text).matches("echo is ready: listening on tcp 127.0.0.1:\\d+; 3 reactors"),
                        text -> assertEquals(
                                "brief is ready: running; it knows no more than one of the 3 reactors", text));
        assertThat(texts).filteredOn(text -> text.endsWith(" Closed)")).hasSize(3);
    }

    @Test
    @DisplayName("--reactors: a UNIX socket is shared as a port is; standard input has one reader")
    @DisabledOnOs(OS.WINDOWS)
    void severalReactorsAtAUnixSocket() {
        console.makers.add(new Brief());
        List<String> texts = texts();

        Path socket = folder.resolve("echo");
        assertEquals(
                0, console.run("--reactors", "3", "echo", "--listen", "unix:" + socket, "+", "brief"), console.err());
        assertThat(texts).contains("echo is ready: listening on unix:" + socket + "; 3 reactors");
        assertThat(texts).filteredOn(text -> text.endsWith(" Closed)")).hasSize(3);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    @DisplayName("--sharing: each reactor has a socket of its own, where the endpoint can")
    @EnabledOnOs(OS.LINUX)
    void sharing() {
        console.makers.add(new Brief());
        List<String> texts = texts();
        assertEquals(
                0,
                console.run(
                        "--reactors",
                        "2",
                        "--sharing",
                        "reuse-port",
                        "echo",
                        "--listen",
                        "tcp:0:interface=127.0.0.1",
                        "+",
                        "brief"),
                console.err());
        assertThat(texts).filteredOn(text -> text.endsWith("; 2 reactors")).hasSize(1);

        Path socket = folder.resolve("echo");
        assertEquals(
                64, console.run("--reactors", "2", "--sharing", "reuse-port", "echo", "--listen", "unix:" + socket));
        assertThat(console.err())
                .contains("--listen: UNIX sockets, as unix:" + socket + " is one, are not shared by SO_REUSEPORT")
                .contains("\n  let several reactors share it in another way");
        console.forget();
        assertEquals(64, console.run("--sharing", "fairly", "brief"));
        assertThat(console.err())
                .contains("--sharing \"fairly\" is no way to share a port")
                .contains("write auto, hand-off or reuse-port");
    }

    @Test
    @DisplayName("--affinity is refused where it makes no sense, and by a backend that binds no threads")
    void refusesAffinity() {
        console.makers.add(new Brief());
        for (String nonsense : new String[] {"all", "1-", "-1", "0,,2", "9000", "5-2", ""}) {
            console.forget();
            assertEquals(64, console.run("--affinity=" + nonsense, "brief"), nonsense);
            assertThat(console.err()).contains("--affinity").contains("write auto, or numbers as in 0,2-5");
        }
        console.forget();
        assertEquals(64, console.run("--reactor", "nio", "--affinity", "0", "brief"));
        assertThat(console.err())
                .contains("--affinity: the backend \"nio\" binds no threads")
                .contains("leave it out to run wherever there is room")
                .doesNotContain("--reactor");
    }

    @Test
    @DisplayName("log lines of several services say whose they are; those of one alone do not")
    void namesInTheLog() {
        console.makers.add(new Brief());
        var systems = new ArrayList<String>();
        console.onLog = _ -> {};
        LogObserver recorder = event -> systems.add(event.system() + " " + event.text());
        LogPublisher.global().add(recorder);
        console.logs.add(recorder); // removed with the others
        console.makers.add(new Visited());
        assertEquals(0, console.run("visited", "+", "visited"), console.err());
        assertThat(systems).anyMatch(line -> line.matches("visited/Talk,0,127.0.0.1 spoken"));
        assertThat(systems).anyMatch(line -> line.matches("visited-2/Talk,0,127.0.0.1 spoken"));

        systems.clear();
        assertEquals(0, console.run("visited"), console.err());
        assertThat(systems).anyMatch(line -> line.matches("Talk,0,127.0.0.1 spoken"));
    }

    /// Makes a service with one visitor, whose end is the end of the run.
    private static final class Visited implements ServiceMaker {
        @Override
        public String name() {
            return "visited";
        }

        @Override
        public String summary() {
            return "Says a word to a visitor";
        }

        @Override
        public Service makeService(ServiceArguments arguments, Reactor reactor) {
            class Talk extends Protocol {
                @Override
                public void connectionMade() {
                    reactor.callLater(Duration.ofMillis(100), () -> {
                        if (reactor.running()) {
                            transport().loseConnection();
                        }
                    });
                }

                @Override
                public void connectionLost(Failure reason) {
                    Logger.of("talk").info("spoken");
                }

                @Override
                public String logPrefix() {
                    return "Talk";
                }
            }
            ServerService server = ServerService.of(reactor, "tcp:0:interface=127.0.0.1", Factory.of(Talk::new));
            reactor.callWhenRunning(() -> {
                var client = new Protocol() {
                    @Override
                    public void connectionLost(Failure reason) {
                        if (reactor.running()) {
                            stop(reactor);
                        }
                    }
                };
                Address.IPv4 host = (Address.IPv4) Objects.requireNonNull(server.host());
                new TcpClientEndpoint(reactor, host.host(), host.port(), ConnectOptions.DEFAULT)
                        .connect(Factory.of(() -> client));
            });
            return server;
        }

        private static void stop(Reactor reactor) {
            try {
                reactor.stop();
            } catch (ReactorNotRunning already) {
                // The other one has done it.
            }
        }
    }

    /// Makes a service that runs for one turn, and tells what happens to it.
    private class Brief implements ServiceMaker {

        void running(Reactor reactor) {
            seen.add("running, log " + console.logs.size());
            reactor.callLater(Duration.ofMillis(30), reactor::stop);
        }

        @Override
        public String name() {
            return "brief";
        }

        @Override
        public String summary() {
            return "Runs for one turn";
        }

        @Override
        public Service makeService(ServiceArguments arguments, Reactor reactor) {
            seen.add("made");
            reactor.callWhenRunning(() -> running(reactor));
            return new Service() {
                @Override
                protected void privilegedStartService() {
                    seen.add("privileged");
                }

                @Override
                protected void startService() {
                    seen.add("started, log " + console.logs.size());
                }

                @Override
                protected Deferred<@Nullable Void> stopService() {
                    seen.add(reactor.running() ? "stopped, running" : "stopped");
                    return Deferred.succeed(null);
                }
            };
        }
    }
}
