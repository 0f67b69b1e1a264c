package bowline.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.junit.Program;
import bowline.run.Main;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `bowline web` before curl, wget, nc and Python's http.client: served files are compared whole.
class WebServerTest {
    private static final int LARGE_BYTES = 20_000_000;

    @TempDir
    private static Path site;

    private static byte[] large;
    private static Program server;
    private static String root;
    private static String port;

    @BeforeAll
    static void startServer() throws Exception {
        large = new byte[LARGE_BYTES];
        new Random(11).nextBytes(large);
        Files.write(site.resolve("large.bin"), large);
        Files.writeString(site.resolve("index.html"), "<p>welcome</p>\n");
        Files.writeString(site.resolve("hello.txt"), "hello, world\n");
        Files.createDirectories(site.resolve("sub/deeper"));
        Files.writeString(site.resolve("sub/index.html"), "<a href=\"deeper/page.html\">on</a>\n");
        Files.writeString(site.resolve("sub/deeper/page.html"), "<a href=\"../../hello.txt\">back</a>\n");
        Files.writeString(site.resolve(".secret"), "not for you\n");
        server = Program.start(
                Main.class,
                "--log-format",
                "text",
                "web",
                "--listen",
                "tcp:0:interface=127.0.0.1",
                "--path",
                site.toString());
        port = server.port();
        root = "http://127.0.0.1:" + port;
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    private static Foreign.Result curl(String... arguments) throws Exception {
        Foreign.require("curl");
        String[] command = new String[arguments.length + 4];
        command[0] = "curl";
        command[1] = "-sS";
        command[2] = "--max-time";
        command[3] = "30";
        System.arraycopy(arguments, 0, command, 4, arguments.length);
        return Foreign.run(command);
    }

    @Test
    @DisplayName("curl gets a large file whole")
    void wholeFile() throws Exception {
        assertArrayEquals(large, curl(root + "/large.bin").out());
    }

    @Test
    @DisplayName("curl gets the index of a directory, and the place of one named without its slash")
    void index() throws Exception {
        assertEquals("<p>welcome</p>\n", curl(root + "/").text());
        assertEquals(
                "301 " + root + "/sub/",
                curl("-o", "/dev/null", "-w", "%{http_code} %{redirect_url}", root + "/sub")
                        .text());
    }

    @Test
    @DisplayName("HEAD tells what GET would, without the body")
    void head() throws Exception {
        String answer = curl("-I", root + "/hello.txt").text();

        assertThat(answer).startsWith("HTTP/1.1 200 ").containsIgnoringCase("content-length: 13");
        assertThat(answer).containsIgnoringCase("content-type: text/plain").containsIgnoringCase("last-modified: ");
    }

    @Test
    @DisplayName("OPTIONS and other methods are answered as RFC 9110 says")
    void methods() throws Exception {
        assertThat(curl("-i", "-X", "OPTIONS", root + "/hello.txt").text())
                .containsIgnoringCase("allow: ")
                .contains("GET");
        assertEquals(
                "405",
                curl("-o", "/dev/null", "-w", "%{http_code}", "-X", "DELETE", root + "/hello.txt")
                        .text());
    }

    @Test
    @DisplayName("a single range, from the start, inside, at the end, and beyond it")
    void ranges() throws Exception {
        assertArrayEquals(
                Arrays.copyOfRange(large, 0, 1000),
                curl("-r", "0-999", root + "/large.bin").out());
        assertArrayEquals(
                Arrays.copyOfRange(large, 7_000_000, 9_000_000),
                curl("-r", "7000000-8999999", root + "/large.bin").out());
        assertArrayEquals(
                Arrays.copyOfRange(large, LARGE_BYTES - 500, LARGE_BYTES),
                curl("-r", "-500", root + "/large.bin").out());
        assertEquals(
                "416",
                curl("-o", "/dev/null", "-w", "%{http_code}", "-r", "20000000-", root + "/large.bin")
                        .text());
    }

    @Test
    @DisplayName("several ranges come as parts")
    void severalRanges() throws Exception {
        String answer = curl("-i", "-r", "0-4,7-11", root + "/hello.txt").text();

        assertThat(answer)
                .startsWith("HTTP/1.1 206")
                .containsIgnoringCase("content-type: multipart/byteranges; boundary=");
        assertThat(answer).contains("hello").contains("world").containsIgnoringCase("content-range: bytes 7-11/13");
    }

    @Test
    @DisplayName("a page that has not changed is not sent again")
    void conditional() throws Exception {
        String headers = curl("-I", root + "/hello.txt").text();
        String etag = headers.lines()
                .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("etag: "))
                .findFirst()
                .orElseThrow()
                .substring("etag: ".length())
                .strip();

        assertEquals("304", code("-H", "If-None-Match: " + etag, root + "/hello.txt"));
        assertEquals("200", code("-H", "If-None-Match: \"other\"", root + "/hello.txt"));
        assertEquals("304", code("-z", site.resolve("hello.txt").toString(), root + "/hello.txt"));
        assertEquals("412", code("-H", "If-Match: \"other\"", root + "/hello.txt"));
    }

