package bowline.policy;

import bowline.failure.Failure;
import bowline.protocol.Address;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.protocol.WatchedProtocol;
import org.jspecify.annotations.Nullable;

/// What the limits have in common: each connection that is admitted holds a place until it is lost.
///
/// @param <P> the protocols of the factory behind
public abstract sealed class LimitingFactory<P extends Protocol> extends Factory<WatchedProtocol<P>>
        permits LimitConnectionRate, LimitConnectionsByPeer, LimitTotalConnections {
    private final Factory<P> factory;
    private final RefusalLog refusals;

    LimitingFactory(Factory<P> factory, RefusalLog refusals) {
        this.factory = factory;
        this.refusals = refusals;
        noisy(false);
    }

    final Factory<P> factory() {
        return factory;
    }

    final @Nullable WatchedProtocol<P> refuse(Address peer) {
        refusals.refused(peer);
        return null;
    }

    final @Nullable WatchedProtocol<P> admit(Address peer, Runnable leave) throws Exception {
        return admit(factory, peer, leave);
    }

    /// A protocol of `chosen` whose place is given back by `leave`: when its connection is lost, or at once when
    /// there is to be none (POL-2).
    final @Nullable WatchedProtocol<P> admit(Factory<P> chosen, Address peer, Runnable leave) throws Exception {
        P protocol = null;
        try {
            protocol = chosen.build(peer);
        } finally {
            if (protocol == null) {
                leave.run();
            }
        }
        return protocol == null ? null : WatchedProtocol.of(protocol, new Place<>(refusals, leave));
    }

    /// The place of one connection.
    private record Place<P extends Protocol>(RefusalLog refusals, Runnable leave)
            implements WatchedProtocol.Watcher<P> {

        @Override
        public void connectionMade(P protocol) {
            refusals.clock(protocol.transport().clock());
        }

        @Override
        public void connectionLost(P protocol, Failure reason) {
            leave.run();
        }
    }

    @Override
    public <T> @Nullable T as(Class<T> type) {
        T own = super.as(type);
        return own == null ? factory.as(type) : own;
    }

    @Override
    public void startFactory() {
        factory.doStart();
    }

    @Override
    public void stopFactory() {
        factory.doStop();
    }

    @Override
    public String logPrefix() {
        return factory.logPrefix();
    }
}
