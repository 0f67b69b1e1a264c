package bowline.socks;

import bowline.cred.AnonymousChecker;
import bowline.cred.Login;
import bowline.cred.Portal;
import bowline.cred.Realm;
import bowline.defer.Deferred;
import bowline.log.Logger;
import bowline.policy.ConnectionsBySource;
import bowline.policy.RefusalLog;
import bowline.protocol.Address;
import bowline.protocol.Factory;
import bowline.reactor.Reactor;
import bowline.time.Clock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A proxy: the factory to listen with, for SOCKS 4, 4a and 5 on one port (SOC-1, RFC 1928). For one reactor.
///
///     reactor.listenTcp(1080, new SocksServer(reactor, SocksServerOptions.USUAL));
///
/// Out of the box it connects to public addresses only, so that nobody reaches through it what only this machine should
/// reach (K1).
public final class SocksServer extends Factory<SocksServerProtocol> {
    private static final Logger log = Logger.of(SocksServer.class);

    /// Whoever comes in may ask for everything.
    static final Realm EVERYTHING =
            (_, _, _) -> Deferred.succeed(new Login<>(RequestCheck.class, RequestCheck.ALL, () -> {}));

    private final Reactor reactor;
    private final SocksServerOptions options;
    private final Portal portal;
    private final ConnectionsBySource sources;
    private final RefusalLog full;
    private final RefusalLog sourceFull;
    private int connections;

    /// A server that connects by `reactor`.
    public SocksServer(Reactor reactor, SocksServerOptions options) {
        this.reactor = Objects.requireNonNull(reactor);
        this.options = Objects.requireNonNull(options);
        portal = options.portal() == null ? new Portal(EVERYTHING, new AnonymousChecker()) : options.portal();
        sources = new ConnectionsBySource(options.maxConnectionsPerSource());
        full = new RefusalLog(log, "maxConnections, " + options.maxConnections() + ",");
        sourceFull = new RefusalLog(log, "maxConnectionsPerSource, " + options.maxConnectionsPerSource() + ",");
    }

    /// How it treats its clients.
    public SocksServerOptions options() {
        return options;
    }

    /// How many clients are connected.
    public int connections() {
        return connections;
    }

    Portal portal() {
        return portal;
    }

    Reactor reactor() {
        return reactor;
    }

    /// A client's protocol, or null when there are `maxConnections` already or as many of this source as may be
    /// (G9).
    @Override
    public @Nullable SocksServerProtocol buildProtocol(Address peer) {
        if (connections >= options.maxConnections()) {
            full.refused(peer);
            return null;
        }
        ConnectionsBySource.Source source = sources.admit(peer);
        if (source == null) {
            sourceFull.refused(peer);
            return null;
        }
        connections++;
        return new SocksServerProtocol(this, source);
    }

    void opened(Clock clock) {
        full.clock(clock);
        sourceFull.clock(clock);
    }

    void closed(ConnectionsBySource.Source source) {
        connections--;
        source.leave();
    }
}
