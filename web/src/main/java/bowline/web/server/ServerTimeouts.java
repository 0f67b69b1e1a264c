package bowline.web.server;

import java.time.Duration;

/// How long a server's connection may take for what (G6, WEB-1). Deadlines are for a whole thing: no byte that
/// trickles in moves them.
///
/// @param head for a head, from its first byte on; for the first one, from the connection's beginning on
/// @param idle between a response and the next request
/// @param grace before the rates below are demanded, and how often sending is looked at
/// @param minBytesPerSecond the average rate at which bodies must come and responses be taken
/// @param linger for the client to close, when we have closed our side and it may still be sending
/// @param firstRequestGrace for a head that is on its way when the server drains: the first one of a connection, or one
/// that has begun. Whoever has just connected would lose a request otherwise
public record ServerTimeouts(
        Duration head,
        Duration idle,
        Duration grace,
        int minBytesPerSecond,
        Duration linger,
        Duration firstRequestGrace) {

    /// 20 s for a head, 60 s idle, 10 s of grace, 512 bytes a second, 5 s to linger, 1 s for a first request while
    /// draining.
    public static final ServerTimeouts USUAL = new ServerTimeouts(
            Duration.ofSeconds(20),
            Duration.ofSeconds(60),
            Duration.ofSeconds(10),
            512,
            Duration.ofSeconds(5),
            Duration.ofSeconds(1));

    /// Checks that each is more than nothing.
    public ServerTimeouts {
        for (Duration time : new Duration[] {head, idle, grace, linger, firstRequestGrace}) {
            if (!time.isPositive()) {
                throw new IllegalArgumentException("a time-out of " + time + " leaves no time at all");
            }
        }
        if (minBytesPerSecond < 1) {
            throw new IllegalArgumentException("minBytesPerSecond " + minBytesPerSecond + " is less than 1");
        }
    }

    /// The same with another time for heads.
    public ServerTimeouts head(Duration time) {
        return new ServerTimeouts(time, idle, grace, minBytesPerSecond, linger, firstRequestGrace);
    }

    /// The same with another time between requests.
    public ServerTimeouts idle(Duration time) {
        return new ServerTimeouts(head, time, grace, minBytesPerSecond, linger, firstRequestGrace);
    }

    /// The same with another rate.
    public ServerTimeouts minBytesPerSecond(int rate) {
        return new ServerTimeouts(head, idle, grace, rate, linger, firstRequestGrace);
    }

    /// The same with another time for the first request of a connection while the server drains.
    public ServerTimeouts firstRequestGrace(Duration time) {
        return new ServerTimeouts(head, idle, grace, minBytesPerSecond, linger, time);
    }
}
