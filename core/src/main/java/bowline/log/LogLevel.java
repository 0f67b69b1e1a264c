package bowline.log;

import java.util.Locale;

/// How much an event matters, ascending (LGR-2).
public enum LogLevel {
    /// For those who debug this code.
    DEBUG,
    /// What happened, in the course of things.
    INFO,
    /// Something that is wrong but was coped with.
    WARN,
    /// Something that failed.
    ERROR,
    /// An error that nobody expected or handled.
    CRITICAL;

    private final String label = name().toLowerCase(Locale.ROOT);

    /// The name as lines and records have it: `info`.
    public String label() {
        return label;
    }

    /// Whether an event of this level passes where `least` is asked for.
    public boolean isAtLeast(LogLevel least) {
        return compareTo(least) >= 0;
    }
}
