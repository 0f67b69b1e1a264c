package bowline.web.server;

import bowline.web.http1.Http1Limits;
import java.util.Objects;

/// How a [Site] treats its connections.
///
/// @param limits what a connection may ask of us
/// @param timeouts how long it may take
/// @param maxConnections how many there may be at once; one more is closed as it comes (G9)
/// @param maxConnectionsPerSource how many of them may come from one address, or one /64 of IPv6 (G9)
/// @param discardMaxBytes how much of a body nobody wanted is read to keep the connection; more closes it (H1-8)
/// @param serverName the value of `Server`; empty for none
public record SiteOptions(
        Http1Limits limits,
        ServerTimeouts timeouts,
        int maxConnections,
        int maxConnectionsPerSource,
        long discardMaxBytes,
        String serverName) {

    /// The usual limits and time-outs, 10 000 connections, 1 000 from one source, 64 KiB discarded,
    /// `Bowline`.
    public static final SiteOptions USUAL =
            new SiteOptions(Http1Limits.SERVER, ServerTimeouts.USUAL, 10_000, 1_000, 64 << 10, "Bowline");

    /// Checks the numbers.
    public SiteOptions {
        Objects.requireNonNull(limits);
        Objects.requireNonNull(timeouts);
        Objects.requireNonNull(serverName);
        if (maxConnections < 1 || maxConnectionsPerSource < 1 || discardMaxBytes < 0) {
            throw new IllegalArgumentException("maxConnections " + maxConnections + " or maxConnectionsPerSource "
                    + maxConnectionsPerSource + " is less than 1, or discardMaxBytes " + discardMaxBytes + " negative");
        }
    }

    /// The same with other limits.
    public SiteOptions limits(Http1Limits other) {
        return new SiteOptions(other, timeouts, maxConnections, maxConnectionsPerSource, discardMaxBytes, serverName);
    }

    /// The same with other time-outs.
    public SiteOptions timeouts(ServerTimeouts other) {
        return new SiteOptions(limits, other, maxConnections, maxConnectionsPerSource, discardMaxBytes, serverName);
    }

    /// The same with another number of connections.
    public SiteOptions maxConnections(int connections) {
        return new SiteOptions(limits, timeouts, connections, maxConnectionsPerSource, discardMaxBytes, serverName);
    }

    /// The same with another number of connections from one source: to be raised behind a proxy, whose address is
    /// that of all clients.
    public SiteOptions maxConnectionsPerSource(int connections) {
        return new SiteOptions(limits, timeouts, maxConnections, connections, discardMaxBytes, serverName);
    }

    /// The same with another name.
    public SiteOptions serverName(String name) {
        return new SiteOptions(limits, timeouts, maxConnections, maxConnectionsPerSource, discardMaxBytes, name);
    }
}
