package bowline.web.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.defer.CancelledError;
import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.log.CapturedLogs;
import bowline.protocol.Address;
import bowline.protocol.Consumer;
import bowline.testing.DeferredAssertions;
import bowline.testing.ManualClock;
import bowline.testing.MemoryTransport;
import bowline.web.http1.Http1Limits;
import bowline.web.message.BodyLength;
import bowline.web.message.Headers;
import bowline.web.message.ResponseHead;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// The server's connection: order, bodies, endings.
class HttpServerProtocolTest {
    private final List<Exchange> exchanges = new ArrayList<>();
    private final List<Deferred<Response>> renderings = new ArrayList<>();

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n";
    }

    private static String ok(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: " + body.length()
                + "\r\n\r\n" + body;
    }

    private static String closing(String body) {
        return ok(body).replace("utf-8\r\n", "utf-8\r\nConnection: close\r\n");
    }

    private static Deferred<Response> echoPath(Exchange exchange) {
        return Deferred.succeed(Response.text(exchange.head().path()));
    }

    /// Answers when the test says so.
    private Deferred<Response> later(Exchange exchange) {
        exchanges.add(exchange);
        var rendering = new Deferred<Response>();
        renderings.add(rendering);
        return rendering;
    }

    private void answer(int request) {
        renderings
                .get(request)
                .callback(Response.text(exchanges.get(request).head().path()));
    }

    // Order

    @Test
    @DisplayName("RFC 9112 §9.3: a connection serves one request after another")
    void servesOneRequestAfterAnother() {
        Browser browser = Browser.open(HttpServerProtocolTest::echoPath);

        assertEquals(ok("/1"), browser.send(get("/1")));
        assertEquals(ok("/2"), browser.send(get("/2")));
        assertTrue(browser.tcpNoDelay(), "WEB-1");
    }

    @Test
    @DisplayName("G7: requests cut anywhere are answered alike")
    void cutsMeanNothing() {
        String requests = get("/1") + get("/2")
                + "POST /3 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n" + get("/4");
        Resource root = exchange -> exchange.body(100)
                .addCallback(body -> Response.text(exchange.head().path() + new String(body, StandardCharsets.UTF_8)));
        String expected = ok("/1") + ok("/2") + ok("/3abc") + ok("/4");
        byte[] bytes = requests.getBytes(StandardCharsets.US_ASCII);

        assertEquals(expected, Browser.open(root).send(requests));
        Browser slow = Browser.open(root);
        slow.deliverEachByte(bytes);
        assertEquals(expected, slow.received());
        long seed = new Random().nextLong();
        Browser random = Browser.open(root);
        random.deliverCutAtRandom(bytes, seed);
        assertEquals(expected, random.received(), "seed " + seed);
    }

    @Test
    @DisplayName("H1-9: responses leave in the order of requests, in whatever order they are made")
    void answersInOrder() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        Browser browser = Browser.open(this::later);
        var expected = new StringBuilder();
        var order = new ArrayList<Integer>();
        for (int i = 0; i < 16; i++) {
            browser.deliver(get("/" + i));
            expected.append(ok("/" + i));
            order.add(i);
        }
        Collections.shuffle(order, random);
        order.forEach(this::answer);

        assertEquals(expected.toString(), browser.received(), "seed " + seed);
    }

    @Test
    @DisplayName("H1-9, WEB-3: behind 16 requests reading pauses, and goes on when one is answered")
    void pausesBehindSixteenRequests() {
        Browser browser = Browser.open(this::later);
        browser.deliver(get("/").repeat(40));

        assertEquals(16, renderings.size());
        assertEquals(24 * get("/").length(), browser.unreadBytes());
        answer(0);
        browser.received();
        assertEquals(17, renderings.size());
        for (int i = 1; i < 40; i++) {
            answer(i);
            browser.received();
        }
        assertEquals(40, renderings.size());
        assertEquals(ok("/"), browser.send(get("/")) + answered(40, browser));
    }

    private String answered(int request, Browser browser) {
        answer(request);
        return browser.received();
    }

    @Test
    @DisplayName("RFC 9112 §9.3.2: a request with effects waits until all before it are answered")
    void unsafeRequestsWaitTheirTurn() {
        Browser browser = Browser.open(this::later);
        browser.deliver(get("/1") + "DELETE /2 HTTP/1.1\r\nHost: a\r\n\r\n" + get("/3"));

        assertEquals(1, renderings.size());
        answer(0);
        browser.received();
        assertEquals(2, renderings.size());
        answer(1);
        browser.received();
        assertEquals(3, renderings.size());
    }

    // Bodies

    @Test
    @DisplayName("WEB-4: 100 Continue is sent when the body is asked for, not before")
    void tellsTheClientToGoOn() {
        var taken = new StringBuilder();
        Browser browser = Browser.open(this::later);

        assertEquals(
                "", browser.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n"));
        exchanges.getFirst().body(10).onSuccess(body -> taken.append(new String(body, StandardCharsets.UTF_8)));
        assertEquals("HTTP/1.1 100 Continue\r\n\r\n", browser.received());
        assertEquals("", browser.send("abc"));
        assertEquals("abc", taken.toString());
        answer(0);
        assertEquals(ok("/"), browser.received());
        assertFalse(browser.disconnecting());
    }

    @Test
    @DisplayName("H1-8: a final answer to a client that waits for 100 ends the connection")
    void answersInPlaceOfContinue() {
        Browser browser = Browser.open(HttpServerProtocolTest::echoPath);

        assertEquals(
                closing("/"),
                browser.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n"));
        assertTrue(browser.writeClosed());
        assertEquals("", browser.send("abc" + get("/smuggled")));
    }

    @Test
    @DisplayName("H1-8: a short body that nobody wanted is read away, and the connection goes on")
    void readsShortBodiesAway() {
        Browser browser = Browser.open(HttpServerProtocolTest::echoPath);

        assertEquals(
                ok("/1") + ok("/2"),
                browser.send("POST /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello" + get("/2")));
        assertEquals(ok("/3"), browser.send("POST /3 HTTP/1.1\r\nHost: a\r\nContent-Length: 65536\r\n\r\n"));
        assertEquals(ok("/4"), browser.send("x".repeat(65536) + get("/4")));
    }

    @Test
    @DisplayName("H1-8: a long body that nobody wanted ends the connection")
    void closesOnLongBodies() {
        Browser announced = Browser.open(HttpServerProtocolTest::echoPath);
        assertEquals(closing("/"), announced.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 65537\r\n\r\n"));
        assertTrue(announced.writeClosed());

        Browser chunked = Browser.open(HttpServerProtocolTest::echoPath);
        chunked.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
        chunked.send("10000\r\n" + "x".repeat(65536) + "\r\n");
        assertFalse(chunked.writeClosed());
        chunked.send("1\r\nx\r\n");
        assertTrue(chunked.writeClosed());
    }

    @Test
    @DisplayName("G1: a body in memory is as large as what came, and at most what was allowed")
    void limitsBodiesInMemory() {
        Resource root = exchange -> exchange.body(5).addCallback(body -> Response.text("" + body.length));
        String chunked = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";

        assertEquals(ok("5"), Browser.open(root).send(chunked + "5\r\nhello\r\n0\r\n\r\n"));
        assertTrue(Browser.open(root).send(chunked + "6\r\nhello!\r\n0\r\n\r\n").startsWith("HTTP/1.1 413 "));
        assertTrue(Browser.open(root)
                .send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n\r\n")
                .startsWith("HTTP/1.1 413 "));
    }

    @Test
    @DisplayName("architecture, decision 2: a body held back is not read, and comes when it is let go")
    void bodiesCanBeHeldBack() {
        var taken = new StringBuilder();
        Browser browser = Browser.open(this::later);
        browser.deliver("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n\r\nabc");
        assertEquals(3, browser.unreadBytes(), "nobody asked");

        Exchange exchange = exchanges.getFirst();
        exchange.receiveBody(new BodyReceiver() {
            @Override
            public void bodyReceived(ByteBuffer piece) {
                taken.append(StandardCharsets.US_ASCII.decode(piece));
                exchange.pauseBody();
            }

            @Override
            public void bodyEnded(Headers trailers) {
                taken.append(".");
            }

            @Override
            public void bodyFailed(Failure reason) {
                taken.append("!");
            }
        });
        browser.received();
        assertEquals("abc", taken.toString());
        browser.deliver("def");
        assertEquals("abc", taken.toString());
        exchange.resumeBody();
        browser.received();
        assertEquals("abcdef", taken.toString());
        exchange.resumeBody();
        assertEquals("abcdef.", taken.toString(), "the end takes no bytes");
    }

    @Test
    @DisplayName("WEB-4: a body that is made while it is sent is chunked")
    void streams() {
        Resource root = exchange -> Deferred.succeed(new Response(
                new ResponseHead(200, Headers.EMPTY), new Content.Streamed(HttpServerProtocolTest::countToTwo)));
        Browser browser = Browser.open(root);

        assertEquals(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n",
                browser.send(get("/")));
        assertEquals("HTTP/1.1 200 OK\r\n\r\n", browser.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n"));
    }

    private static Deferred<@Nullable Void> countToTwo(Consumer sink) {
        sink.write("one");
        sink.write("two");
        return Deferred.succeed(null);
    }

    @Test
    @DisplayName("a body that does not come to what its head promised cuts the connection")
    void cutsWrongBodies() {
        try (var log = CapturedLogs.open()) {
            for (String body : List.of("1234", "123456")) {
                Browser browser = Browser.open(exchange -> Deferred.succeed(new Response(
                        new ResponseHead(200, Headers.EMPTY, 5),
                        Content.bytes(body.getBytes(StandardCharsets.UTF_8)))));
                browser.send(get("/"));
                assertTrue(browser.disconnected(), body);
            }
            assertEquals(2, log.events().size());
        }
    }

    // Endings

    @Test
    @DisplayName("RFC 9112 §9.6: Connection: close and HTTP/1.0 end the connection behind the response")
    void closesWhenAsked() {
        for (String request :
                List.of("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", "GET / HTTP/1.0\r\n\r\n")) {
            Browser browser = Browser.open(HttpServerProtocolTest::echoPath);
            assertEquals(closing("/"), browser.send(request));
            assertTrue(browser.disconnecting());
        }
    }

    @Test
    @DisplayName("WEB-2: what is no HTTP is answered in one line, behind the responses that are due")
    void answersViolationsInTheirTurn() {
        Browser browser = Browser.open(this::later);
        assertEquals("", browser.send(get("/1") + "GET / HTTP/9.9\r\n\r\n"));
        answer(0);

        assertEquals(
                ok("/1") + "HTTP/1.1 505 HTTP Version Not Supported\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
                browser.received());
        assertTrue(browser.writeClosed());
    }

    @Test
    @DisplayName("H1-3: a bad chunk fails the body's taker and is answered 400")
    void failsTheBodyOfABadChunk() {
        var failures = new ArrayList<Failure>();
        Browser browser = Browser.open(exchange -> {
            Deferred<byte[]> body = exchange.body(100);
            body.addErrback(failure -> {
                failures.add(failure);
                return new byte[0];
            });
            return body.addCallback(_ -> Response.text("never"));
        });

        assertEquals(
                "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
                browser.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"));
        assertEquals(1, failures.size());
    }

    @Test
    @DisplayName("TRA-10: a client that closes its side still gets its answers")
    void answersAHalfClosedClient() {
        Browser browser = Browser.open(this::later);
        browser.deliver(get("/1") + get("/2"));
        browser.deliverEnd();
        assertFalse(browser.disconnecting());
        answer(0);
        answer(1);

        assertEquals(ok("/1") + closing("/2"), browser.received());
        assertTrue(browser.disconnecting());
    }

    @Test
    @DisplayName("CAN-1: when the client goes away, what is made for it is cancelled")
    void cancelsWhatNobodyWaitsFor() {
        Browser browser = Browser.open(this::later);
        browser.deliver(get("/1") + get("/2"));
        Deferred<@Nullable Void> finished = exchanges.getFirst().finished();
        var seen = new ArrayList<Failure>();
        renderings.getFirst().addErrback(failure -> {
            seen.add(failure);
            return Response.text("");
        });
        try (var log = CapturedLogs.open()) {
            browser.close();
            assertEquals(List.of(), log.events());
        }

        assertTrue(renderings.stream().allMatch(Deferred::called));
        DeferredAssertions.failureResultOf(finished, Throwable.class);
        assertEquals(List.of(), browser.clock.delayedCalls().stream().toList(), "no timer is left");
    }

    @Test
    @DisplayName("WEB-6: an exception is logged and answered 500 without telling it; HttpError is not logged")
    void answersExceptions() {
        try (var log = CapturedLogs.open()) {
            Browser browser = Browser.open(exchange -> switch (exchange.head().path()) {
                case "/thrown" -> throw new IllegalStateException("<secret>");
                case "/failed" -> Deferred.fail(new IllegalStateException("<secret>"));
                default -> throw new HttpError(404, "no <such> thing");
            });
            for (String path : List.of("/thrown", "/failed")) {
                String page = browser.send(get(path));
                assertTrue(page.startsWith("HTTP/1.1 500 Internal Server Error\r\n"), page);
                assertFalse(page.contains("secret"), page);
            }
            assertEquals(2, log.events().size());
            String page = browser.send(get("/"));
            assertTrue(page.startsWith("HTTP/1.1 404 Not Found\r\n"), page);
            assertTrue(page.contains("no &lt;such&gt; thing"), "H1-10: " + page);
            assertEquals(2, log.events().size());
        }
    }

    @Test
    @DisplayName("a response that cannot be framed is logged and answered 500")
    void answersForUnsendableResponses() {
        try (var log = CapturedLogs.open()) {
            Browser browser = Browser.open(exchange ->
                    Deferred.succeed(Response.of(200, Headers.of("Transfer-Encoding", "chunked"), new byte[0])));
            assertTrue(browser.send(get("/")).startsWith("HTTP/1.1 500 "));
            assertEquals(1, log.events().size());
        }
    }

    @Test
    @DisplayName("draining: an idle connection closes at once")
    void drainsIdleConnections() {
        var site = new Site(HttpServerProtocolTest::echoPath);
        HttpServerProtocol protocol = Objects.requireNonNull(site.buildProtocol(new MemoryTransport().peer()));
        var transport = MemoryTransport.connect(protocol);
        transport.deliver(get("/"));
        protocol.drain();

        assertTrue(transport.disconnecting());
    }

    @Test
    @DisplayName("draining: what runs is finished, the last response says close, nothing new is begun")
    void drainsRunningConnections() {
        var site = new Site(this::later, SiteOptions.USUAL.serverName(""), AccessLog.NONE);
        HttpServerProtocol protocol = Objects.requireNonNull(site.buildProtocol(new MemoryTransport().peer()));
        var transport = MemoryTransport.connect(protocol);
        transport.deliver(get("/1") + get("/2"));
        protocol.drain();
        transport.deliver(get("/3"));
        assertFalse(transport.disconnecting());
        answer(1);
        answer(0);

        String received = transport.takeText();
        assertTrue(
                received.startsWith("HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nDate: "), received);
        assertEquals(
                received.lastIndexOf("HTTP/1.1 "),
                received.indexOf("Connection: close")
                        - received.substring(received.lastIndexOf("HTTP/1.1 ")).indexOf("Connection: close"),
                "only the last says close");
        assertTrue(transport.writeClosed(), "the third request was never read: its bytes must not reset the answers");
        assertEquals(2, renderings.size());
    }

    @Test
    @DisplayName("G9: maxConnections are served, one more is refused, and one fewer makes room")
    void limitsConnections() {
        var site = new Site(HttpServerProtocolTest::echoPath, SiteOptions.USUAL.maxConnections(2), AccessLog.NONE);
        Browser first = Browser.open(site);
        Browser.open(site);
        assertNull(site.buildProtocol(first.peer()));
        first.close();

        assertEquals(1, site.connections());
        Browser.open(site);
    }

    @Test
    @DisplayName("G9: maxConnectionsPerSource holds for each source, and what is refused is told once in a while")
    void limitsConnectionsPerSource() {
        var site = new Site(
                HttpServerProtocolTest::echoPath, SiteOptions.USUAL.maxConnectionsPerSource(2), AccessLog.NONE);
        Browser first = Browser.open(site);
        Browser.open(site);
        try (var logs = CapturedLogs.open()) {
            for (int i = 0; i < 100; i++) {
                assertNull(site.buildProtocol(first.peer()));
            }
            assertEquals(List.of("maxConnectionsPerSource, 2, reached: " + first.peer() + " is refused"), logs.texts());
        }
        assertNotNull(site.buildProtocol(new Address.IPv4(Address.Carrier.TCP, "192.168.1.2", 1)));
        assertEquals(3, site.connections());
        first.close();
        Browser.open(site);
        assertNull(site.buildProtocol(first.peer()));
    }

    @Test
    @DisplayName("between requests a connection has no machine, and one that broke off gives none back")
    void lendsMachines() {
        var site = new Site(HttpServerProtocolTest::echoPath, SiteOptions.USUAL, AccessLog.NONE);
        Browser browser = Browser.open(site);
        MachinePool pool = site.machines(browser.clock);
        assertEquals(0, pool.size());
        browser.send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n");
        assertEquals(1, pool.size());
        browser.send("\r\n");
        assertEquals(0, pool.size(), "the empty line counts for the next head");
        browser.send("GET /a HTTP/1.1\r\nHost: a\r\n\r\nGE");
        assertEquals(0, pool.size());
        browser.send("T /b HTTP/1.1\r\nHost: a\r\n\r\n");
        assertEquals(1, pool.size());
        browser.send("GET /c HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        assertEquals(0, pool.size(), "its conversation is over");
    }

    @Test
    @DisplayName("a machine that is lent on knows nothing of its last connection")
    void lentMachinesAreAsNew() {
        var site = new Site(HttpServerProtocolTest::echoPath, SiteOptions.USUAL.serverName(""), AccessLog.NONE);
        var clock = new ManualClock();
        var first = MemoryTransport.connect(
                Objects.requireNonNull(site.buildProtocol(new MemoryTransport().peer())), clock);
        var second = MemoryTransport.connect(
                Objects.requireNonNull(site.buildProtocol(new MemoryTransport().peer())), clock);
        first.deliver("HEAD /a HTTP/1.1\r\nHost: a\r\n\r\n");
        second.deliver("GET /b HTTP/1.1\r\nHost: a\r\n\r\n");
        first.deliver("GET /c HTTP/1.0\r\n\r\n");
        second.deliver("GET /d HTTP/1.1\r\nHost: a\r\n\r\n");

        assertTrue(first.disconnecting());
        assertFalse(second.disconnecting());
        assertFalse(second.text().contains("close"), second.text());
        assertTrue(second.text().endsWith("\r\n\r\n/d"), second.text());
    }

    @Test
    @DisplayName("RFC 9110 §6.6.1: Date tells when the response was made, not when its request came")
    void datesLateResponses() {
        Browser browser = Browser.open(this::later);
        browser.send(get("/1") + get("/2"));
        browser.clock.advance(Duration.ofSeconds(5));
        answer(0);
        assertTrue(browser.received().contains("Date: Sat, 01 Jan 2000 00:00:05 GMT\r\n"));
        browser.clock.advance(Duration.ofSeconds(1));
        answer(1);
        assertTrue(browser.received().contains("Date: Sat, 01 Jan 2000 00:00:06 GMT\r\n"));
    }

    @Test
    @DisplayName("what is written to a body that has ended is refused, and disturbs nobody")
    void endedBodiesTakeNothing() {
        var sinks = new ArrayList<Consumer>();
        Browser browser = Browser.open(exchange -> Deferred.succeed(new Response(
                new ResponseHead(200, Headers.EMPTY, BodyLength.UNKNOWN), new Content.Streamed(sink -> {
                    sinks.add(sink);
                    sink.write("x".getBytes(StandardCharsets.US_ASCII));
                    return Deferred.succeed(null);
                }))));
        browser.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");

        assertThrows(IllegalStateException.class, () -> sinks.getFirst().write(new byte[] {'y'}));
        assertEquals("", browser.received());
    }

    @Test
    @DisplayName("WEB-8, G10: one line a request in the combined format, escaped")
    void keepsAnAccessLog() {
        var lines = new ArrayList<String>();
        var site = new Site(HttpServerProtocolTest::echoPath, SiteOptions.USUAL, entry -> lines.add(entry.combined()));
        Browser browser = Browser.open(site);
        browser.send("GET /a%22 HTTP/1.1\r\nHost: a\r\nReferer: http://b/\"\\\u009b\r\nUser-Agent: x\ty\r\n\r\n");
        browser.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");

        assertEquals(
                List.of(
                        browser.peer().host() + " - - [01/Jan/2000:00:00:00 +0000] \"GET /a%22 HTTP/1.1\" 200 5"
                                + " \"http://b/\\x22\\x5c\\xc2\\x9b\" \"x\\x09y\"",
                        browser.peer().host()
                                + " - - [01/Jan/2000:00:00:00 +0000] \"HEAD / HTTP/1.1\" 200 - \"-\" \"-\""),
                lines);
    }

    @Test
    @DisplayName("RFC 9110 §9.3.7: OPTIONS * is about the server, CONNECT is not implemented")
    void answersForTheServerAsAWhole() {
        Browser browser = Browser.open(HttpServerProtocolTest::echoPath);

        assertEquals(
                "HTTP/1.1 204 No Content\r\nAllow: GET, HEAD, OPTIONS\r\n\r\n",
                browser.send("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n"));
        assertTrue(browser.send("CONNECT b:443 HTTP/1.1\r\nHost: b:443\r\n\r\n" + get("/2"))
                .contains("\r\n\r\n<"));
    }

    @Test
    @DisplayName("RFC 9110 §7.8: an offer to upgrade is declined, and what is behind it is the next request")
    void declinesUpgrades() {
        Browser browser = Browser.open(HttpServerProtocolTest::echoPath);

        assertEquals(
                ok("/1") + ok("/2"),
                browser.send("GET /1 HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n\r\n"
                        + get("/2")));
    }

    @Test
    @DisplayName("G2: a limit of the options is the connection's limit")
    void usesItsLimits() {
        var site = new Site(
                HttpServerProtocolTest::echoPath,
                SiteOptions.USUAL.limits(Http1Limits.SERVER.bodyMaxBytes(4)),
                AccessLog.NONE);

        assertTrue(Browser.open(site)
                .send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n")
                .startsWith("HTTP/1.1 413 "));
    }

    @Test
    @DisplayName("CAN-3: a resource that cancels its own work is answered for")
    void answersForCancelledWork() {
        try (var log = CapturedLogs.open()) {
            Browser browser = Browser.open(exchange -> Deferred.fail(new CancelledError()));
            assertTrue(browser.send(get("/")).startsWith("HTTP/1.1 500 "));
            assertEquals(1, log.events().size());
        }
    }

    @Test
    @DisplayName("RFC 9110 §6.4: a body of no length is sent as none")
    void sendsNoBody() {
        Browser browser = Browser.open(exchange ->
                Deferred.succeed(new Response(new ResponseHead(200, Headers.EMPTY, BodyLength.NONE), Content.EMPTY)));

        assertEquals("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", browser.send(get("/")));
    }

    @Test
    @DisplayName("G9: siblings, as on several reactors, have their limits in common")
    void siblingsShareLimits() {
        var site = new Site(HttpServerProtocolTest::echoPath, SiteOptions.USUAL.maxConnections(2), AccessLog.NONE);
        Site sibling = site.sibling(HttpServerProtocolTest::echoPath);
        Browser first = Browser.open(site);
        Browser.open(sibling);
        assertNull(sibling.buildProtocol(first.peer()));
        assertEquals(2, site.connections());
        first.close();
        Browser.open(sibling);
        assertEquals(2, sibling.connections());
    }
}
