package bowline.bench.server;

/// What a load measured of a server.
///
/// @param messages that were answered
/// @param nanos how long it measured
/// @param serverNanos the server's processor time
/// @param othersNanos the processor time of all but the server and the load, roughly
public record Sample(long messages, long nanos, long serverNanos, long othersNanos) {
    private static final double QUIET_SHARE = 0.15;

    /// Processor time of the server for a message, in microseconds.
    public double microsPerMessage() {
        return serverNanos / 1e3 / Math.max(messages, 1);
    }

    /// Messages a second.
    public double perSecond() {
        return messages / (nanos / 1e9);
    }

    /// What share of all processors others took.
    public double othersShare() {
        return Math.max(0, (double) othersNanos / nanos / Runtime.getRuntime().availableProcessors());
    }

    /// Whether others took so little that the sample can be trusted.
    public boolean quiet() {
        return othersShare() <= QUIET_SHARE;
    }
}
