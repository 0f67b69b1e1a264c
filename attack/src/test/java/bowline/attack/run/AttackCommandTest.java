package bowline.attack.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertEquals;

import bowline.defer.Deferred;
import bowline.protocol.Factory;
import bowline.protocol.LineOnlyReceiver;
import bowline.protocol.Protocol;
import bowline.reactor.Reactor;
import bowline.service.ServiceArguments;
import bowline.service.UsageError;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `bowline attack` against services on a reactor of their own.
@Timeout(60)
class AttackCommandTest {
    private final AttackCommand command = new AttackCommand();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Reactor services = Reactor.create();
    private final Thread thread = new Thread(() -> services.run(false), "services");

    @BeforeEach
    void begin() {
        thread.start();
    }

    @AfterEach
    void end() throws Exception {
        services.callFromThread(services::stop);
        thread.join();
    }

    private String listen(Factory<?> factory) throws Exception {
        int port = services.blockingCallFromThread(
                () -> Deferred.succeed(services.listenTcp(0, factory).port()));
        return "tcp:host=127.0.0.1:port=" + port;
    }

    private int run(List<String> words, String... namesAndValues) throws Exception {
        Map<String, List<String>> given = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            given.put(namesAndValues[i], List.of(namesAndValues[i + 1]));
        }
        return command.run(
                ServiceArguments.of(command.options(), given),
                words,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void endsWithZeroWhenAllHolds() throws Exception {
        String target = listen(Factory.of(Lines::new));

        assertEquals(
                0,
                run(
                        List.of(target),
                        "protocol",
                        "line",
                        "say",
                        "ahoy",
                        "rules",
                        "g1, g7",
                        "seed",
                        "5",
                        "patience",
                        "1s"));

        assertThat(printed().lines().toList())
                .startsWith("Attacking " + target + ", seed 5")
                .anyMatch(line -> line.startsWith("G1   passed     a unit without an end: held; "))
                .anyMatch(line -> line.startsWith("G7   passed     a request cut at random: held; "))
                .endsWith("3 passed, 0 failed, 1 not tried");
    }

    @Test
    void endsWithOneWhenARuleDoesNotHold() throws Exception {
        String target = listen(Factory.of(Parrot::new));

        assertEquals(
                1,
                run(
                        List.of(target),
                        "protocol",
                        "raw",
                        "rules",
                        "G6,G9",
                        "time",
                        "1s",
                        "connections",
                        "30",
                        "patience",
                        "1s"));

        assertThat(printed())
                .contains("G6   FAILED     a peer that says nothing\n       said      nothing\n")
                .contains("keeps all of 30 connections of one source")
                .contains("; to repeat: rules G6,G9, seed 1");
    }

    @Test
    void looksIntoTheLog(@TempDir Path folder) throws Exception {
        Path log = Files.writeString(folder.resolve("log"), "before\u0007\n");
        String target = listen(Factory.of(() -> new LineOnlyReceiver() {
            @Override
            public void lineReceived(String line) {
                try {
                    Files.writeString(log, line + "\n", java.nio.file.StandardOpenOption.APPEND);
                } catch (java.io.IOException impossible) {
                    throw new AssertionError(impossible);
                }
                sendLine(line.getBytes(StandardCharsets.UTF_8));
            }
        }));

        assertEquals(
                1,
                run(List.of(target), "protocol", "line", "rules", "G10", "log", log.toString(), "patience", "500ms"));

        assertThat(printed()).contains("G10  FAILED     control characters in the log");
    }

    @Test
    void saysWhenNobodyTalksLikeThat() throws Exception {
        String target = listen(Factory.of(Parrot::new));

        assertEquals(69, run(List.of(target), "protocol", "socks", "patience", "200ms"));

        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith("bowline: before any attack, a good client got no good answer within 200 ms; does the");
    }

    @Test
    void saysWhenNobodyIsThere() throws Exception {
        int free;
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = probe.getLocalPort();
        }

        assertEquals(69, run(List.of("tcp:127.0.0.1:" + free), "patience", "200ms"));

        assertThat(err.toString(StandardCharsets.UTF_8)).contains("a good client could not connect");
    }

    @Test
    void listsTheRules() throws Exception {
        assertEquals(
                0,
                command.run(
                        ServiceArguments.of(command.options(), Map.of("list", List.of())),
                        List.of(),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        System.err));

        assertThat(printed().lines())
                .hasSize(12)
                .anyMatch("G6   peers that write or read slowly, or say nothing"::equals);
    }

    @Test
    void refusesWhatIsNotThisMachine() {
        for (String there : List.of("tcp:host=192.0.2.1:port=80", "tcp:example.org:80", "socks:127.0.0.1:1080:a:80")) {
            assertThatThrownBy(() -> run(List.of(there)))
                    .isInstanceOf(UsageError.class)
                    .hasMessageContaining("TARGET " + there + " is not plainly this machine");
        }
        assertThatThrownBy(() -> run(List.of("tcp:127.0.0.1:1"), "beside", "tcp:192.0.2.1:80"))
                .isInstanceOf(UsageError.class)
                .hasMessageContaining("--beside tcp:192.0.2.1:80 is not plainly this machine");
        Permission.check("TARGET", "tcp:192.0.2.1:80", true);
        Permission.check("TARGET", "tcp:\\:\\:1:80", false);
        Permission.check("TARGET", "unix:/run/echo", false);
        Permission.check("TARGET", "tcp:host=LOCALHOST:port=1", false);
    }

    @Test
    void saysWhatIsWrongWithTheWords() {
        assertThatThrownBy(() -> run(List.of())).hasMessage("which service is to be attacked?");
        assertThatThrownBy(() -> run(List.of("tcp:127.0.0.1:1", "x"))).hasMessageContaining("one target at a time");
        assertThatThrownBy(() -> run(List.of("tcp:127.0.0.1:1"), "protocol", "smoke"))
                .hasMessage("--protocol \"smoke\" is no protocol known here");
        assertThatThrownBy(() -> run(List.of("tcp:127.0.0.1:1"), "rules", "G1,H7"))
                .hasMessageContaining("--rules: there is no rule H7; there are G1, G2");
        assertThatThrownBy(() -> run(List.of("tcp:127.0.0.1:1"), "time", "0s")).hasMessageContaining("no time at all");
        assertThatThrownBy(() -> run(List.of("smoke:127.0.0.1:1"), "beside", "x", "seed", "y"))
                .isInstanceOf(UsageError.class);
    }

    private static final class Lines extends LineOnlyReceiver {
        @Override
        public void lineReceived(ByteBuffer line) {
            sendLine(line);
        }
    }

    private static final class Parrot extends Protocol {
        @Override
        public void dataReceived(ByteBuffer unread) {
            transport().write(unread);
        }
    }
}
