package bowline.supervise;

import bowline.framing.LineOptions;
import java.time.Duration;

/// When a [ProcessMonitor] starts programs again, and how it ends them (RUN-6).
///
/// @param threshold a program that lived shorter has died too fast
/// @param minRestartDelay how long the first restart waits after a death that was too fast; each further one waits
/// twice as long as the one before
/// @param maxRestartDelay the longest that a restart waits
/// @param killTimeout how long a program may take to end after TERM, before it gets KILL
/// @param lineMaxBytes the longest line of output that is logged as one; a longer one is logged in pieces of this size
public record MonitorOptions(
        Duration threshold,
        Duration minRestartDelay,
        Duration maxRestartDelay,
        Duration killTimeout,
        int lineMaxBytes) {

    /// One second, delays from one second to an hour, KILL after five seconds, lines of 16 KiB (RUN-6).
    public static final MonitorOptions USUAL = new MonitorOptions(
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofHours(1),
            Duration.ofSeconds(5),
            LineOptions.LINE_MAX_BYTES);

    /// Checks that the times agree.
    public MonitorOptions {
        if (threshold.isNegative() || killTimeout.isNegative()) {
            throw new IllegalArgumentException(
                    "threshold " + threshold + " or killTimeout " + killTimeout + " is negative");
        }
        if (!minRestartDelay.isPositive() || maxRestartDelay.compareTo(minRestartDelay) < 0) {
            throw new IllegalArgumentException("restart delays from " + minRestartDelay + " to " + maxRestartDelay
                    + ": the first is to be more than nothing, the last no shorter than the first");
        }
        if (lineMaxBytes < 1) {
            throw new IllegalArgumentException("lineMaxBytes " + lineMaxBytes + " is less than 1");
        }
    }

    /// The same with another threshold.
    public MonitorOptions threshold(Duration time) {
        return new MonitorOptions(time, minRestartDelay, maxRestartDelay, killTimeout, lineMaxBytes);
    }

    /// The same with other delays.
    public MonitorOptions restartDelays(Duration min, Duration max) {
        return new MonitorOptions(threshold, min, max, killTimeout, lineMaxBytes);
    }

    /// The same with another time between TERM and KILL.
    public MonitorOptions killTimeout(Duration time) {
        return new MonitorOptions(threshold, minRestartDelay, maxRestartDelay, time, lineMaxBytes);
    }

    /// The same with another limit for lines.
    public MonitorOptions lineMaxBytes(int bytes) {
        return new MonitorOptions(threshold, minRestartDelay, maxRestartDelay, killTimeout, bytes);
    }
}
