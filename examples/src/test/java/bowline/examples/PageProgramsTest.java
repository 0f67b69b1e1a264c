package bowline.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import bowline.junit.Program;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// The programs that fetch pages, from a server that is not ours.
class PageProgramsTest {
    private HttpServer server;
    private String root;

    @BeforeEach
    void startServer() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/page", exchange -> {
            byte[] page = "Some CONTENTS\nin TWO lines".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        server.start();
        root = "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    @Test
    @DisplayName("P6: the page is printed, and the program ends")
    void getPage() throws Exception {
        assertEquals(
                List.of("The Deferred has called printContents with:", "Some CONTENTS", "in TWO lines"),
                Program.output(GetPage.class, root + "/page"));
    }

    @Test
    @DisplayName("P7: the value passes from callback to callback")
    void getPageLowerCase() throws Exception {
        assertEquals(List.of("some contents", "in two lines"), Program.output(GetPageLowerCase.class, root + "/page"));
    }

    @Test
    @DisplayName("P8: a page that is not there reaches the errback, and the program ends")
    void getPageError() throws Exception {
        assertEquals(
                List.of("An error has occurred: <404 Not Found>"),
                Program.output(GetPageError.class, root + "/does-not-exist"));
    }

    @Test
    @DisplayName("P8: so does a server that is not there")
    void noServer() throws Exception {
        List<String> lines =
                Program.output(GetPageError.class, "http://127.0.0.1:" + ReactorProgramsTest.closedPort() + "/");

        assertThat(lines).singleElement().asString().startsWith("An error has occurred: <");
    }
}
