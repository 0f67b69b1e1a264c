package bowline.reactor.flight;

/// What one reactor tells the recording. For the reactor's own thread. The events that come in every turn are made once
/// and used again, so that recording makes no garbage there.
///
/// Reactors and turns, connections and timed calls go by the numbers that the log has for them; the number 0 says that
/// there is none.
public final class FlightRecord {
    private final int reactor;
    private final TurnEvent turn = new TurnEvent();
    private final SlowCallbackEvent callback = new SlowCallbackEvent();
    private final TimerEvent timer = new TimerEvent();
    private long callbacksBefore;
    private long timersBefore;
    private long callsBefore;

    /// The record of the reactor with that number. Only when [Flight#on].
    public FlightRecord(int reactor) {
        this.reactor = reactor;
        turn.reactor = reactor;
        callback.reactor = reactor;
        timer.reactor = reactor;
    }

    /// A turn begins, and with it its first callback. The numbers are counts since the reactor was made.
    public void turnBegins(long number, long callbacks, long timers, long calls) {
        turn.turn = number;
        callbacksBefore = callbacks;
        timersBefore = timers;
        callsBefore = calls;
        turn.begin();
        callback.begin();
    }

    /// The turn ends, for the reactor will wait.
    public void turnEnds(long callbacks, long timers, long calls) {
        turn.end();
        if (turn.shouldCommit()) {
            turn.callbacks = callbacks - callbacksBefore;
            turn.timers = timers - timersBefore;
            turn.calls = calls - callsBefore;
            turn.commit();
        }
    }

    /// A callback has returned, and the next one may begin.
    ///
    /// @return whether it was slow, and is to be told by [#slowCallback]
    public boolean callbackWasSlow() {
        callback.end();
        return callback.shouldCommit();
    }

    /// Tells the callback that has just returned.
    ///
    /// @param called what was called, in words
    public void slowCallback(long connection, String called) {
        callback.turn = turn.turn;
        callback.connection = connection;
        callback.callback = called;
        callback.commit();
    }

    /// The next callback may begin now.
    public void callbackBegins() {
        callback.begin();
    }

    /// A timed call is made now, so many nanoseconds after it was due.
    public void timerBegins(long number, long latenessNanos) {
        timer.turn = turn.turn;
        timer.timer = number;
        timer.lateness = latenessNanos;
        timer.begin();
    }

    /// It has returned.
    public void timerEnds() {
        timer.end();
        timer.commit();
    }

    /// A connection has opened in the present turn.
    public void opened(long connection, Object peer, boolean client) {
        var event = new ConnectionOpenedEvent();
        if (event.isEnabled()) {
            event.reactor = reactor;
            event.turn = turn.turn;
            event.connection = connection;
            event.peer = peer.toString();
            event.client = client;
            event.commit();
        }
    }

    /// A connection has ended in the present turn.
    public void closed(long connection, Object peer, boolean client, long received, long sent, String reason) {
        var event = new ConnectionClosedEvent();
        if (event.isEnabled()) {
            event.reactor = reactor;
            event.turn = turn.turn;
            event.connection = connection;
            event.peer = peer.toString();
            event.client = client;
            event.received = received;
            event.sent = sent;
            event.reason = reason;
            event.commit();
        }
    }

    /// A callback threw in the present turn.
    public void error(long connection, String type, String message) {
        error(reactor, turn.turn, connection, type, message);
    }

    /// An error that nobody handled and that belongs to no turn. From any thread, and only when [Flight#on].
    public static void strayError(String type, String message) {
        error(0, 0, 0, type, message);
    }

    private static void error(int reactor, long turn, long connection, String type, String message) {
        var event = new UnhandledErrorEvent();
        if (event.isEnabled()) {
            event.reactor = reactor;
            event.turn = turn;
            event.connection = connection;
            event.type = type;
            event.message = message;
            event.commit();
        }
    }
}
