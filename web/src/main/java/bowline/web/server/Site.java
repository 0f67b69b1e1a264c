package bowline.web.server;

import bowline.defer.Deferred;
import bowline.log.Logger;
import bowline.policy.ConnectionCount;
import bowline.policy.ConnectionsBySource;
import bowline.policy.RefusalLog;
import bowline.protocol.Address;
import bowline.protocol.Factory;
import bowline.time.Clock;
import bowline.tls.ApplicationProtocols;
import bowline.web.message.HeaderName;
import bowline.web.message.Headers;
import bowline.web.message.Status;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A web site: the factory to listen with, and everything that its connections share (WEB-1). For one reactor.
///
///     Resource hello = exchange -> Deferred.succeed(Response.text("Hello, world!\n"));
///     reactor.listenTcp(8080, new Site(hello));
///
/// Over TLS it says by ALPN that it speaks `http/1.1`: clients that speak something else only are refused (TLS-6 of the
/// security rules).
public final class Site extends Factory<HttpServerProtocol> implements ApplicationProtocols {
    private static final Logger log = Logger.of(Site.class);

    private final Resource root;
    private final SiteOptions options;
    private final AccessLog accessLog;
    private @Nullable MachinePool machines;
    private final ConnectionsBySource sources;
    private final RefusalLog full;
    private final RefusalLog sourceFull;
    private final ConnectionCount count;

    /// A site with the usual options that keeps no access log.
    public Site(Resource root) {
        this(root, SiteOptions.USUAL, AccessLog.NONE);
    }

    /// A site.
    ///
    /// @param root answers every request
    public Site(Resource root, SiteOptions options, AccessLog accessLog) {
        this(
                root,
                options,
                accessLog,
                new ConnectionCount(),
                new ConnectionsBySource(options.maxConnectionsPerSource()));
    }

    private Site(
            Resource root,
            SiteOptions options,
            AccessLog accessLog,
            ConnectionCount count,
            ConnectionsBySource sources) {
        this.root = Objects.requireNonNull(root);
        this.options = Objects.requireNonNull(options);
        this.accessLog = Objects.requireNonNull(accessLog);
        this.count = count;
        this.sources = sources;
        full = new RefusalLog(log, "maxConnections, " + options.maxConnections() + ",");
        sourceFull = new RefusalLog(log, "maxConnectionsPerSource, " + options.maxConnectionsPerSource() + ",");
    }

    /// The same site on another reactor: with the same options, the limits of which count for both together,
    /// and the same access log.
    ///
    /// @param itsRoot answers the requests there
    public Site sibling(Resource itsRoot) {
        return new Site(itsRoot, options, accessLog, count, sources);
    }

    /// How it treats its connections.
    public SiteOptions options() {
        return options;
    }

    /// How many connections are open, those of its siblings among them.
    public int connections() {
        return count.open();
    }

    /// A connection's protocol, or null when there are `maxConnections` already or as many of this source as
    /// may be: that one is closed as it came (G9).
    @Override
    public @Nullable HttpServerProtocol buildProtocol(Address peer) {
        if (count.enter(options.maxConnections()) < 0) {
            full.refused(peer);
            return null;
        }
        ConnectionsBySource.Source source = sources.admit(peer);
        if (source == null) {
            count.leave();
            sourceFull.refused(peer);
            return null;
        }
        return new HttpServerProtocol(this, source);
    }

    @Override
    public List<String> acceptableProtocols() {
        return List.of("http/1.1");
    }

    void opened(Clock clock) {
        full.clock(clock);
        sourceFull.clock(clock);
    }

    void closed(ConnectionsBySource.Source source) {
        count.leave();
        source.leave();
    }

    AccessLog accessLog() {
        return accessLog;
    }

    MachinePool machines(Clock clock) {
        if (machines == null || !machines.isOf(clock)) {
            machines = new MachinePool(clock, options);
        }
        return machines;
    }

    /// What it serves, for the log.
    @Override
    public String toString() {
        return "site of " + root;
    }

    /// Answers what is about the server as a whole, and asks the root for the rest.
    Deferred<Response> render(Exchange exchange) throws Exception {
        if (exchange.isMisdirected()) {
            throw new HttpError(Status.MISDIRECTED_REQUEST, "This connection is for another host; make one for this.");
        }
        if (exchange.head().method().equals("CONNECT")) {
            throw new HttpError(Status.NOT_IMPLEMENTED, "This is no proxy.");
        }
        if (exchange.head().target().equals("*")) {
            return Deferred.succeed(Response.empty(
                    Status.NO_CONTENT,
                    Headers.builder()
                            .add(HeaderName.ALLOW, "GET, HEAD, OPTIONS")
                            .build()));
        }
        return root.render(exchange);
    }
}
