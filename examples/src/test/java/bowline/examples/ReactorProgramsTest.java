package bowline.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import bowline.junit.Program;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// The programs about the reactor itself, as a person sees them.
class ReactorProgramsTest {

    @Test
    @DisplayName("P10: three times at 1, 2 and 3 seconds, the end at 5, and text around the run")
    void timersPrintTheTime() throws Exception {
        List<String> lines = Program.output(Timers.class);

        assertEquals("Running the reactor...", lines.getFirst());
        assertThat(lines.subList(1, 4)).allMatch(line -> line.matches("Current time is \\d\\d:\\d\\d:\\d\\d"));
        assertEquals(List.of("Stopping reactor", "Reactor stopped."), lines.subList(4, 6));
    }

    @Test
    @DisplayName("P10: Ctrl-C ends the program in good order before its time")
    void timersEndAtAnInterrupt() throws Exception {
        try (Program timers = Program.start(Timers.class)) {
            timers.await("Current time is");
            timers.interrupt();

            assertThat(timers.rest()).contains("Reactor stopped.").doesNotContain("Stopping reactor");
        }
    }

    @Test
    @DisplayName("P11: says that it connected, to what listens")
    void connectionTestConnects() throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(server.getLocalPort());

            assertEquals(List.of("Connected to port " + port), Program.output(ConnectionTest.class, "127.0.0.1", port));
        }
    }

    @Test
    @DisplayName("P11: says why it could not connect")
    void connectionTestFails() throws Exception {
        String port = String.valueOf(closedPort());

        List<String> lines = Program.output(ConnectionTest.class, "127.0.0.1", port);

        assertThat(lines).singleElement().asString().startsWith("Error connecting to port " + port + ": ");
    }

    @Test
    @DisplayName("P11: wrong arguments get the usage and exit code 1")
    void connectionTestUsage() throws Exception {
        try (Program program = Program.start(ConnectionTest.class)) {
            assertEquals(List.of("Usage: connection-test HOST PORT"), program.rest());
            assertEquals(1, program.exitCode());
        }
    }

    @Test
    @DisplayName("P20: the exception is reported and the loop goes on")
    void exceptionDoesNotStopTheLoop() throws Exception {
        List<String> lines = Program.output(CallbackException.class);

        assertThat(lines).anyMatch(line -> line.contains("IllegalStateException: I fall down."));
        assertThat(lines).anyMatch(line -> line.endsWith("But I get up again."));
        assertThat(lines.getLast()).endsWith("Main loop terminated.");
    }

    @Test
    @DisplayName("P22: the stack shows the callback, called by the reactor, called by main")
    void stackShowsTheReactor() throws Exception {
        List<String> lines = Program.output(CallStack.class);

        assertThat(lines.get(1)).contains("CallStack.stack");
        assertThat(lines).anyMatch(line -> line.contains("bowline.reactor"));
        assertThat(lines.getLast()).contains("CallStack.main");
    }

    @Test
    @DisplayName("P23: timed events run in the order of their times")
    void pseudoLoopRunsInOrder() throws Exception {
        assertEquals(
                List.of(
                        "the first event, after 100 ms",
                        "the second, which makes another",
                        "the other, 50 ms later",
                        "the last, which ends the loop"),
                Program.output(PseudoLoop.class));
    }

    @Test
    @DisplayName("UDP-2, UDP-5: a datagram comes back from the UDP server, and where none is that is said")
    void udpPrograms() throws Exception {
        String port;
        try (Program server = Program.start(UdpEcho.class, "0")) {
            port = server.port();
            assertThat(Program.output(UdpAsk.class, "127.0.0.1", port, "hello"))
                    .contains("hello (from 127.0.0.1:" + port + ")");
        }
        assertThat(Program.output(UdpAsk.class, "127.0.0.1", port, "hello"))
                .contains("Nobody listens at 127.0.0.1:" + port);
        assertThat(Program.output(UdpAsk.class)).containsExactly("Usage: udp-ask HOST PORT TEXT");
    }

    static int closedPort() throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return server.getLocalPort();
        }
    }
}
