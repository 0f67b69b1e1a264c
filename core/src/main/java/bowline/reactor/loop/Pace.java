package bowline.reactor.loop;

import bowline.reactor.flight.Flight;
import bowline.reactor.flight.FlightRecord;
import org.jspecify.annotations.Nullable;

/// How a loop goes: turns, from one wait to the next, and in each the callbacks; and how it spends its time, asleep
/// or at work. It reads the clock twice for each wait that is one, and never for a callback, unless the Flight
/// Recorder wants to know.
final class Pace {
    private final Loop loop;
    private final Tally tally;
    private @Nullable FlightRecord record;
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
        turnBegins();
    }

    /// The loop stops to count time, for it runs no more.
    void end() {
        if (!waiting) {
            turnEnds();
        }
        busyNanos = busyNanos();
        asleepNanos = asleepNanos();
        running = false;
    }

    /// The wait for I/O begins.
    ///
    /// @param sleeps whether it may last
    void beginWait(boolean sleeps) {
        turnEnds();
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
        turnBegins();
    }

    private void turnBegins() {
        tally.turns.next();
        if (Flight.on()) {
            record().turnBegins(tally.turns.number(), tally.callbacks, tally.timers, tally.calls);
        }
    }

    private void turnEnds() {
        if (record != null) {
            record.turnEnds(tally.callbacks, tally.timers, tally.calls);
        }
    }

    /// A callback has returned.
    ///
    /// @param called what was called
    void callbackDone(Object called) {
        tally.callbacks++;
        if (record != null) {
            recordCallback(record, called);
        }
    }

    private static void recordCallback(FlightRecord record, Object called) {
        if (record.callbackWasSlow()) {
            record.slowCallback(Called.connection(called), Called.name(called));
        }
        record.callbackBegins();
    }

    /// Where the Flight Recorder is told of this loop; null while nobody has started it. What begins in a turn
    /// when it is started is told from the next turn on.
    @Nullable
    FlightRecord recording() {
        return record;
    }

    private FlightRecord record() {
        if (record == null) {
            record = new FlightRecord(tally.turns.reactor());
        }
        return record;
    }

    // Looking, from any thread

    /// A number that changes whenever a callback ends; -1 while there is nothing to do.
    long present() {
        return running && !sleeping ? tally.callbacks + tally.turns.number() : -1;
    }

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
