package bowline.reactor.flight;

/// The time that one piece of work waits for a thread of its pool. Begun and ended on different threads, one after
/// the other.
public final class PoolWait {
    private final PoolQueueEvent event;

    private PoolWait(PoolQueueEvent event) {
        this.event = event;
    }

    /// Work is given to `pool`, which with it has so much that is `unfinished`.
    ///
    /// @param reactor whose turn gives it; 0 if none does
    /// @param turn the turn
    /// @param connection what it is given for; 0 if that is no connection
    public static PoolWait begin(int reactor, long turn, long connection, String pool, int unfinished) {
        var event = new PoolQueueEvent();
        event.begin();
        event.reactor = reactor;
        event.turn = turn;
        event.connection = connection;
        event.pool = pool;
        event.unfinished = unfinished;
        return new PoolWait(event);
    }

    /// A thread has taken it up.
    public void end() {
        event.commit();
    }
}
