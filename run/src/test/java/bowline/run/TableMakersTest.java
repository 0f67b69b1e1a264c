package bowline.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import bowline.protocol.Address;
import bowline.service.ServerService;
import bowline.service.Service;
import bowline.service.ServiceArguments;
import bowline.service.ServiceMaker;
import bowline.supervise.DatagramService;
import bowline.supervise.HandingService;
import bowline.supervise.ProcessMonitor;
import bowline.supervise.SuperServer;
import bowline.testing.MemoryReactor;
import bowline.testing.MemoryTransport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The services whose tables come from a file: `bowline procmon` and `bowline inetd` (RUN-6, RUN-7), and the limits
/// that `bowline echo` shares with them.
class TableMakersTest {
    private final Console console = new Console();
    private final MemoryReactor reactor = new MemoryReactor();

    @TempDir
    private Path folder;

    private static <T> T made(
            ServiceMaker maker, MemoryReactor reactor, Map<String, List<String>> given, Class<T> type) {
        return type.cast(maker.makeService(ServiceArguments.of(maker.options(), given), reactor));
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("table.conf"), text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"procmon", "inetd", "echo"})
    @DisplayName("RUN-8: each has help with its limits and examples")
    void help(String name) {
        assertEquals(0, console.run(name, "--help"));
        assertThat(console.out()).contains("bowline " + name + " --").contains("=TIME");
    }

    // procmon

    @Test
    @DisplayName("RUN-6: programs from a file and from the command line")
    void programs() throws IOException {
        Path table = file("# what runs here\n\n  web  env.LANG=C run sleep 10\r\n");
        ProcessMonitor monitor = made(
                new ProcmonMaker(),
                reactor,
                Map.of(
                        "config", List.of(table.toString()),
                        "program", List.of("tick directory=" + folder + " run sh -c 'sleep 1'")),
                ProcessMonitor.class);

        assertEquals(List.of("web", "tick"), monitor.names());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "web | says not what to do; write NAME",
                "web run | run without a program; ",
                "web stop it | \"stop\" is not run; ",
                "web colour=red run x | there is no setting colour; the settings are directory, env.VARIABLE",
                "web directory=/no/such run x | directory /no/such is none; ",
                "web env.A=1 env.A=2 run x | sets env.A twice; ",
                "web run \"x | has no closing \" for the one at column 9; ",
            })
    @DisplayName("RUN-3: a wrong line of a file is told with file, line and advice, 78; one of an option, 64")
    void wrongLines(String line, String complaint) throws IOException {
        Path table = file("ok run true\n" + line + "\n");
        assertEquals(78, console.run("procmon", "--config", table.toString()));
        assertThat(console.err())
                .startsWith("bowline: " + table + ", line 2: " + complaint)
                .hasLineCount(1);

        assertEquals(64, console.run("procmon", "--program", line));
        assertThat(console.err())
                .contains("--program \"" + line + "\": " + complaint.split(";")[0]);
    }

    @Test
    void aNameIsTakenOnce() throws IOException {
        Path table = file("a run true\na run false\n");
        assertEquals(78, console.run("procmon", "--config", table.toString()));
        assertThat(console.err()).contains("line 2: the name \"a\" is empty or taken");
    }

    @Test
    void aFileThatCannotBeReadIsRefused() throws IOException {
        assertEquals(
                64, console.run("procmon", "--config", folder.resolve("none").toString()));
        assertThat(console.err()).contains("is not a file that can be read: there is no such file");

        Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xFF, 0});
        assertEquals(78, console.run("procmon", "--config", binary.toString()));
        assertThat(console.err()).contains("is not text in UTF-8");

        Path large = file("#".repeat(TableLine.FILE_MAX_BYTES + 1));
        assertEquals(78, console.run("procmon", "--config", large.toString()));
        assertThat(console.err()).contains("is longer than the 1048576 bytes that are read");
    }

    @Test
    void aTableHasALimitAndMayNotBeEmpty() throws IOException {
        Path most = file("tcp:7 echo\n".repeat(TableLine.MAX_LINES));
        made(new InetdMaker(), reactor, Map.of("config", List.of(most.toString())), SuperServer.class);
        Path more = file("tcp:7 echo\n".repeat(TableLine.MAX_LINES + 1));
        assertEquals(64, console.run("inetd", "--config", more.toString()));
        assertThat(console.err()).contains("1001 lines are more than the 1000");

        Path full = file("#".repeat(TableLine.FILE_MAX_BYTES));
        assertEquals(64, console.run("procmon", "--config", full.toString()));
        assertThat(console.err()).contains("there is nothing to do");
        assertEquals(64, console.run("procmon"));
    }

    @Test
    void wrongTimesAreRefused() {
        for (String[] wrong : new String[][] {
            {"--restart-delay", "0s", "no time at all"},
            {"--max-restart-delay", "10ms", "shorter than --restart-delay"},
            {"--kill-timeout", "soon", "not a length of time"},
            {"--max-line", "0", "not a whole number from 1"}
        }) {
            assertEquals(64, console.run("procmon", "--program", "a run true", wrong[0], wrong[1]));
            assertThat(console.err()).contains(wrong[0] + " \"" + wrong[1] + "\" is " + wrong[2]);
        }
    }

    // inetd

    @Test
    @DisplayName("RUN-7: wait gives the port itself to a program, and what is no port is refused")
    void portsForPrograms() throws Exception {
        SuperServer server = made(
                new InetdMaker(),
                reactor,
                Map.of(
                        "service",
                        List.of("udp:69 name=tftp wait in.tftpd /srv", "tcp:79 max-starts=5 wait fingerd wait")),
                SuperServer.class);

        assertThat(server.children())
                .hasOnlyElementsOfType(HandingService.class)
                .hasSize(2);
        assertEquals(64, console.run("inetd", "--service", "unix:/run/x wait sh"));
        assertThat(console.err()).contains("is no port to be handed to a program");
        assertEquals(64, console.run("inetd", "--service", "tcp:79 wait"));
        assertThat(console.err()).contains("wait without a program");
    }

    @Test
    @DisplayName("RUN-7: services from a file and from the command line, each with limits of its own")
    void services() throws Exception {
        Path table = file("tcp:7:interface=127.0.0.1  max-connections=1  echo\nudp:13 daytime\n");
        SuperServer server = made(
                new InetdMaker(),
                reactor,
                Map.of(
                        "config", List.of(table.toString()),
                        "service", List.of("tcp:9 discard"),
                        "max-connections-per-source", List.of("2")),
                SuperServer.class);
        server.start();

        assertThat(server.children())
                .hasExactlyElementsOfTypes(ServerService.class, DatagramService.class, ServerService.class);
        assertEquals(
                new Address.IPv4(Address.Carrier.TCP, "127.0.0.1", 7),
                reactor.tcpServers().getFirst().host());
        assertThat(reactor.tcpServers().getFirst().connect().connected()).isTrue();
        assertThat(reactor.tcpServers().getFirst().connect().connected()).isFalse();
        assertThat(reactor.tcpServers().getLast().connect().connected()).isTrue();
        assertThat(reactor.tcpServers().getLast().connect().connected()).isTrue();
        assertThat(reactor.tcpServers().getLast().connect().connected()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tcp:7 | says not what to do; write ENDPOINT",
                "tcp:7 finger | there is no service \"finger\"; write run and a command, or one of echo, discard",
                "tcp:7 echo loud | echo takes no arguments, but \"loud\" stands behind it; ",
                "smoke:7 echo | endpoint \"smoke:7\" cannot be used: there are no server endpoints of type \"smoke\"",
                "udp:7 run cat | endpoint \"udp:7\" has no connections to start a program for",
                "tcp:7 max-connections=none echo | max-connections \"none\" is not a whole number",
                "tcp:7 idle-timeout=soon echo | idle-timeout \"soon\" is not a length of time",
                "tcp:7 colour=red echo | there is no setting colour; the settings are max-connections, ",
                "echo stream tcp nowait root internal | this is a line of another inetd's file; write ENDPOINT",
                "time dgram udp wait root internal | this is a line of another inetd's file; ",
            })
    @DisplayName("RUN-3: a wrong line of a file is told with file, line and advice, 78")
    void wrongServices(String line, String complaint) throws IOException {
        Path table = file("\n# nothing\n" + line);
        assertEquals(78, console.run("inetd", "--config", table.toString()));
        assertThat(console.err())
                .startsWith("bowline: " + table + ", line 3: " + complaint)
                .hasLineCount(1);
        assertEquals(64, console.run("inetd", "--service", line));
    }

    @Test
    @DisplayName("RUN-3: a NUL is refused wherever it stands, for the system would cut the word there")
    void noNul() throws IOException {
        for (String line : List.of("a directory=/tmp\0/x run true", "a env.X=\0 run true", "a run tr\0ue")) {
            Path table = file("# nothing\n" + line);
            assertEquals(78, console.run("procmon", "--config", table.toString()));
            assertThat(console.err())
                    .startsWith("bowline: " + table + ", line 2: has a NUL character")
                    .contains("take it out");
            console.forget();
        }
    }

    @Test
    @DisplayName("RUN-3: --max-line is a number of bytes, at least one")
    void longestLine() {
        for (String wrong : List.of("0", "-1", "16777217", "long")) {
            assertEquals(64, console.run("procmon", "--program", "a run true", "--max-line", wrong));
            assertThat(console.err())
                    .startsWith("bowline: --max-line \"" + wrong + "\" is not a whole number from 1 to 16777216");
            console.forget();
        }
    }

    // echo

    @Test
    @DisplayName("G8, G9: echo has limits")
    void echoHasLimits() throws Exception {
        var echo = made(
                new EchoMaker(),
                reactor,
                Map.of("max-connections-per-source", List.of("1"), "idle-timeout", List.of("30s")),
                Service.class);
        echo.start();
        MemoryTransport first = reactor.tcpServers().getFirst().connect();
        first.deliver("hello");
        assertEquals("hello", first.text());
        assertThat(reactor.tcpServers().getFirst().connect().connected()).isFalse();
        reactor.advance(Duration.ofSeconds(30));

        assertThat(first.disconnecting()).isTrue();
        assertEquals(64, console.run("echo", "--max-connections", "0"));
    }
}
