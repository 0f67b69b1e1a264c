package bowline.log;

/// Sees every event, on the thread that logged it, in order of registration (LGR-6).
@FunctionalInterface
public interface LogObserver {

    /// Looks at `event`. An exception is reported to the other observers (LGR-6).
    void observe(LogEvent event);

    /// Whether events of `level` may matter here. Where no observer wants a level, a [Logger] makes no
    /// event at all. It is asked for every event, so it must be quick; without an override the answer is yes.
    default boolean wants(LogLevel level) {
        return true;
    }
}
