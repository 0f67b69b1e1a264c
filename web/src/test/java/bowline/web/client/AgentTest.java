package bowline.web.client;

import static bowline.testing.DeferredAssertions.assertNoResult;
import static bowline.testing.DeferredAssertions.failureResultOf;
import static bowline.testing.DeferredAssertions.successResultOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.defer.CancelledError;
import bowline.defer.Deferred;
import bowline.endpoint.ClientEndpoint;
import bowline.protocol.Address;
import bowline.protocol.ConnectionDone;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.testing.ManualClock;
import bowline.testing.MemoryTransport;
import bowline.web.message.Headers;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The client over connections in memory (WEB-9, WEB-12, H1-11, H1-12).
class AgentTest {
    private static final URI PAGE = URI.create("http://example.com/page");

    private final ManualClock clock = new ManualClock();
    private final List<MemoryTransport> wires = new ArrayList<>();
    private final List<Protocol> ends = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private final Agent agent = agent(AgentOptions.DEFAULT);

    private Agent agent(AgentOptions options) {
        return new Agent(work -> Deferred.maybeDeferred(() -> Deferred.succeed(work.call())), options, (host, port) -> {
            asked.add(host + ":" + port);
            return new ClientEndpoint() {
                @Override
                public <P extends Protocol> Deferred<P> connect(Factory<P> factory) {
                    return Deferred.execute(() -> connected(factory));
                }
            };
        });
    }

    private <P extends Protocol> P connected(Factory<P> factory) throws Exception {
        P protocol = factory.build(new Address.IPv4(Address.Carrier.TCP, "192.0.2.1", 80));
        if (protocol == null) {
            throw new AssertionError("the agent refused its own connection");
        }
        wires.add(MemoryTransport.connect(protocol, clock));
        ends.add(protocol);
        return protocol;
    }

    private MemoryTransport wire() {
        return wires.getLast();
    }

