package bowline.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import bowline.web.client.Agent;
import bowline.web.client.HttpStatusError;
import bowline.web.client.Pages;
import java.io.BufferedReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Our HTTP client before Python's http.server, which speaks HTTP/1.0 and 1.1.
class PageClientTest {

    @TempDir
    private Path site;

    private LiveReactor live;
    private Process server;
    private String root;

    @BeforeEach
    void start() throws Exception {
        String python = Foreign.python("http.server");
        Files.writeString(site.resolve("page.html"), "<p>from Python</p>");
        String script = """
                import http.server, functools, sys
                class Handler(http.server.SimpleHTTPRequestHandler):
                    protocol_version = sys.argv[2]
                server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=sys.argv[1]))
                print("port", server.server_address[1], flush=True)
                server.serve_forever()
                """;
        server = new ProcessBuilder(python, "-c", script, site.toString(), "HTTP/1.1")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader out = server.inputReader();
        root = "http://127.0.0.1:" + out.readLine().substring("port ".length());
        live = new LiveReactor();
    }

    @AfterEach
    void stop() {
        live.close();
        server.destroy();
    }

    @Test
    @DisplayName("getPage brings a page, twice over one connection")
    void page() throws Exception {
        Agent agent = live.call(() -> new Agent(live.reactor()));

        assertEquals("<p>from Python</p>", live.await(() -> agent.getPage(URI.create(root + "/page.html"))));
        assertEquals("<p>from Python</p>", live.await(() -> agent.getPage(URI.create(root + "/page.html"))));
        live.call(() -> {
            agent.close();
            return "closed";
        });
    }

    @Test
    @DisplayName("downloadPage brings a large file whole")
    void download(@TempDir Path directory) throws Exception {
        byte[] large = new byte[10_000_000];
        new Random(3).nextBytes(large);
        Files.write(site.resolve("large.bin"), large);
        Path copy = directory.resolve("copy");

        long length = live.await(() -> Pages.downloadPage(live.reactor(), root + "/large.bin", copy));

        assertEquals(large.length, length);
        assertArrayEquals(large, Files.readAllBytes(copy));
    }

    @Test
    @DisplayName("a page that is not there is a failure with its status")
    void missing() {
        var error = assertThrows(
                HttpStatusError.class, () -> live.await(() -> Pages.getPage(live.reactor(), root + "/absent")));

        assertEquals(404, error.status());
        assertThat(error.getMessage()).startsWith("404 ");
    }

    @Test
    @DisplayName("a directory's redirect is followed")
    void redirect() throws Exception {
        Files.createDirectories(site.resolve("sub"));
        Files.writeString(site.resolve("sub/index.html"), "index");

        assertEquals("index", live.await(() -> Pages.getPage(live.reactor(), root + "/sub")));
    }
}
