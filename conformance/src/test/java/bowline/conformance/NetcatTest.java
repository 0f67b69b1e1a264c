package bowline.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import bowline.junit.Program;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// P5: the dialogues that a person has with our servers by `nc`.
///
/// `nc` without `-N` tells nobody that its input has ended: what ends it then is that the server hangs up.
class NetcatTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void hasBothEnds() {
        Foreign.require("nc");
        Checkout.requireBuilt();
    }

    @Test
    @DisplayName("P1, P5: the first command server logs what is typed, and turns a third client away")
    void firstCommandServer() throws Exception {
        try (Program server = Checkout.example("command-server-1", "0")) {
            String port = server.port();
            try (Program first = Checkout.netcat(port);
                    Program second = Checkout.netcat(port)) {
                first.typeLine("hello");
                server.await("CmdProtocol,\\d+,127\\.0\\.0\\.1\\] Cmd received from 127\\.0\\.0\\.1 : hello$");
                second.typeLine("wörld");
                server.await("CmdProtocol,\\d+,127\\.0\\.0\\.1\\] Cmd received from 127\\.0\\.0\\.1 : wörld$");

                try (Program third = Checkout.netcat(port)) {
                    server.await("Too many connections, bye!");
                    third.type("");
                    assertThat(third.rest()).isEmpty();
                    assertEquals(0, third.exitCode());
                }
                first.typeLine("still here");
                server.await("Cmd received from 127\\.0\\.0\\.1 : still here$");
            }
        }
    }

    @Test
    @DisplayName("P2, P5: test, lastlog, exit")
    void secondCommandServer() throws Exception {
        Path log = Files.writeString(folder.resolve("syslog"), "==> heading <==\nfirst\nlast\n");
        try (Program server = Checkout.example("command-server-2", "0", log.toString());
                Program netcat = Checkout.netcat(server.port())) {
            netcat.typeLine("test");
            netcat.await("Command not found\\.");
            netcat.typeLine("lastlog");
            netcat.await("End lastlog");
            netcat.type("exit\n");

            assertThat(netcat.rest()).isEmpty();
            assertEquals(0, netcat.exitCode());
            assertThat(netcat.seen())
                    .containsExactly("Command not found.", "Begin lastlog", "first", "last", "End lastlog");
            server.await("Connection was closed cleanly\\.");
        }
    }

    @Test
    @DisplayName("P2, P5: a client that types everything at once and is gone before tail has ended does no harm")
    void allAtOnce() throws Exception {
        Path log = Files.writeString(folder.resolve("syslog"), "first\n");
        try (Program server = Checkout.example("command-server-2", "0", log.toString())) {
            String port = server.port();

            assertThat(said(port, "test\nlastlog\nexit\n")).startsWith("Command not found.\n");
            server.await("Lost client connection");
            assertEquals("Command not found.\n", said(port, "still there?\nexit\n"));
        }
    }

    @Test
    @DisplayName("P3, P5: comhash of a file, of none, of nothing")
    void thirdCommandServer() throws Exception {
        Path file = Files.writeString(folder.resolve("a file"), "abc");
        try (Program server = Checkout.example("command-server-3", "0");
                Program netcat = Checkout.netcat(server.port())) {
            netcat.typeLine("comhash " + file);
            netcat.await("^File hash is : a9993e364706816aba3e25717850c26c9cd0d89d$");
            netcat.typeLine("comhash " + folder.resolve("absent"));
            netcat.await("^An error occured: .*absent");
            netcat.typeLine("comhash");
            netcat.await("^please provide a path\\.$");
            netcat.type("exit\n");

            assertThat(netcat.rest()).isEmpty();
            assertEquals(3, netcat.seen().size());
        }
    }

    @Test
    @DisplayName("P19: the slow poet recites to nc, and hangs up")
    void poem() throws Exception {
        Path poem = Files.writeString(folder.resolve("poem"), "a rope beside the quay\nand nothing more\n");
        try (Program server = Checkout.example("poetry-server", poem.toString(), "0", "10", "7")) {
            assertEquals(Files.readString(poem), said(server.port(), ""));
        }
    }

    @Test
    @DisplayName(
            "RFC 862: echo gives four clients at once their own bytes back, whole, after they have closed their half")
    void echo() throws Exception {
        try (Program server = Checkout.bowline("echo", "--listen", "tcp:0:interface=127.0.0.1");
                var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            String port = server.port();
            var sent = new ArrayList<byte[]>();
            var back = new ArrayList<Future<byte[]>>();
            for (int seed = 0; seed < 4; seed++) {
                byte[] bytes = new byte[3_000_000 + seed];
                new Random(seed).nextBytes(bytes);
                sent.add(bytes);
                back.add(clients.submit(
                        () -> Foreign.run(bytes, "nc", "-N", "127.0.0.1", port).out()));
            }
            for (int i = 0; i < back.size(); i++) {
                assertArrayEquals(sent.get(i), back.get(i).get(), "client " + i);
            }
        }
    }

    /// What `nc` prints when all its input is there from the start.
    private static String said(String port, String typed) throws Exception {
        Foreign.Result result = Foreign.run(typed.getBytes(StandardCharsets.UTF_8), "nc", "127.0.0.1", port);
        assertThat(List.of(result.exitCode(), result.err())).isEqualTo(List.of(0, ""));
        return result.text();
    }
}
