package bowline.web.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.defer.Deferred;
import bowline.testing.ManualClock;
import bowline.testing.MemoryTransport;
import bowline.web.message.Headers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// G6: time-outs of a server's connection, in virtual time.
class TimeoutTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String TIMED_OUT =
            "HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
    private static final ServerTimeouts TIMES = ServerTimeouts.USUAL;

    private final List<Deferred<Response>> renderings = new ArrayList<>();

    private static Deferred<Response> hello(Exchange exchange) {
        return Deferred.succeed(Response.text("hello"));
    }

    private Deferred<Response> later(Exchange exchange) {
        var rendering = new Deferred<Response>();
        renderings.add(rendering);
        return rendering;
    }

    private static Deferred<Response> length(Exchange exchange) {
        return exchange.body(1 << 20).addCallback(body -> Response.text("" + body.length));
    }

    /// Lets time pass a second at a time.
    private static void pass(Browser browser, Duration time) {
        for (long i = 0; i < time.toSeconds(); i++) {
            browser.clock.advance(Duration.ofSeconds(1));
        }
    }

    private static String received(Browser browser) {
        return browser.takeText()
                .lines()
                .filter(line -> !line.startsWith("Date"))
                .reduce("", (text, line) -> text + line + "\r\n");
    }

    @Test
    @DisplayName("G6: a connection that says nothing is closed when a head would have been due")
    void closesASilentConnection() {
        Browser browser = Browser.open(TimeoutTest::hello);
        pass(browser, TIMES.head().minusSeconds(1));
        assertFalse(browser.disconnecting());
        pass(browser, Duration.ofSeconds(1));

        assertTrue(browser.disconnecting());
        assertEquals("", browser.text());
    }

    @Test
    @DisplayName("G6: a head that trickles in is answered 408 when its time is over, however lively it trickles")
    void trickledHeadsTimeOut() {
        Browser browser = Browser.open(TimeoutTest::hello);
        browser.deliver("GET / HTTP/1.1\r\nHost: a\r\n");
        for (int i = 0; i < TIMES.head().toSeconds() - 1; i++) {
            browser.clock.advance(Duration.ofSeconds(1));
            browser.deliver("X: y\r\n");
        }
        assertEquals("", browser.text());
        browser.clock.advance(Duration.ofSeconds(1));

        assertEquals(TIMED_OUT, received(browser));
        assertTrue(browser.writeClosed());
        pass(browser, TIMES.linger());
        assertTrue(browser.disconnected(), "and it is cut if the client does not close");
    }

    @Test
    @DisplayName("G6: each later head has its time from its first byte on")
    void laterHeadsTimeOutFromTheirFirstByte() {
        Browser browser = Browser.open(TimeoutTest::hello);
        browser.deliver(GET);
        pass(browser, TIMES.idle().minusSeconds(1));
        browser.takeText();
        browser.deliver("G");
        pass(browser, TIMES.head().minusSeconds(1));
        assertEquals("", browser.text());
        pass(browser, Duration.ofSeconds(1));

        assertEquals(TIMED_OUT, received(browser));
    }

    @Test
    @DisplayName("WEB-1: between requests a connection may be idle for a time, counted anew from each response")
    void idleConnectionsAreClosed() {
        Browser browser = Browser.open(TimeoutTest::hello);
        for (int i = 0; i < 5; i++) {
            browser.deliver(GET);
            pass(browser, TIMES.idle().minusSeconds(1));
            assertFalse(browser.disconnecting());
        }
        pass(browser, Duration.ofSeconds(1));

        assertTrue(browser.disconnecting());
    }

    @Test
    @DisplayName("G6: a body must come at the average rate, and may pause within the grace")
    void slowBodiesTimeOut() {
        Browser browser = Browser.open(TimeoutTest::length);
        browser.deliver("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n");
        pass(browser, TIMES.grace().minusSeconds(1));
        browser.deliver("x".repeat(5120));
        pass(browser, Duration.ofSeconds(10));
        assertEquals("", browser.text());
        pass(browser, Duration.ofSeconds(1));

        assertEquals(TIMED_OUT, received(browser));
    }

    @Test
    @DisplayName("G6: a body that comes at the rate may take as long as it is")
    void steadyBodiesAreTaken() {
        Browser browser = Browser.open(TimeoutTest::length);
        browser.deliver("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 61440\r\n\r\n");
        for (int i = 0; i < 120; i++) {
            browser.clock.advance(Duration.ofSeconds(1));
            browser.deliver("x".repeat(512));
        }

        assertTrue(received(browser).startsWith("HTTP/1.1 200 "));
    }

    @Test
    @DisplayName("WEB-1: what takes us long is no fault of the client")
    void workingTakesItsTime() {
        Browser browser = Browser.open(this::later);
        browser.deliver(GET);
        pass(browser, Duration.ofHours(1));
        renderings.getFirst().callback(Response.text("hello"));

        assertTrue(received(browser).startsWith("HTTP/1.1 200 "));
        assertFalse(browser.disconnecting());
    }

    @Test
    @DisplayName("G6: a client that does not take its response is cut")
    void slowReadersAreCut() {
        Browser browser = Browser.open(TimeoutTest::hello);
        browser.unsent(200);
        browser.deliver(GET);
        pass(browser, TIMES.grace().plusSeconds(9));
        assertFalse(browser.disconnected());
        pass(browser, TIMES.grace());

        assertTrue(browser.disconnected());
    }

    @Test
    @DisplayName("G6: a client that takes its response at the rate is served to the end")
    void steadyReadersAreServed() {
        Browser browser =
                Browser.open(exchange -> Deferred.succeed(Response.of(200, Headers.EMPTY, new byte[512 * 100])));
        browser.unsent(512 * 100);
        browser.deliver(GET);
        for (int second = 1; second <= 100; second++) {
            browser.clock.advance(Duration.ofSeconds(1));
            browser.unsent(512 * (100 - second));
            assertFalse(browser.disconnected(), "second " + second);
        }
        pass(browser, TIMES.idle().minusSeconds(5));
        assertFalse(browser.disconnecting(), "idle counts from when all was taken");
    }

    @Test
    @DisplayName("H1-9: while the client does not take its responses, no more requests are begun")
    void stopsWhileOutputIsFull() {
        Browser browser = Browser.open(TimeoutTest::hello);
        browser.unsent(70_000);
        browser.deliver(GET.repeat(20));
        assertEquals(1, browser.text().split("hello", -1).length - 1);

        browser.unsent(0);
        browser.drain();
        browser.clock.advance(Duration.ZERO);
        assertEquals(20, browser.text().split("hello", -1).length - 1);
    }

    @Test
    @DisplayName("G6: ten thousand heads that never end do not hold up anybody else, and each ends in its time")
    void endlessHeadsHoldUpNobody() {
        SiteOptions options = SiteOptions.USUAL.maxConnections(10_001).maxConnectionsPerSource(10_001);
        var site = new Site(TimeoutTest::hello, options, AccessLog.NONE);
        var clock = new ManualClock();
        var endless = new ArrayList<MemoryTransport>();
        for (int i = 0; i < 10_000; i++) {
            endless.add(MemoryTransport.connect(
                    Objects.requireNonNull(site.buildProtocol(new MemoryTransport().peer())), clock));
            endless.getLast().deliver("GET / HTTP/1.1\r\nX");
        }
        var good = MemoryTransport.connect(
                Objects.requireNonNull(site.buildProtocol(new MemoryTransport().peer())), clock);
        good.deliver(GET);
        assertTrue(good.text().endsWith("hello"), "at once");

        clock.advance(TIMES.head());
        assertTrue(endless.stream().allMatch(MemoryTransport::writeClosed));
        assertFalse(good.disconnecting());
    }

    @Test
    @DisplayName("draining: who has just connected may send a first request for a short while")
    void drainsAConnectionWithoutARequest() {
        Browser browser = Browser.open(TimeoutTest::hello);
        browser.drainServer();
        browser.clock.advance(TIMES.firstRequestGrace().minusNanos(1));
        assertFalse(browser.disconnecting());

        assertTrue(browser.send(GET).contains("Connection: close\r\n"));
        assertTrue(browser.disconnecting());
    }

    @Test
    @DisplayName("draining: who has just connected and sends nothing is closed without a word when that is over")
    void drainsASilentConnection() {
        Browser browser = Browser.open(TimeoutTest::hello);
        browser.drainServer();
        browser.clock.advance(TIMES.firstRequestGrace());

        assertTrue(browser.disconnecting());
        assertEquals("", browser.text());
    }

    @Test
    @DisplayName("draining: a head that has begun may be sent to its end, and is the last")
    void drainsAConnectionInsideAHead() {
        Browser browser = Browser.open(TimeoutTest::hello);
        browser.send(GET);
        browser.deliver("GET / HT");
        browser.drainServer();
        browser.deliver("TP/1.1\r\n");
        browser.clock.advance(TIMES.firstRequestGrace().minusNanos(1));
        assertEquals("", browser.text());
        String answer = browser.send("Host: a\r\n\r\n" + GET);

        assertTrue(answer.contains("Connection: close\r\n"), answer);
        assertEquals(answer.indexOf("HTTP/1.1"), answer.lastIndexOf("HTTP/1.1"), "one answer");
    }

    @Test
    @DisplayName("draining: a head that does not come to its end is answered 408")
    void drainsAConnectionThatTrickles() {
        Browser browser = Browser.open(TimeoutTest::hello);
        browser.drainServer();
        browser.deliver("GET / HTTP/1.1\r\n");
        browser.clock.advance(TIMES.firstRequestGrace());

        assertEquals(TIMED_OUT, received(browser));
    }
}
