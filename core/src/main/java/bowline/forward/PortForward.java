package bowline.forward;

import bowline.endpoint.ClientEndpoint;
import bowline.log.Logger;
import bowline.policy.ConnectionsBySource;
import bowline.policy.RefusalLog;
import bowline.protocol.Address;
import bowline.protocol.Factory;
import bowline.time.Clock;
import org.jspecify.annotations.Nullable;

/// Passes each client on to a target, with back-pressure both ways (FWD-1).
///
///     var target = ClientEndpoint.of(reactor, "tcp:10.0.0.1:80");
///     reactor.listenTcp(8080, new PortForward(target));
///
/// A client is not read until its target is connected: what it says meanwhile waits in the system's buffers, which have
/// a bound and press back on the client, and not in ours, of which a client whose target is slow could have one for
/// each connection. The price is that a client that leaves meanwhile is not noticed before the target is there or
/// `connectTimeout` is over.
///
/// The end of one direction is passed on, and the other goes on; when one connection is lost, the other sends what it
/// has and is lost too. Only if it is lost because it was aborted here, as when the time for draining is over, the
/// other is aborted as well: a peer that is not read must not keep it, nor take what was cut off for whole.
public final class PortForward extends Factory<ForwardedProtocol> {
    private static final Logger log = Logger.of(PortForward.class);

    private final ClientEndpoint target;
    private final PortForwardOptions options;
    private final ConnectionsBySource sources;
    private final RefusalLog tooMany;
    private final RefusalLog tooManyBySource;
    private int open;

    /// With [PortForwardOptions#DEFAULT].
    public PortForward(ClientEndpoint target) {
        this(target, PortForwardOptions.DEFAULT);
    }

    /// @param target where clients are passed on to
    public PortForward(ClientEndpoint target, PortForwardOptions options) {
        this.target = target;
        this.options = options;
        sources = new ConnectionsBySource(options.maxBySource());
        tooMany = new RefusalLog(log, "maxConnections, " + options.maxConnections() + ",");
        tooManyBySource = new RefusalLog(log, "maxBySource, " + options.maxBySource() + ",");
    }

    /// Where clients are passed on to.
    public ClientEndpoint target() {
        return target;
    }

    /// Its limits.
    public PortForwardOptions options() {
        return options;
    }

    /// How many clients there are.
    public int open() {
        return open;
    }

    @Override
    public @Nullable ForwardedProtocol buildProtocol(Address peer) {
        if (open >= options.maxConnections()) {
            tooMany.refused(peer);
            return null;
        }
        ConnectionsBySource.Source source = sources.admit(peer);
        if (source == null) {
            tooManyBySource.refused(peer);
            return null;
        }
        open++;
        return new ForwardedProtocol(this, source);
    }

    void opened(Clock clock) {
        tooMany.clock(clock);
        tooManyBySource.clock(clock);
    }

    void closed(ConnectionsBySource.Source source) {
        open--;
        source.leave();
    }
}
