package bowline.supervise;

import bowline.policy.LimitConnectionRate;
import bowline.policy.LimitConnectionsByPeer;
import bowline.policy.LimitTotalConnections;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.protocol.WatchedProtocol;
import bowline.time.Clock;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// How much one service of a super-server gives to its clients (RUN-7). What goes beyond is refused, and logged now and
/// then.
///
/// @param maxConnections most connections at once
/// @param maxConnectionsPerSource most connections at once of one address (of IPv6: one /64)
/// @param maxStartsPerMinute most connections that may begin in a minute
/// @param idleTimeout a connection on which nothing has come or gone for this long is ended; zero: none is
/// @param killTimeout how long a program may take to end after TERM, before it gets KILL
public record ServiceLimits(
        int maxConnections,
        int maxConnectionsPerSource,
        int maxStartsPerMinute,
        Duration idleTimeout,
        Duration killTimeout) {

    /// 100 connections, 20 of one source, 256 beginnings a minute, ten idle minutes, five seconds from TERM to
    /// KILL.
    public static final ServiceLimits USUAL =
            new ServiceLimits(100, 20, 256, Duration.ofMinutes(10), Duration.ofSeconds(5));

    /// Checks that somebody can connect.
    public ServiceLimits {
        if (maxConnections < 1 || maxConnectionsPerSource < 1 || maxStartsPerMinute < 1) {
            throw new IllegalArgumentException("limits of " + maxConnections + " connections, "
                    + maxConnectionsPerSource + " of a source, " + maxStartsPerMinute
                    + " a minute: with one below 1 nobody could connect");
        }
        if (idleTimeout.isNegative() || killTimeout.isNegative()) {
            throw new IllegalArgumentException(
                    "idleTimeout " + idleTimeout + " or killTimeout " + killTimeout + " is negative");
        }
    }

    /// The same with other numbers of connections.
    public ServiceLimits connections(int max, int maxPerSource, int maxStarts) {
        return new ServiceLimits(max, maxPerSource, maxStarts, idleTimeout, killTimeout);
    }

    /// The same with another time for idle connections.
    public ServiceLimits idleTimeout(Duration time) {
        return new ServiceLimits(maxConnections, maxConnectionsPerSource, maxStartsPerMinute, time, killTimeout);
    }

    /// The same with another time between TERM and KILL.
    public ServiceLimits killTimeout(Duration time) {
        return new ServiceLimits(maxConnections, maxConnectionsPerSource, maxStartsPerMinute, idleTimeout, time);
    }

    /// A factory in front of `factory` that refuses what goes beyond the numbers. It does not know of the times.
    public <P extends Protocol> Factory<? extends Protocol> inFrontOf(Factory<P> factory, Clock clock) {
        return this.<P>inFrontOfEach(() -> factory).apply(clock);
    }

    /// Such factories for several reactors, by their clocks: each in front of one of `factories`, all counting
    /// together.
    public <P extends Protocol> Function<Clock, Factory<? extends Protocol>> inFrontOfEach(
            Supplier<? extends Factory<P>> factories) {
        return new Gates<>(this, factories);
    }

    /// Makes the first gate, and then siblings of it.
    private static final class Gates<P extends Protocol> implements Function<Clock, Factory<? extends Protocol>> {
        private final ServiceLimits limits;
        private final Supplier<? extends Factory<P>> factories;
        private @Nullable LimitConnectionRate<P> rate;
        private @Nullable LimitConnectionsByPeer<WatchedProtocol<P>> sources;
        private @Nullable LimitTotalConnections<WatchedProtocol<WatchedProtocol<P>>> total;

        Gates(ServiceLimits limits, Supplier<? extends Factory<P>> factories) {
            this.limits = limits;
            this.factories = factories;
        }

        @Override
        public Factory<? extends Protocol> apply(Clock clock) {
            Factory<P> factory = factories.get();
            rate = rate == null
                    ? new LimitConnectionRate<>(factory, limits.maxStartsPerMinute, clock)
                    : rate.sibling(factory, clock);
            sources = sources == null
                    ? new LimitConnectionsByPeer<>(rate, limits.maxConnectionsPerSource)
                    : sources.sibling(rate);
            total = total == null
                    ? new LimitTotalConnections<>(sources, limits.maxConnections)
                    : total.sibling(sources, null);
            return total;
        }
    }
}