    private static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }

    @Test
    @DisplayName("a request says where it goes")
    void writesTheRequest() {
        var unused = agent.get(URI.create("http://example.com:8080/a%20b?q=1#top"));

        assertEquals("GET /a%20b?q=1 HTTP/1.1\r\nHost: example.com:8080\r\n\r\n", wire().text());
        assertEquals(List.of("example.com:8080"), asked);
    }

    @Test
    @DisplayName("the head arrives first, the body when it is asked for")
    void bodyWaits() {
        Deferred<ClientResponse> answer = agent.get(PAGE);

        wire().deliver("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
        ClientResponse response = successResultOf(answer);
        assertEquals(200, response.status());
        assertEquals(MemoryTransport.ProducerState.PAUSED, wire().producerState());

        Deferred<byte[]> body = response.readBody(100);
        wire().turn();
        assertEquals("hello", text(successResultOf(body)));
    }

    @Test
    @DisplayName("a page comes whole, a byte at a time, chunked")
    void pageByteByByte() {
        Deferred<String> page = agent.getPage(PAGE);

        wire().deliverEachByte(
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));

        assertEquals("abcde", successResultOf(page));
    }

    @Test
    @DisplayName("WEB-9: a connection is used again, and only for the same server")
    void usesConnectionsAgain() {
        page(PAGE);
        page(PAGE);
        assertEquals(1, wires.size());

        var unused = agent.getPage(URI.create("http://other.example/"));
        assertEquals(2, wires.size());
    }

    private void page(URI uri) {
        Deferred<String> page = agent.getPage(uri);
        wire().deliver("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        assertEquals("ok", successResultOf(page));
    }

    @Test
    @DisplayName("WEB-9: a kept connection is closed after 240 s, and one too many at once")
    void keepsConnectionsForAWhile() {
        page(PAGE);
        assertEquals(1, agent.kept());

        clock.advance(Duration.ofSeconds(241));

        assertTrue(wire().disconnecting());
    }

    @Test
    @DisplayName("H1-11: a response ended by the connection's end is whole, and that connection is not kept")
    void closeDelimited() {
        Deferred<String> page = agent.getPage(PAGE);

        wire().deliver("HTTP/1.1 200 OK\r\n\r\nall of it");
        assertNoResult(page);
        wire().deliverEnd();

        assertEquals("all of it", successResultOf(page));
        assertEquals(0, agent.kept());
    }

    @Test
    @DisplayName("a body cut short is a failure, not a page")
    void cutShort() {
        Deferred<String> page = agent.getPage(PAGE);

        wire().deliver("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
        wire().deliverEnd();

        assertThat(failureResultOf(page, ResponseFailed.class).message()).contains("ended inside");
    }

    @Test
    @DisplayName("WEB-9: a GET that went over a kept connection which then closed is asked again, once")
    void asksAgain() {
        page(PAGE);
        Deferred<String> page = agent.getPage(PAGE);
        ends.getLast().connectionLost(ConnectionDone.FAILURE);
        assertEquals(2, wires.size());

        ends.getLast().connectionLost(ConnectionDone.FAILURE);

        failureResultOf(page, ResponseFailed.class);
        assertEquals(2, wires.size());
    }

    @Test
    @DisplayName("WEB-9: a POST is not asked again")
    void doesNotRepeatPosts() {
        page(PAGE);
        Deferred<ClientResponse> answer =
                agent.request(new ClientRequest("POST", PAGE, Headers.EMPTY, StandardCharsets.UTF_8.encode("x")));

        ends.getLast().connectionLost(ConnectionDone.FAILURE);

        failureResultOf(answer, ResponseFailed.class);
        assertEquals(1, wires.size());
    }

    @Test
    @DisplayName("WEB-12: an error status is a failure with status, reason and body")
    void errorStatus() {
        Deferred<String> page = agent.getPage(PAGE);

        wire().deliver("HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\ngone");

        var error =
                (HttpStatusError) failureResultOf(page, HttpStatusError.class).value();
        assertEquals("404 Not Found", error.getMessage());
        assertEquals("gone", text(error.body()));
    }

    @Test
    @DisplayName("H1-12: a redirect is followed, and credentials stay with the server they are for")
    void redirectsWithoutCredentials() {
        var request =
                new ClientRequest("GET", PAGE, Headers.of("Authorization", "Basic eDp5", "Accept", "text/plain"), null);
        Deferred<ClientResponse> answer = Redirects.follow(agent, request);
        assertThat(wire().text()).contains("Authorization: Basic eDp5");

        wire().deliver("HTTP/1.1 302 Found\r\nLocation: http://other.example/x\r\nContent-Length: 0\r\n\r\n");
        assertThat(wire().text())
                .startsWith("GET /x HTTP/1.1\r\nHost: other.example\r\n")
                .contains("Accept: text/plain")
                .doesNotContain("Authorization");

        wire().deliver("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        assertEquals(200, successResultOf(answer).status());
    }

    @Test
    @DisplayName("H1-12: the eleventh redirect is refused")
    void tooManyRedirects() {
        Deferred<String> page = agent.getPage(PAGE);

        for (int i = 0; i < 11; i++) {
            wire().deliver("HTTP/1.1 301 Moved\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n");
        }

        assertThat(failureResultOf(page, ResponseFailed.class).message()).contains("redirectsMax");
    }

    @Test
    @DisplayName("a head that does not come within its time is a failure, and the connection is ended")
    void headTimeout() {
        Deferred<String> page = agent.getPage(PAGE);

        clock.advance(Duration.ofSeconds(61));

        assertThat(failureResultOf(page, ResponseFailed.class).message()).contains("no response head within 60 s");
    }

    @Test
    @DisplayName("a page larger than pageMaxBytes is refused, one of that size is taken")
    void pageLimit() {
        Agent small = agent(AgentOptions.DEFAULT.pageMaxBytes(4));
        Deferred<String> fits = small.getPage(PAGE);
        wire().deliver("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfour");
        assertEquals("four", successResultOf(fits));

        Deferred<String> page = small.getPage(PAGE);
        wire().deliver("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfiver");
        assertThat(failureResultOf(page, ResponseFailed.class).message()).contains("larger than the 4 bytes");
    }

    @Test
    @DisplayName("H1-11: bytes behind a response that nobody asked for end the connection")
    void unaskedResponse() {
        page(PAGE);

        wire().deliver("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");

        assertTrue(wire().disconnected() || wire().disconnecting());
    }

    @Test
    @DisplayName("cancelling a page ends its connection")
    void cancelled() {
        Deferred<String> page = agent.getPage(PAGE);

        page.cancel();

        failureResultOf(page, CancelledError.class);
        assertTrue(wire().disconnected() || wire().disconnecting());
    }

    @Test
    @DisplayName("addresses that cannot be asked say why")
    void badAddresses() {
        assertThat(failureResultOf(agent.getPage(URI.create("/page")), IllegalArgumentException.class)
                        .message())
                .contains("not an absolute http or https address");
        assertThrows(
                IllegalArgumentException.class, () -> ClientRequest.get(URI.create("http://me:secret@example.com/")));
    }

    @Test
    @DisplayName("a download appears whole, or not at all")
    void download(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("page");
        Deferred<Long> failed = agent.downloadPage(PAGE, file);
        wire().deliver("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
        ends.getLast().connectionLost(ConnectionDone.FAILURE);
        failureResultOf(failed, ResponseFailed.class);
        try (var files = Files.list(directory)) {
            assertThat(files).isEmpty();
        }

        Deferred<Long> whole = agent.downloadPage(PAGE, file);
        wire().deliver("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfull");
        assertEquals(4L, successResultOf(whole));
        assertEquals("full", Files.readString(file));
    }

    @Test
    @DisplayName("WEB-12: a download that is given up leaves nothing behind")
    void cancelledDownload(@TempDir Path directory) throws Exception {
        Deferred<Long> download = agent.downloadPage(PAGE, directory.resolve("page"));
        wire().deliver("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
        download.cancel();

        failureResultOf(download, CancelledError.class);
        try (var files = Files.list(directory)) {
            assertThat(files).isEmpty();
        }
        assertTrue(wire().disconnected());
    }

    @Test
    @DisplayName("WEB-9: a kept connection that is being closed is not asked any more")
    void asksNoClosingConnection() {
        Deferred<String> first = agent.getPage(PAGE);
        wire().deliver("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        successResultOf(first);
        clock.advance(AgentOptions.DEFAULT.idleTimeout());
        assertTrue(wire().disconnecting());

        Deferred<String> second = agent.getPage(PAGE);
        wire().deliver("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        successResultOf(second);
        assertEquals(2, wires.size());

        wire().deliverEnd();
        var third = agent.request(new ClientRequest("POST", PAGE, Headers.EMPTY, null));
        wire().deliver("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        assertEquals(200, successResultOf(third).status());
        assertEquals(3, wires.size());
    }

    @Test
    @DisplayName("H1-12: a redirect to where we cannot go fails, and its connection is not left open")
    void redirectsToNowhere() {
        for (String location : List.of("http://[", "ftp://example.com/", "http://u:p@example.com/", "%")) {
            Deferred<String> page = agent.getPage(PAGE);
            wire().deliver("HTTP/1.1 302 Found\r\nLocation: " + location + "\r\nContent-Length: 3\r\n\r\nabc");

            assertThat(failureResultOf(page, ResponseFailed.class).message()).contains("redirect");
            assertTrue(wire().disconnected(), location);
        }
    }

    @Test
    @DisplayName("the charset of the content type is used")
    void charset() {
        Deferred<String> page = agent.getPage(PAGE);

        wire().deliver(
                        ("HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=ISO-8859-1\r\nContent-Length: 1\r\n\r\n\u00e4")
                                .getBytes(StandardCharsets.ISO_8859_1));

        assertEquals("\u00e4", successResultOf(page));
    }
}
