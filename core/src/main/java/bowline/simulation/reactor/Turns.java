package bowline.simulation.reactor;

import bowline.reactor.loop.DrivenRun;
import bowline.simulation.fate.Draws;
import bowline.simulation.fate.FaultKind;
import bowline.simulation.net.Agenda;
import org.jspecify.annotations.Nullable;

/// The turns of one simulated reactor, each when there is something to do. A turn takes a moment of virtual time,
/// in which other hosts go on; so a program that never rests does not stop the clock.
public final class Turns {
    /// The longest wait of a loop is longer than that.
    private static final long FOREVER_NANOS = 2_000_000_000_000_000L;

    private static final long LEAST_NANOS = 1_000;
    private static final long MOST_NANOS = 20_000;

    private final SimulatedReactor reactor;
    private final DrivenRun run;
    private final Agenda agenda;
    private final Draws pace;
    private final Restlessness restlessness;
    private final Runnable ended;
    private Agenda.@Nullable Entry next;
    private long leastNanos = LEAST_NANOS;
    private long mostNanos = MOST_NANOS;
    private long busyUntil;
    private boolean over;

    /// Whether a wait so long is one for nothing in particular.
    static boolean isForever(long nanos) {
        return nanos >= FOREVER_NANOS;
    }

    /// @param ended told when the reactor has stopped
    public Turns(SimulatedReactor reactor, Runnable ended) {
        this.reactor = reactor;
        this.ended = ended;
        run = new DrivenRun(reactor);
        agenda = reactor.platform().agenda();
        restlessness = new Restlessness(reactor);
        pace = reactor.platform()
                .fate()
                .draws(FaultKind.PACE, reactor.platform().name());
        reactor.onWake(() -> schedule(agenda.now()));
    }

    /// Sets how long a turn takes.
    public void pace(long least, long most) {
        leastNanos = least;
        mostNanos = most;
    }

    /// Starts the reactor.
    public void begin() {
        run.begin();
        schedule(agenda.now());
    }

    /// Runs `step` as part of the reactor's own work.
    public void call(Runnable step) {
        String before = reactor.platform().present();
        try {
            run.call(step);
        } finally {
            reactor.platform().present(before);
        }
        schedule(agenda.now());
    }

    /// Whether the reactor has stopped, or was killed.
    public boolean over() {
        return over;
    }

    /// The process is gone: there are no more turns, and nobody is told.
    public void kill() {
        over = true;
        if (next != null) {
            next.cancel();
        }
    }

    private void schedule(long nanos) {
        if (over) {
            return;
        }
        long at = Math.max(nanos, busyUntil);
        if (next != null) {
            if (next.nanos() <= at) {
                return;
            }
            next.cancel();
        }
        next = agenda.at(at, this::turn);
    }

    private void turn() {
        next = null;
        restlessness.turn(agenda.now() > busyUntil);
        String before = reactor.platform().present();
        long wait;
        try {
            wait = run.turn();
        } finally {
            reactor.platform().present(before);
        }
        busyUntil = agenda.now() + pace.between(leastNanos, mostNanos);
        if (run.over()) {
            over = true;
            run.end();
            ended.run();
        } else if (wait == 0 || reactor.hasReady()) {
            schedule(busyUntil);
        } else if (!isForever(wait)) {
            schedule(reactor.platform().after(wait));
        }
    }
}
