package bowline.policy;

import bowline.log.Logger;
import bowline.protocol.Address;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.protocol.WatchedProtocol;
import org.jspecify.annotations.Nullable;

/// Stands in front of a factory and refuses a peer that has as many connections as one source may (POL-7, G9).
/// What a source is, [ConnectionsBySource] says.
///
/// @param <P> the protocols of the factory behind
public final class LimitConnectionsByPeer<P extends Protocol> extends LimitingFactory<P> {

    /// Connections of one peer, unless told otherwise (POL-7).
    public static final int MAX_BY_PEER = 5;

    private static final Logger log = Logger.of(LimitConnectionsByPeer.class);

    private final int maxByPeer;
    private final ConnectionsBySource sources;

    /// At most [#MAX_BY_PEER] connections of each peer.
    public LimitConnectionsByPeer(Factory<P> factory) {
        this(factory, MAX_BY_PEER);
    }

    /// @param maxByPeer how many connections one peer may have, at least 1
    public LimitConnectionsByPeer(Factory<P> factory, int maxByPeer) {
        this(factory, maxByPeer, new ConnectionsBySource(maxByPeer));
    }

    private LimitConnectionsByPeer(Factory<P> factory, int maxByPeer, ConnectionsBySource sources) {
        super(factory, new RefusalLog(log, "maxByPeer, " + maxByPeer + ","));
        this.maxByPeer = maxByPeer;
        this.sources = sources;
    }

    /// The same limit in front of the factory of another reactor: what both let in is counted together.
    public LimitConnectionsByPeer<P> sibling(Factory<P> other) {
        return new LimitConnectionsByPeer<>(other, maxByPeer, sources);
    }

    @Override
    public @Nullable WatchedProtocol<P> buildProtocol(Address peer) throws Exception {
        ConnectionsBySource.Source source = sources.admit(peer);
        if (source == null) {
            return refuse(peer);
        }
        return admit(peer, source::leave);
    }
}
