package bowline.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import bowline.junit.Program;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The Java of the README compiles and does what the README says, as it stands there.
class ReadmeTest {
    /// What the README's fragments take for granted, in front of them.
    private static final String BEFORE_FRAGMENT = """
            import static org.junit.jupiter.api.Assertions.assertTrue;
            import bowline.log.Logger;
            import bowline.protocol.Protocol;
            import bowline.reactor.Reactor;
            import bowline.testing.*;
            import bowline.time.Clock;
            import bowline.web.client.Agent;
            import java.net.URI;
            import java.time.Duration;

            static final Logger log = Logger.of("readme");

            static class Chat extends Protocol {
                final Clock clock;

                Chat(Clock clock) {
                    this.clock = clock;
                }

                @Override public void connectionMade() {
                    clock.callLater(Duration.ofMinutes(1), () -> transport().loseConnection());
                }
            }

            void main(String[] args) throws Exception {
                var reactor = Reactor.create();
                var agent = new Agent(reactor);
                var uri = URI.create(args[0]);
            """;

    private static final String RUN = "reactor.run();\n}\n";

    @TempDir
    private Path folder;

    private final Path home = Checkout.folder();

    @Test
    @DisplayName("the program runs by the command beneath it, and echoes")
    void echo() throws Exception {
        Path lib = home.resolve("launcher/target/lib");
        Assumptions.assumeTrue(Files.isDirectory(lib), "./bowline is not built");
        String command = "java -p launcher/target/lib --add-modules bowline.core Echo.java";
        assertThat(readme()).contains("`" + command + "`");
        try (Program echo = Program.command(List.of(
                java(),
                "-p",
                lib.toString(),
                "--add-modules",
                "bowline.core",
                echoOnFreePort().toString()))) {
            assertEquals("ahoy", ask(Integer.parseInt(echo.port()), "ahoy"));
            echo.interrupt();
            assertThat(echo.rest()).isEmpty();
        }
    }

    /// The program itself, but for the port: a test takes a free one, and has to be told which.
    private Path echoOnFreePort() throws Exception {
        String listen = "reactor.listenTcp(8000, Factory.of(Echo::new))";
        String program = block("class Echo");
        assertThat(program).contains(listen);
        String told = "IO.println(\"starting on \" + " + listen.replace("8000", "0") + ".port())";
        return Files.writeString(folder.resolve("Echo.java"), program.replace(listen, told));
    }

    @Test
    @DisplayName("the chain of Deferreds prints the page in lower case, and the program ends")
    void chain() throws Exception {
        printsThePage(block("addCallback"));
    }

    @Test
    @DisplayName("so do the straight lines")
    void straightLines() throws Exception {
        printsThePage(block("await()"));
    }

    @Test
    @DisplayName("the chain logs an error and ends too")
    void chainWithError() throws Exception {
        try (Program program = fragment(block("addCallback") + RUN, "http://127.0.0.1:" + closedPort() + "/")) {
            assertThat(program.rest()).anyMatch(line -> line.contains("ConnectionRefused"));
        }
    }

    @Test
    @DisplayName("the test of an idle connection holds")
    void testWithoutWaiting() throws Exception {
        try (Program program = fragment(block("ManualClock") + "IO.println(\"holds\");\n}\n", "http://127.0.0.1/")) {
            assertEquals(List.of("holds"), program.rest());
        }
    }

    @Test
    @DisplayName("these are all there is")
    void allBlocksAreTested() throws Exception {
        assertEquals(4, blocks().size(), "a new block of Java wants a test here");
    }

    private void printsThePage(String statements) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] page = "Some CONTENTS".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        server.start();
        String uri = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
        try (Program program = fragment(statements + RUN, uri)) {
            assertEquals(List.of("some contents"), program.rest());
            assertEquals(0, program.exitCode());
        } finally {
            server.stop(0);
        }
    }

    /// A fragment with what it takes for granted around it, as a program in one file.
    private Program fragment(String statements, String uri) throws Exception {
        Path file = Files.writeString(folder.resolve("Fragment.java"), BEFORE_FRAGMENT + statements);
        return Program.command(List.of(
                java(),
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                file.toString(),
                uri));
    }

    /// The one block that has `mark` in it.
    private String block(String mark) throws Exception {
        List<String> found =
                blocks().stream().filter(block -> block.contains(mark)).toList();
        assertEquals(1, found.size(), "blocks of Java in the README with " + mark);
        return found.getFirst();
    }

    private List<String> blocks() throws Exception {
        return MarkdownBlock.java(home.resolve("README.md")).stream()
                .map(MarkdownBlock::text)
                .toList();
    }

    private String readme() throws Exception {
        return Files.readString(home.resolve("README.md"));
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static int closedPort() throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return server.getLocalPort();
        }
    }

    private static String ask(int port, String text) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            byte[] sent = text.getBytes(StandardCharsets.UTF_8);
            socket.getOutputStream().write(sent);
            return new String(socket.getInputStream().readNBytes(sent.length), StandardCharsets.UTF_8);
        }
    }
}
