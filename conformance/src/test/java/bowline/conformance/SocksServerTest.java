package bowline.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import bowline.junit.Program;
import bowline.run.Main;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `bowline socks` before curl and proxychains: files of `bowline web` behind it are compared whole.
class SocksServerTest {
    private static final int LARGE_BYTES = 10_000_000;
    private static final int CURL_CANNOT_CONNECT_BY_PROXY = 97;

    @TempDir
    private static Path site;

    @TempDir
    private static Path folder;

    private static byte[] large;
    private static Program web;
    private static Program open;
    private static Program closed;
    private static Program guarded;
    private static String webPort;
    private static String openPort;
    private static String closedPort;
    private static String guardedPort;

    @BeforeAll
    static void start() throws Exception {
        large = new byte[LARGE_BYTES];
        new Random(12).nextBytes(large);
        Files.write(site.resolve("large.bin"), large);
        Path users = Files.writeString(folder.resolve("users"), "me:{PLAIN}secret\n");
        web = Program.start(
                Main.class,
                "--log-format",
                "text",
                "web",
                "--listen",
                "tcp:0:interface=127.0.0.1",
                "--path",
                site.toString());
        open = socks("--allow-private");
        closed = socks();
        guarded = socks("--allow-private", "--auth", "file:" + users);
        webPort = web.port();
        openPort = open.port();
        closedPort = closed.port();
        guardedPort = guarded.port();
    }

    private static Program socks(String... more) throws Exception {
        String[] words = {"--log-format", "text", "socks", "--listen", "tcp:0:interface=127.0.0.1"};
        return Program.start(
                Main.class, Stream.of(words, more).flatMap(Arrays::stream).toArray(String[]::new));
    }

    @AfterAll
    static void stop() {
        Stream.of(web, open, closed, guarded).filter(each -> each != null).forEach(Program::close);
    }

    private static Foreign.Result curl(String... arguments) throws Exception {
        Foreign.require("curl");
        String[] common = {"curl", "-sS", "--max-time", "30"};
        return Foreign.run(Stream.of(common, arguments).flatMap(Arrays::stream).toArray(String[]::new));
    }

    private static void fetches(String option, String host) throws Exception {
        Foreign.Result result = curl(option, "127.0.0.1:" + openPort, "http://" + host + ":" + webPort + "/large.bin");
        assertEquals(0, result.exitCode(), result.err());
        assertArrayEquals(large, result.out());
    }

    @Test
    @DisplayName("curl --socks4")
    void socks4() throws Exception {
        fetches("--socks4", "127.0.0.1");
    }

    @Test
    @DisplayName("curl --socks4a: the name is looked up here")
    void socks4a() throws Exception {
        fetches("--socks4a", "localhost");
    }

    @Test
    @DisplayName("curl --socks5")
    void socks5() throws Exception {
        fetches("--socks5", "127.0.0.1");
    }

    @Test
    @DisplayName("curl --socks5-hostname: the name is looked up here")
    void socks5Hostname() throws Exception {
        fetches("--socks5-hostname", "localhost");
    }

    @Test
    @DisplayName("RFC 1929: curl with the right password, a wrong one, and none")
    void passwords() throws Exception {
        String url = "http://127.0.0.1:" + webPort + "/large.bin";
        assertArrayEquals(
                large,
                curl("-x", "socks5://me:secret@127.0.0.1:" + guardedPort, url).out());
        Foreign.Result wrong = curl("-x", "socks5://me:guess@127.0.0.1:" + guardedPort, url);
        assertEquals(CURL_CANNOT_CONNECT_BY_PROXY, wrong.exitCode(), wrong.err());
        assertThat(wrong.err()).contains("rejected by the SOCKS5 server");
        assertEquals(
                CURL_CANNOT_CONNECT_BY_PROXY,
                curl("-x", "socks5://127.0.0.1:" + guardedPort, url).exitCode());
    }

    @Test
    @DisplayName("K1: this machine is not to be reached unless it is allowed, by number or by name")
    void denied() throws Exception {
        for (String option : new String[] {"--socks4", "--socks4a", "--socks5", "--socks5-hostname"}) {
            Foreign.Result result =
                    curl(option, "127.0.0.1:" + closedPort, "http://localhost:" + webPort + "/large.bin");
            assertEquals(CURL_CANNOT_CONNECT_BY_PROXY, result.exitCode(), option + " " + result.err());
        }
    }

    @Test
    @DisplayName("nobody listens: curl says what the reply said")
    void refused() throws Exception {
        Foreign.Result result = curl("--socks5", "127.0.0.1:" + openPort, "http://127.0.0.1:1/");
        assertEquals(CURL_CANNOT_CONNECT_BY_PROXY, result.exitCode(), result.err());
        assertThat(result.err()).contains("(5)");
    }

    @Test
    @DisplayName("RFC 1928 §7: datagrams of a Python program, by number and by name, until its connection ends")
    void datagrams() throws Exception {
        Foreign.Result result =
                Foreign.run(Foreign.python(), Foreign.script("socks_udp.py").toString(), openPort);
        assertEquals(0, result.exitCode(), result.err());
        assertEquals("9\n7\n0\n9000\nended\n", result.text());
    }

    @Test
    @DisplayName("proxychains: one proxy, and a chain of two with a password in the second")
    void proxychains() throws Exception {
        Foreign.require("proxychains4");
        for (String chain : new String[] {
            "socks4 127.0.0.1 " + openPort,
            "socks5 127.0.0.1 " + openPort + "\nsocks5 127.0.0.1 " + guardedPort + " me secret"
        }) {
            Path config = Files.writeString(folder.resolve("chain.conf"), "strict_chain\n[ProxyList]\n" + chain + "\n");
            Foreign.Result result = Foreign.run(
                    "proxychains4",
                    "-q",
                    "-f",
                    config.toString(),
                    "curl",
                    "-sS",
                    "--max-time",
                    "30",
                    "http://127.0.0.1:" + webPort + "/large.bin");
            assertEquals(0, result.exitCode(), chain + " " + result.err());
            assertArrayEquals(large, result.out());
        }
    }
}
