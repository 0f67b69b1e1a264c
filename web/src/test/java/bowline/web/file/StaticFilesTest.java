package bowline.web.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.testing.ManualClock;
import bowline.testing.MemoryTransport;
import bowline.web.server.AccessLog;
import bowline.web.server.Site;
import bowline.web.server.SiteOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files as a client sees them, over the whole server in memory.
class StaticFilesTest {
    private static final String DATE = "Sat, 06 Nov 1999 08:49:37 GMT";

    @TempDir
    private Path root;

    private final byte[] large = new byte[3 * StaticFiles.SMALL_MAX_BYTES + 1000];

    @BeforeEach
    void plant() throws IOException {
        write("hello.txt", "Hello, world!\n".getBytes(StandardCharsets.UTF_8));
        write("empty.bin", new byte[0]);
        new Random(7).nextBytes(large);
        write("large.bin", large);
        Files.createDirectories(root.resolve("docs/sub"));
        write("docs/index.html", "<p>index</p>".getBytes(StandardCharsets.UTF_8));
        Files.createDirectories(root.resolve("list"));
        write("list/<b>&\"'.txt", new byte[1]);
        write("list/.hidden", new byte[1]);
        Files.createDirectories(root.resolve("list/caf\u00e9"));
    }

    private void write(String name, byte[] bytes) throws IOException {
        Path file = Files.write(root.resolve(name), bytes);
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("1999-11-06T08:49:37.123456789Z")));
    }

    /// One request by a connection of its own; the bytes come back as ISO-8859-1.
    private String ask(StaticFiles files, String line, String... fields) {
        var site = new Site(files, SiteOptions.USUAL.serverName(""), AccessLog.NONE);
        var transport = MemoryTransport.connect(
                Objects.requireNonNull(site.buildProtocol(new MemoryTransport().peer())), new ManualClock());
        transport.deliver(line + " HTTP/1.1\r\nHost: a\r\n" + String.join("", fields) + "\r\n");
        return new String(transport.value(), StandardCharsets.ISO_8859_1)
                .replace("Date: Sat, 01 Jan 2000 00:00:00 GMT\r\n", "");
    }

    private String ask(String line, String... fields) throws IOException {
        return ask(new StaticFiles(root), line, fields);
    }

    private static String body(String response) {
        return response.substring(response.indexOf("\r\n\r\n") + 4);
    }

    private static String field(String response, String name) {
        return response.lines()
                .takeWhile(line -> !line.isEmpty())
                .filter(line -> line.startsWith(name + ": "))
                .map(line -> line.substring(name.length() + 2))
                .reduce("", (one, other) -> one + other);
    }

    private static void assertStatus(int status, String response) {
        assertTrue(response.startsWith("HTTP/1.1 " + status + " "), response);
    }

    private String tag() throws IOException {
        return field(ask("HEAD /hello.txt"), "ETag");
    }

    @Test
    @DisplayName("WEB-10, W1: a file with its type, age, tag, and nosniff")
    void servesAFile() throws IOException {
        assertEquals(
                "HTTP/1.1 200 OK\r\nLast-Modified: " + DATE + "\r\nETag: " + tag()
                        + "\r\nContent-Type: text/plain; charset=utf-8\r\nAccept-Ranges: bytes\r\n"
                        + "X-Content-Type-Options: nosniff\r\nContent-Length: 14\r\n\r\nHello, world!\n",
                ask("GET /hello.txt"));
    }

    @Test
    @DisplayName("RFC 9110 §9.3.2: HEAD is GET without the body")
    void answersHead() throws IOException {
        for (String path : List.of("/hello.txt", "/large.bin", "/empty.bin", "/docs/")) {
            String get = ask("GET " + path);
            assertEquals(get.substring(0, get.length() - body(get).length()), ask("HEAD " + path));
        }
    }

    @Test
    @DisplayName("a large file goes by sendfile, byte for byte")
    void servesLargeFiles() throws IOException {
        String response = ask("GET /large.bin");

        assertEquals("application/octet-stream", field(response, "Content-Type"));
        assertEquals(new String(large, StandardCharsets.ISO_8859_1), body(response));
    }

    @Test
    @DisplayName("RFC 9110 §15.5.6: other methods are not allowed, and OPTIONS says which are")
    void allowsReadingOnly() throws IOException {
        for (String method : List.of("POST", "PUT", "DELETE", "PATCH", "TRACE", "BREW")) {
            String response = ask(method + " /hello.txt");
            assertStatus(405, response);
            assertEquals("GET, HEAD, OPTIONS", field(response, "Allow"));
        }
        assertEquals("HTTP/1.1 204 No Content\r\nAllow: GET, HEAD, OPTIONS\r\n\r\n", ask("OPTIONS /hello.txt"));
    }

    @Test
    @DisplayName("WEB-10: a directory has an index, and without its slash leads to it")
    void servesDirectories() throws IOException {
        assertEquals("<p>index</p>", body(ask("GET /docs/")));
        String redirect = ask("GET /docs?a=%3Cb%3E&c");
        assertStatus(301, redirect);
        assertEquals("/docs/?a=%3Cb%3E&c", field(redirect, "Location"));
        assertTrue(body(redirect).contains("href=\"/docs/?a=%3Cb%3E&amp;c\""), redirect);
        assertStatus(404, ask("GET /hello.txt/"));
    }

    @Test
    @DisplayName("H1-10: no path makes a redirect to another host")
    void redirectsNowhereElse() throws IOException {
        Files.createDirectories(root.resolve("evil.example"));
        for (String path : List.of("//evil.example", "/%2fevil.example", "/\\evil.example", "http://evil.example")) {
            assertFalse(ask("GET " + path).contains("Location: //"), path);
        }
    }

    @Test
    @DisplayName("W1: a directory is not listed unless asked; then every name is escaped and none hidden is told")
    void listsWhenAsked() throws IOException {
        assertStatus(403, ask("GET /list/"));

        String page = ask(new StaticFiles(root, List.of(), true), "GET /list/");
        assertStatus(200, page);
        assertEquals("nosniff", field(page, "X-Content-Type-Options"));
        assertTrue(page.contains("<a href=\"./%3Cb%3E%26%22%27.txt\">&lt;b&gt;&amp;&quot;&#39;.txt</a>"), page);
        assertTrue(page.contains("<a href=\"./caf%C3%A9/\">"), page);
        assertTrue(page.contains("<a href=\"../\">"), page);
        assertFalse(page.contains("hidden"), page);
        assertFalse(ask(new StaticFiles(root, List.of(), true), "GET /").contains("../"));
    }

    @Test
    @DisplayName("W1, G14: nothing is listed that cannot be asked for: links to outside, broken links")
    void listsNoLinksToOutside() throws IOException {
        Files.createSymbolicLink(root.resolve("list/inside"), root.resolve("docs"));
        Files.createSymbolicLink(root.resolve("list/outside"), root.getParent());
        Files.createSymbolicLink(root.resolve("list/broken"), root.resolve("nothing"));
        String page = ask(new StaticFiles(root, List.of(), true), "GET /list/");

        assertTrue(page.contains("\"./inside/\""), page);
        assertFalse(page.contains("outside"), page);
        assertFalse(page.contains("broken"), page);
    }

    @Test
    @DisplayName("H1-10: error pages escape what they quote, and quote no path")
    void errorPagesAreHarmless() throws IOException {
        String response = ask("GET /%3Cscript%3E");
        assertStatus(404, response);
        assertFalse(response.contains("script"), response);
    }

    @Test
    @DisplayName("RFC 9110 §13.1.2, §13.1.3: If-None-Match and If-Modified-Since")
    void answersNotModified() throws IOException {
        String tag = tag();
        for (String fields : List.of(
                "If-None-Match: " + tag + "\r\n",
                "If-None-Match: W/" + tag + "\r\n",
                "If-None-Match: \"a,b\", W/\"c\" ,," + tag + "\r\n",
                "If-None-Match: *\r\n",
                "If-Modified-Since: " + DATE + "\r\n",
                "If-Modified-Since: Saturday, 06-Nov-99 08:49:38 GMT\r\n",
                "If-None-Match: " + tag + "\r\nIf-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT\r\n")) {
            assertEquals(
                    "HTTP/1.1 304 Not Modified\r\nLast-Modified: " + DATE + "\r\nETag: " + tag + "\r\n\r\n",
                    ask("GET /hello.txt", fields),
                    fields);
        }
        for (String fields : List.of(
                "If-None-Match: \"other\"\r\n",
                "If-None-Match: other\r\n",
                "If-None-Match: " + tag.substring(1) + "\r\n",
                "If-None-Match: \"other\"\r\nIf-Modified-Since: " + DATE + "\r\n",
                "If-Modified-Since: Sat, 06 Nov 1999 08:49:36 GMT\r\n",
                "If-Modified-Since: yesterday\r\n",
                "If-Modified-Since: Sun, 06 Nov 2094 08:49:37 GMT\r\n")) {
            assertStatus(200, ask("GET /hello.txt", fields));
        }
    }

    @Test
    @DisplayName("RFC 9110 §13.1.1, §13.1.4: If-Match and If-Unmodified-Since")
    void answersPreconditionFailed() throws IOException {
        String tag = tag();
        for (String fields : List.of(
                "If-Match: \"other\"\r\n",
                "If-Match: W/" + tag + "\r\n",
                "If-Unmodified-Since: Sat, 06 Nov 1999 08:49:36 GMT\r\n",
                "If-Match: \"other\"\r\nIf-None-Match: " + tag + "\r\n")) {
            assertStatus(412, ask("GET /hello.txt", fields));
        }
        for (String fields : List.of(
                "If-Match: " + tag + "\r\n",
                "If-Match: *\r\n",
                "If-Unmodified-Since: " + DATE + "\r\n",
                "If-Unmodified-Since: never\r\n",
                "If-Match: " + tag + "\r\nIf-Unmodified-Since: Sun, 06 Nov 1994 08:49:37 GMT\r\n")) {
            assertStatus(200, ask("GET /hello.txt", fields));
        }
    }

    @Test
    @DisplayName("RFC 9110 §15.3.7.1: one range")
    void servesOneRange() throws IOException {
        String response = ask("GET /hello.txt", "Range: bytes=7-11\r\n");
        assertStatus(206, response);
        assertEquals("bytes 7-11/14", field(response, "Content-Range"));
        assertEquals("5", field(response, "Content-Length"));
        assertEquals("world", body(response));

        String far = ask("GET /large.bin", "Range: bytes=1000-90000\r\n");
        assertEquals("bytes 1000-90000/" + large.length, field(far, "Content-Range"));
        assertEquals(new String(large, 1000, 89001, StandardCharsets.ISO_8859_1), body(far));
    }

    @Test
    @DisplayName("RFC 9110 §15.3.7.2: several ranges, small and large")
    void servesSeveralRanges() throws IOException {
        String response = ask("GET /large.bin", "Range: bytes=-2, 0-50000\r\n");
        assertStatus(206, response);
        String boundary = field(response, "Content-Type").substring("multipart/byteranges; boundary=".length());
        String part = "\r\n--" + boundary + "\r\nContent-Type: application/octet-stream\r\nContent-Range: bytes ";
        String expected = part + (large.length - 2) + "-" + (large.length - 1) + "/" + large.length + "\r\n\r\n"
                + new String(large, large.length - 2, 2, StandardCharsets.ISO_8859_1)
                + part + "0-50000/" + large.length + "\r\n\r\n"
                + new String(large, 0, 50001, StandardCharsets.ISO_8859_1)
                + "\r\n--" + boundary + "--\r\n";
        assertEquals(expected, body(response));
        assertEquals("" + expected.length(), field(response, "Content-Length"));
    }

    @Test
    @DisplayName("RFC 9110 §15.5.17: no such range; and HEAD has none")
    void answersForRangesThatAreNot() throws IOException {
        String response = ask("GET /hello.txt", "Range: bytes=14-\r\n");
        assertStatus(416, response);
        assertEquals("bytes */14", field(response, "Content-Range"));
        assertStatus(416, ask("GET /empty.bin", "Range: bytes=0-0\r\n"));
        assertStatus(200, ask("HEAD /hello.txt", "Range: bytes=0-0\r\n"));
        assertStatus(200, ask("GET /hello.txt", "Range: bytes=0-0\r\n", "Range: bytes=1-1\r\n"));
        assertStatus(200, ask("GET /hello.txt", "Range: bytes=0-5,3-9\r\n"));
    }

    @Test
    @DisplayName("RFC 9110 §13.1.5, W1: a range is sent only of the state that If-Range names")
    void answersIfRange() throws IOException {
        String range = "Range: bytes=0-4\r\n";
        for (String holds : List.of(tag(), DATE)) {
            assertStatus(206, ask("GET /hello.txt", range, "If-Range: " + holds + "\r\n"));
        }
        for (String other : List.of("\"other\"", "W/" + tag(), "Sat, 06 Nov 1999 08:49:38 GMT", "never")) {
            assertStatus(200, ask("GET /hello.txt", range, "If-Range: " + other + "\r\n"));
        }
    }

    @Test
    @DisplayName("W1: a file that is replaced under its name is served as one state or the other")
    void servesOneStateOfAFile() throws IOException {
        String before = tag();
        write("new", "Goodbye, world".getBytes(StandardCharsets.UTF_8));
        Files.move(root.resolve("new"), root.resolve("hello.txt"), StandardCopyOption.REPLACE_EXISTING);
        Files.setLastModifiedTime(root.resolve("hello.txt"), FileTime.from(Instant.parse("1999-11-06T08:49:37.2Z")));

        String response = ask("GET /hello.txt", "Range: bytes=0-4\r\n", "If-Range: " + before + "\r\n");
        assertStatus(200, response);
        assertEquals("Goodbye, world", body(response));
    }

    @Test
    @DisplayName("what is neither file nor directory is not there, and is not opened")
    void servesNoPipes() throws Exception {
        Path pipe = root.resolve("pipe");
        Process made = new ProcessBuilder("mkfifo", pipe.toString()).start();
        Assumptions.assumeTrue(made.waitFor() == 0);

        assertStatus(404, ask("GET /pipe"));
    }

    @Test
    @DisplayName("a file that may not be read is forbidden")
    void tellsForbiddenFiles() throws IOException {
        Path file = root.resolve("hello.txt");
        Files.setPosixFilePermissions(file, Set.of());
        Assumptions.assumeFalse(Files.isReadable(file), "the superuser reads everything");

        assertStatus(403, ask("GET /hello.txt"));
    }
}
