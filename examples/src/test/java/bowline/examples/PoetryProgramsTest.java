package bowline.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.junit.Program;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every poetry client fetches every poem whole from slow servers; what each does about a server that is not there
/// is the story of the seeds.
class PoetryProgramsTest {
    private static Program first;
    private static Program second;
    private static String firstPort;
    private static String secondPort;

    @BeforeAll
    static void startServers() throws Exception {
        first = Program.start(PoetryServer.class, "-", "0", "10", "50");
        second = Program.start(PoetryServer.class, "-", "0", "20", "70");
        firstPort = first.port();
        secondPort = second.port();
    }

    @AfterAll
    static void stopServers() {
        first.close();
        second.close();
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                PoetryBlocking.class,
                PoetrySelect.class,
                PoetryClient1.class,
                PoetryClient2.class,
                PoetryClient3.class,
                PoetryClient31.class,
                PoetryDeferred.class,
                PoetryAwait.class
            })
    @DisplayName("P12 to P18: both poems come whole")
    void fetchesBothPoemsWhole(Class<?> client) throws Exception {
        String poem = new String(PoetryServer.ownPoem(), StandardCharsets.UTF_8);

        String printed = String.join("\n", Program.output(client, firstPort, "127.0.0.1:" + secondPort)) + "\n";

        int at = printed.indexOf(poem);
        assertTrue(at >= 0, () -> "no poem in " + printed);
        assertTrue(printed.indexOf(poem, at + poem.length()) >= 0, () -> "no second poem in " + printed);
    }

    @Test
    @DisplayName("P13: pieces of both poems come in turns")
    void selectInterleaves() throws Exception {
        List<String> lines = Program.output(PoetrySelect.class, firstPort, secondPort);

        int firstEnd = lines.indexOf("Task 1 finished");
        assertThat(lines.subList(0, firstEnd)).anyMatch(line -> line.startsWith("Task 2: got "));
    }

    @Test
    @DisplayName("P14: client 1.0 crashes on a refused connection")
    void clientOneCrashes() throws Exception {
        try (Program client = Program.start(PoetryClient1.class, closedPort())) {
            assertThat(client.rest()).anyMatch(line -> line.contains("java.net.ConnectException"));
            assertNotEquals(0, client.exitCode());
        }
    }

    @Test
    @DisplayName("P15: client 2.0 never ends on a failed connection, though it has the other poem")
    void clientTwoWaitsForEver() throws Exception {
        try (Program client = Program.start(PoetryClient2.class, closedPort(), firstPort)) {
            int got = 0;
            while (got < PoetryServer.ownPoem().length) {
                got += Integer.parseInt(
                        client.await("got (\\d+) bytes of poetry").group(1));
            }
            client.interrupt();

            assertThat(client.rest()).noneMatch(line -> line.startsWith("Got "));
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {PoetryClient31.class, PoetryDeferred.class, PoetryAwait.class})
    @DisplayName("P17, P18: a failed connection is told, the other poem comes, the program ends")
    void failureIsTold(Class<?> client) throws Exception {
        try (Program program = Program.start(client, closedPort(), firstPort)) {
            List<String> lines = program.rest();

            assertThat(lines).anyMatch(line -> line.startsWith("Couldn't download poem"));
            assertThat(lines).contains("THE LOOP");
            assertEquals(0, program.exitCode());
        }
    }

    @Test
    @DisplayName("P12: without arguments it says how to call it")
    void usage() throws Exception {
        try (Program program = Program.start(PoetryBlocking.class)) {
            assertThat(program.rest().getFirst()).isEqualTo("Usage: poetry-blocking [HOST:]PORT ...");
            assertEquals(64, program.exitCode());
        }
    }

    private static String closedPort() throws Exception {
        return String.valueOf(ReactorProgramsTest.closedPort());
    }
}
