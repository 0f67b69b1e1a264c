package bowline.simulation.reactor;

import bowline.simulation.net.Agenda;
import bowline.simulation.net.EndlessWork;
import bowline.simulation.trace.TraceEvent;

/// Counts the turns that a reactor has in a row without a rest, and ends the run of one that spins.
final class Restlessness {
    private final SimulatedReactor reactor;
    private final Agenda agenda;
    private long turns;
    private long since;

    Restlessness(SimulatedReactor reactor) {
        this.reactor = reactor;
        agenda = reactor.platform().agenda();
    }

    /// A turn begins.
    ///
    /// @param rested whether the reactor had nothing to do for a while before
    /// @throws EndlessWork if it has not had that for too long
    void turn(boolean rested) {
        if (rested) {
            turns = 0;
            since = agenda.now();
        }
        turns++;
        long max = agenda.limits().busyTurnsMax();
        if (turns > max) {
            throw agenda.end(new EndlessWork(reactor + " spins: it has had more than busyTurnsMax " + max
                    + " turns without a rest since " + TraceEvent.clock(since) + "; it " + reactor.work()));
        }
    }
}