    private static String code(String... arguments) throws Exception {
        String[] all = Arrays.copyOf(new String[] {"-o", "/dev/null", "-w", "%{http_code}"}, 4 + arguments.length);
        System.arraycopy(arguments, 0, all, 4, arguments.length);
        return curl(all).text();
    }

    @Test
    @DisplayName("keep-alive: curl asks for two files over one connection")
    void keepAlive() throws Exception {
        Foreign.Result result = curl("-v", root + "/hello.txt", root + "/index.html");

        assertEquals("hello, world\n<p>welcome</p>\n", result.text());
        assertThat(result.err()).containsIgnoringCase("re-using existing connection");
    }

    @Test
    @DisplayName("H1-9: pipelined requests are answered in order, over nc")
    void pipelined() throws Exception {
        Foreign.require("nc");
        String requests = "GET /hello.txt HTTP/1.1\r\nHost: a\r\n\r\nHEAD /large.bin HTTP/1.1\r\nHost: a\r\n\r\n"
                + "GET /index.html HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

        String answers = Foreign.run(requests.getBytes(StandardCharsets.US_ASCII), "nc", "127.0.0.1", port)
                .text();

        int first = answers.indexOf("hello, world");
        int second = answers.indexOf("20000000");
        int third = answers.indexOf("<p>welcome</p>");
        assertTrue(0 < first && first < second && second < third, () -> answers);
        assertEquals(3, answers.split("HTTP/1\\.1 200", -1).length - 1);
    }

    @Test
    @DisplayName("wget mirrors the tree, byte for byte")
    void mirror(@TempDir Path copy) throws Exception {
        Foreign.require("wget");
        Files.writeString(site.resolve("index.html"), "<p>welcome</p>\n");

        Foreign.Result result =
                Foreign.run("wget", "-q", "-r", "-l", "5", "-nH", "-P", copy.toString(), root + "/sub/");

        assertEquals(0, result.exitCode(), result.err());
        for (String name : new String[] {"sub/index.html", "sub/deeper/page.html", "hello.txt"}) {
            assertArrayEquals(Files.readAllBytes(site.resolve(name)), Files.readAllBytes(copy.resolve(name)), name);
        }
    }

    @Test
    @DisplayName("Python's http.client reads a file in pieces over a kept connection")
    void pythonClient() throws Exception {
        String python = Foreign.python("http.client");
        String script = """
                import http.client, hashlib, sys
                c = http.client.HTTPConnection("127.0.0.1", int(sys.argv[1]))
                for i in range(3):
                    c.request("GET", "/large.bin")
                    r = c.getresponse()
                    h = hashlib.sha256()
                    while True:
                        piece = r.read(10007)
                        if not piece:
                            break
                        h.update(piece)
                    print(r.status, h.hexdigest())
                """;

        String answer = Foreign.run(python, "-c", script, port).text();

        String hash = java.util.HexFormat.of()
                .formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(large));
        assertEquals(("200 " + hash + "\n").repeat(3), answer);
    }

    @Test
    @DisplayName("G14, W1: no way out of the directory, no dot-files, no listing")
    void closedDoors() throws Exception {
        for (String path : new String[] {
            "/../../etc/passwd",
            "/%2e%2e/%2e%2e/etc/passwd",
            "/sub/..%2f..%2f..%2fetc/passwd",
            "/.secret",
            "/%2esecret",
            "/sub/deeper/",
            "/hello.txt%00.html",
            "/..\\hello.txt"
        }) {
            String status = code("--path-as-is", root + path);
            assertThat(status).as(path).startsWith("4");
        }
    }

    @Test
    @DisplayName("bad requests get 400 and the server goes on")
    void badRequests() throws Exception {
        Foreign.require("nc");
        for (String request : new String[] {
            "nonsense\r\n\r\n",
            "GET / HTTP/1.1\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
            "GET / HTTP/1.1\r\nHost : a\r\n\r\n",
            "GET / HTTP/1.1\nHost: a\n\n"
        }) {
            String answer = Foreign.run(request.getBytes(StandardCharsets.US_ASCII), "nc", "127.0.0.1", port)
                    .text();
            assertThat(answer).as(request).startsWith("HTTP/1.1 400 ");
        }
        assertEquals("hello, world\n", curl(root + "/hello.txt").text());
    }
}
