package bowline.haproxy;

import bowline.log.Logger;
import bowline.policy.RefusalLog;
import bowline.protocol.Address;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.time.Clock;
import org.jspecify.annotations.Nullable;

/// Stands in front of a factory and requires a PROXY header of each connection; the factory behind is asked for a
/// protocol when the header is there, with the address that it names (HAP-1, R1). So limits by source that stand behind
/// it see the real sources.
///
/// @param <P> the protocols of the factory behind
public final class ProxyProtocolFactory<P extends Protocol> extends Factory<ProxiedProtocol<P>> {
    private static final Logger log = Logger.of(ProxyProtocolFactory.class);

    private final Factory<P> inner;
    private final ProxyProtocolOptions options;
    private final RefusalLog untrusted = new RefusalLog(log, "a connection that is from none of the trusted proxies:");
    private final RefusalLog tooMany;
    private int waiting;

    /// In front of `inner`.
    public ProxyProtocolFactory(Factory<P> inner, ProxyProtocolOptions options) {
        this.inner = inner;
        this.options = options;
        tooMany = new RefusalLog(log, "waitingMax, " + options.waitingMax() + ",");
        noisy(false);
    }

    /// The factory behind.
    public Factory<P> inner() {
        return inner;
    }

    /// Whom it trusts, and its limits.
    public ProxyProtocolOptions options() {
        return options;
    }

    /// How many connections wait for their header.
    public int waiting() {
        return waiting;
    }

    @Override
    public @Nullable ProxiedProtocol<P> buildProtocol(Address peer) {
        if (!options.trusts(peer)) {
            untrusted.refused(peer);
            return null;
        }
        if (waiting >= options.waitingMax()) {
            tooMany.refused(peer);
            return null;
        }
        waiting++;
        return new ProxiedProtocol<>(this);
    }

    void opened(Clock clock) {
        untrusted.clock(clock);
        tooMany.clock(clock);
    }

    void waitsNoMore() {
        waiting--;
    }

    @Override
    public <T> @Nullable T as(Class<T> type) {
        T own = super.as(type);
        return own == null ? inner.as(type) : own;
    }

    @Override
    public void startFactory() {
        inner.doStart();
    }

    @Override
    public void stopFactory() {
        inner.doStop();
    }

    @Override
    public String logPrefix() {
        return inner.logPrefix();
    }
}
