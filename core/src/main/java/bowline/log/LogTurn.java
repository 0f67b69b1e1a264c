package bowline.log;

/// The turns of one loop, counted: what tells, of a line in the log, when and where it was written, better than any
/// time. The loop's thread alone counts, by a plain addition.
public final class LogTurn {
    private final int reactor;
    private long number;

    /// @param reactor the reactor's number in its process
    public LogTurn(int reactor) {
        this.reactor = reactor;
    }

    /// The reactor's number in its process, from 1.
    public int reactor() {
        return reactor;
    }

    /// The present turn, from 1; 0 before the first. From any thread, where it may be one that is over.
    public long number() {
        return number;
    }

    /// The next turn begins.
    public void next() {
        number++;
    }
}
