package bowline.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.process.Spawn;
import bowline.protocol.Address;
import bowline.service.ServerService;
import bowline.service.Service;
import bowline.supervise.DatagramService;
import bowline.supervise.ServiceLimits;
import bowline.supervise.SmallService;
import bowline.supervise.SuperServer;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// RUN-7: our super-server, its small services and the system's programs, asked by `nc` and `socat`.
@DisabledOnOs(OS.WINDOWS)
class SuperServerTest {
    private static final String TCP = "tcp:0:interface=127.0.0.1";
    private static final String UDP = "udp:0:interface=127.0.0.1";
    private static final ServiceLimits LIMITS = ServiceLimits.USUAL.killTimeout(Duration.ofMillis(300));

    private final LiveReactor live = new LiveReactor();
    private final SuperServer server = new SuperServer(live.reactor());

    @AfterEach
    void end() throws Exception {
        live.await(() -> server.drain(Duration.ZERO).addCallback(_ -> true));
        live.close();
    }

    private String started() throws Exception {
        return live.call(() -> {
            server.start();
            Service only = server.children().getFirst();
            Address host = only instanceof ServerService tcp ? tcp.host() : ((DatagramService) only).host();
            return Integer.toString(((Address.IPv4) Objects.requireNonNull(host)).port());
        });
    }

    private String small(SmallService service) throws Exception {
        server.answer(TCP, service, LIMITS);
        return started();
    }

    private String smallDatagrams(SmallService service) throws Exception {
        server.answer(UDP, service, LIMITS);
        return started();
    }

    private String program(String... command) throws Exception {
        server.run(TCP, "program", Spawn.command(command[0], Arrays.copyOfRange(command, 1, command.length)), LIMITS);
        return started();
    }

    private static String netcat(String port, String input, String... options) throws Exception {
        Foreign.require("nc");
        var command = new ArrayList<>(List.of("nc"));
        command.addAll(Arrays.asList(options));
        command.addAll(List.of("127.0.0.1", port));
        Foreign.Result result = Foreign.run(input.getBytes(StandardCharsets.UTF_8), command.toArray(String[]::new));
        return result.text();
    }

    private static byte[] socat(String address, byte[] input) throws Exception {
        Foreign.require("socat");
        Foreign.Result result = Foreign.run(input, "socat", "-t", "1", "-", address);
        assertEquals(0, result.exitCode(), result.err());
        return result.out();
    }

    private static byte[] noise(int length) {
        byte[] bytes = new byte[length];
        new Random(862).nextBytes(bytes);
        return bytes;
    }

    @Test
    @DisplayName("RFC 862 by nc and socat: everything comes back, a lot of it too")
    void echo() throws Exception {
        String port = small(SmallService.ECHO);
        assertEquals("hello\n", netcat(port, "hello\n", "-N"));
        byte[] much = noise(3_000_000);
        assertThat(socat("TCP:127.0.0.1:" + port, much)).isEqualTo(much);
    }

    @Test
    @DisplayName("RFC 863 by nc: nothing comes back")
    void discard() throws Exception {
        assertEquals("", netcat(small(SmallService.DISCARD), "hello\n", "-N"));
    }

    @Test
    @DisplayName("RFC 864 by socat: lines, until the peer has enough")
    void chargen() throws Exception {
        Foreign.require("socat");
        String port = small(SmallService.CHARGEN);
        Foreign.Result result =
                Foreign.run("sh", "-c", "socat -u TCP:127.0.0.1:" + port + " - 2>/dev/null | head -n 2000 | tail -n 1");
        assertThat(result.text().stripTrailing()).hasSize(72);
    }

    @Test
    @DisplayName("RFC 867 by nc: a line with today's year")
    void daytime() throws Exception {
        assertThat(netcat(small(SmallService.DAYTIME), ""))
                .matches("\\w+, \\w+ \\d+, 20\\d\\d \\d\\d:\\d\\d:\\d\\d-UTC\r\n");
    }

    @Test
    @DisplayName("RFC 868 by socat: four bytes")
    void time() throws Exception {
        assertEquals(4, socat("TCP:127.0.0.1:" + small(SmallService.TIME), new byte[0]).length);
    }

    @Test
    @DisplayName("RFC 862, RFC 867 by socat over UDP")
    void datagrams() throws Exception {
        assertEquals(
                "hello",
                new String(
                        socat(
                                "UDP:127.0.0.1:" + smallDatagrams(SmallService.ECHO),
                                "hello".getBytes(StandardCharsets.US_ASCII)),
                        StandardCharsets.US_ASCII));
    }

    @Test
    @DisplayName("RUN-7: cat gives back what it gets, as far as pipes and connection can take it")
    void cat() throws Exception {
        String port = program("cat");
        byte[] much = noise(3_000_000);
        assertThat(socat("TCP:127.0.0.1:" + port, much)).isEqualTo(much);
    }

    @Test
    @DisplayName("RUN-7: bc calculates until its input ends")
    void bc() throws Exception {
        Foreign.require("bc");
        assertEquals("42\n1024\n", netcat(program("bc", "-q"), "6*7\n2^10\n", "-N"));
    }

    @Test
    @DisplayName("RUN-7: a shell knows who its peer is")
    void shell() throws Exception {
        assertEquals(
                "hello from 127.0.0.1\n",
                netcat(program("sh", "-c", "read name; echo $name from $REMOTE_ADDR"), "hello\n", "-N"));
    }

    @Test
    @DisplayName("RUN-7: a program ends with its connection, and what it had started")
    void programsEndWithTheirConnections() throws Exception {
        String port = program("sh", "-c", "trap '' HUP; sleep 1000 & echo $$ $!; wait");
        String[] pids;
        try (var socket = new Socket("127.0.0.1", Integer.parseInt(port))) {
            InputStream in = socket.getInputStream();
            var line = new StringBuilder();
            for (int c = in.read(); c != '\n'; c = in.read()) {
                line.append((char) c);
            }
            pids = line.toString().split(" ");
            assertTrue(alive(pids[0]) && alive(pids[1]));
            socket.setSoLinger(true, 0); // a reset: the connection is lost, not only ended
        }
        Await.until(() -> !alive(pids[0]) && !alive(pids[1]), () -> "both are gone: " + String.join(" ", pids));
        Await.until(() -> live.call(server::programCount) == 0, () -> "none is counted");
    }

    private static boolean alive(String pid) {
        return ProcessHandle.of(Long.parseLong(pid))
                .filter(ProcessHandle::isAlive)
                .isPresent();
    }
}
