package bowline.forward;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The limits of a port forward, and what it says of its clients.
///
/// @param connectTimeout how long connecting out may take, look-up included
/// @param idleTimeout how long no byte need move in either direction; null: as long as it takes
/// @param maxConnections most clients at a time
/// @param maxBySource most of them from one source
/// @param proxyHeader the version of the PROXY header that the target is sent for each client, 1 or 2; 0: none
public record PortForwardOptions(
        Duration connectTimeout, @Nullable Duration idleTimeout, int maxConnections, int maxBySource, int proxyHeader) {

    /// 30 s to connect, an hour idle, 1000 clients, 100 from one source, no header.
    public static final PortForwardOptions DEFAULT =
            new PortForwardOptions(Duration.ofSeconds(30), Duration.ofHours(1), 1000, 100, 0);

    /// Checks the limits.
    public PortForwardOptions {
        if (!connectTimeout.isPositive() || (idleTimeout != null && !idleTimeout.isPositive())) {
            throw new IllegalArgumentException(
                    "connectTimeout " + connectTimeout + " or idleTimeout " + idleTimeout + " is not positive");
        }
        if (maxConnections < 1 || maxBySource < 1) {
            throw new IllegalArgumentException("maxConnections " + maxConnections + " or maxBySource " + maxBySource
                    + " is less than 1: nobody could connect");
        }
        if (proxyHeader < 0 || proxyHeader > 2) {
            throw new IllegalArgumentException("there is no version " + proxyHeader + " of the PROXY protocol");
        }
    }

    /// The same with another time to connect.
    public PortForwardOptions connectTimeout(Duration time) {
        return new PortForwardOptions(time, idleTimeout, maxConnections, maxBySource, proxyHeader);
    }

    /// The same with another time without a byte; null: as long as it takes.
    public PortForwardOptions idleTimeout(@Nullable Duration time) {
        return new PortForwardOptions(connectTimeout, time, maxConnections, maxBySource, proxyHeader);
    }

    /// The same with other numbers of clients.
    public PortForwardOptions limits(int connections, int bySource) {
        return new PortForwardOptions(connectTimeout, idleTimeout, connections, bySource, proxyHeader);
    }

    /// The same with a PROXY header of this version for the target.
    public PortForwardOptions proxyHeader(int version) {
        return new PortForwardOptions(connectTimeout, idleTimeout, maxConnections, maxBySource, version);
    }
}
