package bowline.web.server;

import bowline.testing.ManualClock;
import bowline.testing.MemoryTransport;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A client in memory: sends text and sees what comes back, on a clock that a test moves.
final class Browser extends MemoryTransport {
    final ManualClock clock;
    private @Nullable HttpServerProtocol served;
    private long unsent;

    private Browser(ManualClock clock) {
        super(clock);
        this.clock = clock;
    }

    /// One connection to a site.
    static Browser open(Site site) {
        var browser = new Browser(new ManualClock());
        HttpServerProtocol protocol = site.buildProtocol(browser.peer());
        if (protocol == null) {
            throw new AssertionError("refused");
        }
        browser.served = protocol;
        browser.connectTo(protocol);
        return browser;
    }

    static Browser open(Resource root) {
        return open(new Site(root, SiteOptions.USUAL.serverName(""), AccessLog.NONE));
    }

    /// Sends and lets the loop turn; answers what came back, without the `Date`.
    String send(String text) {
        deliver(text);
        return received();
    }

    /// What came back since the last time, without `Date`.
    String received() {
        clock.advance(Duration.ZERO);
        return takeText().replace("Date: Sat, 01 Jan 2000 00:00:00 GMT\r\n", "");
    }

    /// The server begins to end its connection.
    void drainServer() {
        Objects.requireNonNull(served).drain();
    }

    /// From now on so many bytes count as not taken by the client.
    void unsent(long bytes) {
        unsent = bytes;
    }

    @Override
    public long unsentBytes() {
        return unsent;
    }
}
