package bowline.policy;

import bowline.log.Logger;
import bowline.protocol.Address;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.protocol.WatchedProtocol;
import bowline.time.Clock;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Stands in front of a factory and refuses connections that come faster than so many a minute (G9): for what costs
/// much to begin, as a process for each connection. So many may come at once; then each waits for its share of the
/// minute.
///
/// @param <P> the protocols of the factory behind
public final class LimitConnectionRate<P extends Protocol> extends LimitingFactory<P> {
    private static final Logger log = Logger.of(LimitConnectionRate.class);
    private static final double NANOS_PER_MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final Bucket bucket;
    private final Clock clock;

    /// @param maxPerMinute how many connections may begin in a minute, at least 1
    public LimitConnectionRate(Factory<P> factory, int maxPerMinute, Clock clock) {
        this(factory, new Bucket(maxPerMinute, clock.nanos()), clock);
    }

    private LimitConnectionRate(Factory<P> factory, Bucket bucket, Clock clock) {
        super(factory, new RefusalLog(log, "maxPerMinute, " + bucket.maxPerMinute + ","));
        this.bucket = bucket;
        this.clock = clock;
    }

    /// The same limit in front of the factory of another reactor: what begins at both is counted together.
    ///
    /// @param itsClock that of the other reactor
    public LimitConnectionRate<P> sibling(Factory<P> other, Clock itsClock) {
        return new LimitConnectionRate<>(other, bucket, itsClock);
    }

    @Override
    public @Nullable WatchedProtocol<P> buildProtocol(Address peer) throws Exception {
        return bucket.take(clock.nanos()) ? admit(peer, () -> {}) : refuse(peer);
    }

    /// The beginnings that there may be. Any thread may take one.
    private static final class Bucket {
        private final int maxPerMinute;
        private double available;
        private long filledAt;

        Bucket(int maxPerMinute, long now) {
            if (maxPerMinute < 1) {
                throw new IllegalArgumentException(
                        "maxPerMinute " + maxPerMinute + " is less than 1: nobody could connect");
            }
            this.maxPerMinute = maxPerMinute;
            available = maxPerMinute;
            filledAt = now;
        }

        synchronized boolean take(long now) {
            // The clocks of two reactors may disagree a little.
            long elapsed = Math.max(0, now - filledAt);
            available = Math.min(maxPerMinute, available + elapsed / NANOS_PER_MINUTE * maxPerMinute);
            filledAt += elapsed;
            if (available < 1) {
                return false;
            }
            available--;
            return true;
        }
    }
}
