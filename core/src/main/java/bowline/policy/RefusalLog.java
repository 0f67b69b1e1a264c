package bowline.policy;

import bowline.log.Logger;
import bowline.protocol.Address;
import bowline.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Tells the log that connections are refused for a limit: the first at once, then at most one line in
/// [#QUIET], with the number of those that were not told. So whoever floods a port does not flood the log as well.
public final class RefusalLog {

    /// The shortest time between two lines.
    public static final Duration QUIET = Duration.ofSeconds(10);

    private final Logger log;
    private final String limit;
    private @Nullable Clock clock;
    private long quietUntil;
    private boolean told;
    private int untold;

    /// @param log where the lines go
    /// @param limit the limit's name and value, as in `maxConnections, 100,`
    public RefusalLog(Logger log, String limit) {
        this.log = log;
        this.limit = limit;
    }

    /// Gives it the clock of those connections that were not refused. Before, only the first refusal is told.
    public void clock(Clock itsClock) {
        clock = itsClock;
    }

    /// A connection was refused.
    public void refused(Address peer) {
        if (told && (clock == null || clock.nanos() - quietUntil < 0)) {
            untold++;
            return;
        }
        String others = untold == 0 ? "" : ", and " + untold + " were since this was last said";
        log.warn("{limit} reached: {peer} is refused{others}", limit, peer.toString(), others);
        told = true;
        untold = 0;
        quietUntil = clock == null ? quietUntil : clock.nanos() + QUIET.toNanos();
    }
}
