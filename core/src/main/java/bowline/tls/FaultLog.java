package bowline.tls;

import bowline.log.Logger;
import bowline.protocol.Transport;
import java.time.Duration;

/// Tells the log of handshakes with clients that failed: the first at once, then at most one line in [#QUIET], with the
/// number of those that were not told. So whoever tries a port again and again does not flood the log as well. Safe for
/// any thread.
final class FaultLog {
    /// The shortest time between two lines.
    static final Duration QUIET = Duration.ofSeconds(1);

    private static final Logger log = Logger.of(TlsLayer.class);

    private boolean told;
    private long toldAt;
    private int untold;

    /// A handshake with the peer of `transport` failed.
    synchronized void failed(Transport transport, String why) {
        long now = transport.clock().nanos();
        // The clocks of two reactors may disagree a little.
        if (told && Math.abs(now - toldAt) < QUIET.toNanos()) {
            untold++;
            return;
        }
        String others = untold == 0 ? "" : "; so did " + untold + " since this was last said";
        log.info(
                "the TLS handshake with {peer} failed: {why}{others}",
                transport.peer().toString(),
                why,
                others);
        told = true;
        toldAt = now;
        untold = 0;
    }
}
