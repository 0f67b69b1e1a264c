package bowline.examples;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.cred.hash.HashScheme;
import bowline.junit.Program;
import bowline.run.Main;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The programs about logging in and proxies, together: one asks the other through `bowline socks`.
class LoginProgramsTest {
    @TempDir
    private Path folder;

    @Test
    @DisplayName("CRD-1, CRD-9, SOC-2: members and guests, as --auth names them, through a proxy")
    void loginThroughAProxy() throws Exception {
        Path users = Files.writeString(
                folder.resolve("users"),
                "anna:"
                        + HashScheme.BCRYPT
                                .hash("s3cret", new byte[HashScheme.SALT_BYTES])
                                .text());
        try (Program server = Program.start(LoginServer.class, "0", "file:" + users, "anonymous");
                Program proxy = Program.start(
                        Main.class,
                        "--log-format",
                        "text",
                        "socks",
                        "--allow-private",
                        "--listen",
                        "tcp:0:interface=127.0.0.1")) {
            String way = "tcp:127.0.0.1:" + proxy.port();
            String port = server.port();

            assertThat(ask(way, port, "anna guess", "anna s3cret", "whoami", "who", "exit", "who"))
                    .containsExactly(
                            "Who is there? NAME PASSWORD, or guest",
                            "No.",
                            "Come in.",
                            "You are \"anna\".",
                            "Here are [\"anna\"].");
            assertThat(ask(way, port, "guest", "whoami", "who", "exit"))
                    .endsWith("Come in.", "A guest.", "Guests may ask: whoami, exit.");
            assertThat(ask(way, port, "anna a", "nobody b", "anna c", "anna s3cret"))
                    .endsWith("No.", "No.", "No.");
            server.await("the login of \"nobody\" is refused");
            server.interrupt();
            assertThat(server.rest()).noneMatch(line -> line.contains("Traceback"));
            assertThat(String.join("\n", server.seen())).doesNotContain("s3cret", "guess");
        }
    }

    private static List<String> ask(String way, String port, String... lines) throws Exception {
        String[] args = new String[3 + lines.length];
        args[0] = way;
        args[1] = "127.0.0.1";
        args[2] = port;
        System.arraycopy(lines, 0, args, 3, lines.length);
        return Program.output(ThroughProxy.class, args);
    }

    @Test
    void saysWhatIsMissing() throws Exception {
        assertThat(Program.output(LoginServer.class)).startsWith("Usage: login-server PORT TYPE:ARGUMENT ...");
        assertThat(Program.output(ThroughProxy.class))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("Usage: through-proxy");
        assertThat(Program.output(ThroughProxy.class, "tcp:127.0.0.1:1", "127.0.0.1", "1", "x"))
                .singleElement()
                .asString()
                .startsWith("cannot reach the SOCKS 5 proxy");
    }
}
