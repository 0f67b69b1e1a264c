package bowline.simulation.net;

/// Lets bytes through at a steady speed: some, then none for as long as these should take.
final class Throttle {
    /// How often in a second some come through, if that is a byte at least each time.
    private static final long TIMES_A_SECOND = 100;

    private final Agenda agenda;
    private final long bytesPerSecond;
    private final int most;
    private long freeAt;

    Throttle(Agenda agenda, long bytesPerSecond) {
        this.agenda = agenda;
        this.bytesPerSecond = bytesPerSecond;
        most = Math.clamp(bytesPerSecond / TIMES_A_SECOND, 1, Integer.MAX_VALUE);
    }

    /// How many of so many bytes may pass now.
    int passing(int wanted) {
        return agenda.now() < freeAt ? 0 : Math.min(wanted, most);
    }

    /// So many have passed; `again` is called when others may.
    void passed(int bytes, Runnable again) {
        if (bytes > 0 && bytesPerSecond < Long.MAX_VALUE) {
            freeAt = agenda.now() + Math.ceilDiv(bytes * 1_000_000_000L, bytesPerSecond);
            agenda.at(freeAt, again);
        }
    }
}
