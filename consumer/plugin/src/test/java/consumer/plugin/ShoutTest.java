package consumer.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.junit.Program;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// `./bowline` finds a service in a jar that it has never seen (RUN-9).
class ShoutTest {

    private static final String JAR = System.getProperty("consumer.plugin");
    private static final int TERMINATED = 128 + 15;

    @Test
    void standsInTheHelpBesideOurServices() throws Exception {
        try (Program help = bowline("--plugin-path", JAR, "--help")) {
            help.await("echo +Send back");
            help.await("shout +Send every line back in capital letters");
            assertEquals(0, help.exitCode());
        }
    }

    @Test
    void isUnknownWithoutTheJar() throws Exception {
        try (Program run = bowline("shout")) {
            run.await("no service \"shout\"");
            assertEquals(64, run.exitCode());
        }
    }

    @Test
    void servesUntilItIsTerminated() throws Exception {
        try (Program shout = bowline("--plugin-path", JAR, "shout", "--listen", "tcp:0:interface=127.0.0.1")) {
            String port = shout.await("127\\.0\\.0\\.1:(\\d+)").group(1);

            assertEquals("AHOY", ask(Integer.parseInt(port), "ahoy"));

            shout.signal("TERM");
            assertEquals(TERMINATED, shout.exitCode());
        }
    }

    @Test
    void aJarThatIsNotThereIsNamed() throws Exception {
        try (Program run = bowline("--plugin-path", "/no/such.jar", "shout")) {
            assertTrue(run.await("no plug-in at (\\S+);").group(1).equals("/no/such.jar"));
            assertEquals(64, run.exitCode());
        }
    }

    private static Program bowline(String... words) throws Exception {
        return Program.command(Stream.concat(Stream.of(System.getProperty("consumer.bowline")), Stream.of(words))
                .toList());
    }

    private static String ask(int port, String line) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
            return in.readLine();
        }
    }
}
