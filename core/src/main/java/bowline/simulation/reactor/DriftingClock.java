package bowline.simulation.reactor;

import bowline.simulation.net.Agenda;

/// The nanoseconds that a host counts: those of the world, or some more or less.
final class DriftingClock {
    private static final long MILLION = 1_000_000;
    private static final long PPM_MAX = 500_000;

    private final Agenda agenda;
    private long ppm;
    private long worldThen;
    private long hostThen;

    DriftingClock(Agenda agenda) {
        this.agenda = agenda;
    }

    /// Runs by so many parts in a million faster from now on.
    void drift(long newPpm) {
        if (newPpm < -PPM_MAX || newPpm > PPM_MAX) {
            throw new IllegalArgumentException(
                    "a drift of " + newPpm + " ppm; from -" + PPM_MAX + " to " + PPM_MAX + " is wanted");
        }
        hostThen = nanos();
        worldThen = agenda.now();
        ppm = newPpm;
    }

    /// What the host counts now.
    long nanos() {
        return at(agenda.now());
    }

    private long at(long world) {
        long passed = world - worldThen;
        return hostThen + passed + passed / MILLION * ppm + passed % MILLION * ppm / MILLION;
    }

    /// When, by the world's count, the host will have counted so many more.
    long after(long hostNanos) {
        if (ppm == 0) {
            return agenda.now() + hostNanos;
        }
        long due = nanos() + hostNanos;
        long world = agenda.now() + (long) (hostNanos / (1 + ppm / (double) MILLION));
        while (at(world) < due) {
            world++;
        }
        while (at(world - 1) >= due) {
            world--;
        }
        return world;
    }
}
