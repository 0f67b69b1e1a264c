package bowline.simulation.child;

import bowline.simulation.fate.Draws;
import bowline.simulation.fate.Fate;
import bowline.simulation.fate.FaultKind;
import bowline.simulation.net.Agenda;

/// How long things take at one end of a pipe or in one process, and how much goes in one piece.
final class Pace {
    private static final long LEAST_NANOS = 1_000;
    private static final long MOST_NANOS = 1_000_000;

    private final Agenda agenda;
    private final Draws pace;
    private final Draws cuts;

    Pace(Agenda agenda, Fate fate, String where) {
        this.agenda = agenda;
        pace = fate.draws(FaultKind.PACE, where);
        cuts = fate.draws(FaultKind.CUT, where);
    }

    /// Has `step` called soon.
    Agenda.Entry soon(Runnable step) {
        return within(LEAST_NANOS, MOST_NANOS, step);
    }

    /// Has `step` called after a while of this length.
    Agenda.Entry within(long leastNanos, long mostNanos, Runnable step) {
        return agenda.after(pace.between(leastNanos, mostNanos), step);
    }

    /// How much of so many bytes goes in one piece.
    int piece(int bytes) {
        return bytes < 2 ? bytes : (int) cuts.betweenBackwards(1, bytes);
    }
}
