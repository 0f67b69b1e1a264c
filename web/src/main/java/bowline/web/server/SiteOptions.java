package bowline.web.server;

import bowline.web.http1.Http1Limits;
import java.util.Objects;

/// How a [Site] treats its connections.
///
/// @param limits what a connection may ask of us
/// @param timeouts how long it may take
/// @param maxConnections how many there may be at once; one more is closed as it comes (G9)
/// @param discardMaxBytes how much of a body nobody wanted is read to keep the connection; more closes it (H1-8)
/// @param serverName the value of `Server`; empty for none
public record SiteOptions(
        Http1Limits limits, ServerTimeouts timeouts, int maxConnections, long discardMaxBytes, String serverName) {

    /// The usual limits and time-outs, 10 000 connections, 64 KiB discarded, `Bowline`.
    public static final SiteOptions USUAL =
            new SiteOptions(Http1Limits.SERVER, ServerTimeouts.USUAL, 10_000, 64 << 10, "Bowline");

    /// Checks the numbers.
    public SiteOptions {
        Objects.requireNonNull(limits);
        Objects.requireNonNull(timeouts);
        Objects.requireNonNull(serverName);
        if (maxConnections < 1 || discardMaxBytes < 0) {
            throw new IllegalArgumentException("maxConnections " + maxConnections + " is less than 1, or"
                    + " discardMaxBytes " + discardMaxBytes + " negative");
        }
    }

    /// The same with other limits.
    public SiteOptions limits(Http1Limits other) {
        return new SiteOptions(other, timeouts, maxConnections, discardMaxBytes, serverName);
    }

    /// The same with other time-outs.
    public SiteOptions timeouts(ServerTimeouts other) {
        return new SiteOptions(limits, other, maxConnections, discardMaxBytes, serverName);
    }

    /// The same with another number of connections.
    public SiteOptions maxConnections(int connections) {
        return new SiteOptions(limits, timeouts, connections, discardMaxBytes, serverName);
    }

    /// The same with another name.
    public SiteOptions serverName(String name) {
        return new SiteOptions(limits, timeouts, maxConnections, discardMaxBytes, name);
    }
}
