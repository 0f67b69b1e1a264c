package bowline.policy;

import bowline.log.Logger;
import bowline.protocol.Address;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.protocol.WatchedProtocol;
import org.jspecify.annotations.Nullable;

/// Stands in front of a factory and refuses connections beyond a number, or has them told so by an overflow protocol
/// (POL-6, G9). Those that are told count too, so that they come to an end as well.
///
/// @param <P> the protocols of the factory behind
public final class LimitTotalConnections<P extends Protocol> extends LimitingFactory<P> {
    private static final Logger log = Logger.of(LimitTotalConnections.class);

    private final int max;
    private final int overflowMax;
    private final @Nullable Factory<P> overflow;
    private final ConnectionCount count;

    /// Refuses what goes beyond `max`.
    public LimitTotalConnections(Factory<P> factory, int max) {
        this(factory, max, null, 0);
    }

    /// Gives up to `overflowMax` connections beyond `max` to `overflow`, which tells them why and closes, and
    /// refuses the rest.
    public LimitTotalConnections(Factory<P> factory, int max, @Nullable Factory<P> overflow, int overflowMax) {
        this(factory, max, overflow, overflowMax, new ConnectionCount());
    }

    private LimitTotalConnections(
            Factory<P> factory, int max, @Nullable Factory<P> overflow, int overflowMax, ConnectionCount count) {
        super(factory, new RefusalLog(log, "max, " + max + ","));
        if (max < 1 || overflowMax < 0) {
            throw new IllegalArgumentException("max " + max + " is less than 1, or overflowMax " + overflowMax
                    + " negative: nobody could connect");
        }
        this.max = max;
        this.overflow = overflow;
        this.overflowMax = overflow == null ? 0 : overflowMax;
        this.count = count;
    }

    /// The same limit in front of the factory of another reactor: what both let in is counted together.
    ///
    /// @param otherOverflow the overflow of that reactor, where this has one
    public LimitTotalConnections<P> sibling(Factory<P> other, @Nullable Factory<P> otherOverflow) {
        return new LimitTotalConnections<>(other, max, otherOverflow, overflowMax, count);
    }

    /// How many connections are open, those of the overflow among them.
    public int open() {
        return count.open();
    }

    @Override
    public @Nullable WatchedProtocol<P> buildProtocol(Address peer) throws Exception {
        int before = count.enter(max + overflowMax);
        if (before < 0) {
            return refuse(peer);
        }
        Factory<P> chosen = before < max || overflow == null ? factory() : overflow;
        return admit(chosen, peer, count::leave);
    }
}
