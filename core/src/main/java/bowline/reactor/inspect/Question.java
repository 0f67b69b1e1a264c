package bowline.reactor.inspect;

import java.util.Locale;

/// What may be asked of a process.
public enum Question {
    /// What each of its reactors has open and waits for, for people.
    TEXT,
    /// The same as JSON, on one line.
    JSON,
    /// Its counters and gauges, as [bowline.reactor.watch.MetricsPage] writes them.
    METRICS,
    /// What it is, in one line.
    WHO;

    /// The word for it on the wire.
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
