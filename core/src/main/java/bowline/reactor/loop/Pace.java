package bowline.reactor.loop;

/// How a loop spends its time: asleep, or in callbacks. It reads the clock twice for each wait that is one,
/// and never for a callback.
final class Pace {
    private final Loop loop;
    private final Tally tally;
    private long busyNanos;
    private long asleepNanos;
    private long stamp;
    private boolean running;
    private boolean waiting;
    private boolean sleeping;

    Pace(Loop loop) {
        this.loop = loop;
        this.tally = loop.tally();
    }

    /// From here on time counts.
    void begin() {
        stamp = loop.nanos();
        waiting = false;
        sleeping = false;
        running = true;
    }

    /// The loop stops to count time, for it runs no more.
    void end() {
        busyNanos = busyNanos();
        asleepNanos = asleepNanos();
        running = false;
    }

    /// The wait for I/O begins.
    ///
    /// @param sleeps whether it may last
    void beginWait(boolean sleeps) {
        waiting = true;
        sleeping = sleeps;
        if (sleeps) {
            long now = loop.nanos();
            busyNanos += now - stamp;
            stamp = now;
        }
    }

    /// The wait is over, if there was one. Called before each handler, so it is hardly anything.
    void endWait() {
        if (waiting) {
            awake();
        }
    }

    private void awake() {
        waiting = false;
        if (sleeping) {
            sleeping = false;
            long now = loop.nanos();
            asleepNanos += now - stamp;
            stamp = now;
        }
    }

    /// A callback has returned.
    void callbackDone() {
        tally.callbacks++;
    }

    // Looking, from any thread

    long busyNanos() {
        return busyNanos + (running && !sleeping ? sinceStamp() : 0);
    }

    long asleepNanos() {
        return asleepNanos + (running && sleeping ? sinceStamp() : 0);
    }

    private long sinceStamp() {
        return Math.max(0, loop.nanos() - stamp);
    }
}
