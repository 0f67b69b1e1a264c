package bowline.log;

/// Sees every event, on the thread that logged it, in order of registration (LGR-6).
@FunctionalInterface
public interface LogObserver {

    /// Looks at `event`. An exception is reported to the other observers (LGR-6).
    void observe(LogEvent event);
}
