package bowline.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.junit.Program;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The command servers, seen from a terminal and in their logs.
class CommandProgramsTest {
    private static final String TIME = "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d[+-]\\d{4} ";

    @TempDir
    private Path directory;

    /// A terminal on a connection to a program's port.
    private static final class Terminal implements AutoCloseable {
        private static final int TIME_LIMIT_MILLIS = 20_000;

        private final Socket socket;
        private final BufferedReader in;

        Terminal(String port) throws IOException {
            socket = new Socket("127.0.0.1", Integer.parseInt(port));
            socket.setSoTimeout(TIME_LIMIT_MILLIS);
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        }

        void type(String line) throws IOException {
            socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        }

        @Nullable
        String read() throws IOException {
            return in.readLine();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    @DisplayName("P1, P4: connection, command and loss stand in the log in their exact shape")
    void logsInExactShape() throws Exception {
        try (Program server = Program.start(CommandServer1.class, "0")) {
            String port = server.port();
            try (var terminal = new Terminal(port)) {
                terminal.type("hello server");
                server.await("Cmd received");
            }
            server.await("Lost client connection");
            server.interrupt();
            server.rest();

            List<String> log = server.seen();
            assertThat(log.get(0)).matches(TIME + "\\[-\\] Log opened\\.");
            assertThat(log.get(1)).matches(TIME + "\\[-\\] MyFactory starting on " + port);
            assertThat(log.get(2))
                    .matches(TIME + "\\[-\\] Starting factory <?bowline\\.examples\\.CommandServer1.MyFactory.*");
            assertThat(log.get(3))
                    .matches(
                            TIME
                                    + "\\[bowline\\.examples\\.CommandServer1.MyFactory\\] Client connection from 127\\.0\\.0\\.1");
            assertThat(log.get(4))
                    .matches(TIME
                            + "\\[CmdProtocol,0,127\\.0\\.0\\.1\\] Cmd received from 127\\.0\\.0\\.1 : hello server");
            assertThat(log.get(5))
                    .matches(TIME
                            + "\\[CmdProtocol,0,127\\.0\\.0\\.1\\] Lost client connection\\. Reason: \\[Failure instance: "
                            + "Traceback \\(failure with no frames\\): <class 'bowline\\.protocol\\.ConnectionDone'>: "
                            + "Connection was closed cleanly\\.");
            assertEquals("\t]", log.get(6));
        }
    }

    @Test
    @DisplayName("P1: a client above clientsMax is logged and closed, and one that leaves makes room")
    void refusesClientsAboveTheLimit() throws Exception {
        try (Program server = Program.start(CommandServer1.class, "0")) {
            String port = server.port();
            var first = new Terminal(port);
            try (var second = new Terminal(port)) {
                server.await("Client connection");
                server.await("Client connection");
                try (var third = new Terminal(port)) {
                    server.await("Too many connections, bye!");
                    assertNull(third.read());
                }
                server.await("CmdProtocol,2,.*Lost client connection");
                first.close();
                server.await("CmdProtocol,0,.*Lost client connection");
                try (var fourth = new Terminal(port)) {
                    fourth.type("is there room");
                    server.await("CmdProtocol,3,.*is there room");
                }
                assertTrue(second.socket.isConnected());
            }
        }
    }

    @Test
    @DisplayName("P2, P5: the dialogue: test, lastlog, exit")
    void dialogue() throws Exception {
        Path log = directory.resolve("syslog");
        Files.writeString(log, "==> heading <==\nfirst\nlast\n");
        try (Program server = Program.start(CommandServer2.class, "0", log.toString())) {
            String port = server.port();
            try (Program netcat = Program.start(Netcat.class, "127.0.0.1", port)) {
                netcat.type("test\nlastlog\n");
                assertThat(List.of(
                                netcat.await(".+").group(),
                                netcat.await(".+").group(),
                                netcat.await(".+").group(),
                                netcat.await(".+").group(),
                                netcat.await(".+").group()))
                        .containsExactly("Command not found.", "Begin lastlog", "first", "last", "End lastlog");
            }
            try (var terminal = new Terminal(port)) {
                terminal.type("exit");
                assertNull(terminal.read());
            }
        }
    }

    @Test
    @DisplayName("P2: tail's failure is logged, and the server goes on")
    void logsTheFailureOfTail() throws Exception {
        try (Program server = Program.start(
                CommandServer2.class, "0", directory.resolve("absent").toString())) {
            try (var terminal = new Terminal(server.port())) {
                terminal.type("lastlog");
                assertEquals("Begin lastlog", terminal.read());
                assertEquals("End lastlog", terminal.read());
                server.await("ProcessTerminated");
                terminal.type("x");
                assertEquals("Command not found.", terminal.read());
            }
        }
    }

    @Test
    @DisplayName("P3: comhash answers a file's hash, an error's message, or asks for a path")
    void computesHashes() throws Exception {
        Path file = directory.resolve("file");
        Files.writeString(file, "abc");
        try (Program server = Program.start(CommandServer3.class, "0");
                var terminal = new Terminal(server.port())) {
            terminal.type("comhash " + file);
            assertEquals("File hash is : a9993e364706816aba3e25717850c26c9cd0d89d", terminal.read());
            terminal.type("comhash " + directory.resolve("absent"));
            assertThat(terminal.read()).startsWith("An error occured: ").contains("absent");
            terminal.type("comhash");
            assertEquals("please provide a path.", terminal.read());
            terminal.type("exit");
            assertNull(terminal.read());
        }
    }

    @Test
    @DisplayName("P4: one log of both ends, each line under its own prefix")
    void transcript() throws Exception {
        List<String> lines = Program.output(LogTranscript.class);

        assertThat(lines)
                .anyMatch(line ->
                        line.matches(TIME + "\\[CmdProtocol,0,127\\.0\\.0\\.1\\] Cmd received from .* : lastlog"));
        assertThat(lines).anyMatch(line -> line.matches(TIME + "\\[Visitor,client\\] the server says: Begin lastlog"));
        assertThat(lines).noneMatch(line -> line.contains("heading"));
        assertThat(lines.getLast()).endsWith("Main loop terminated.");
    }
}
