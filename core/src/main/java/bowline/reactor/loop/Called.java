package bowline.reactor.loop;

import bowline.log.LogContext;
import bowline.log.LogPrefixed;
import bowline.time.TimerQueue;

/// What a loop has called, in words.
final class Called {
    private Called() {}

    /// As in `connection 7 (Echo,0,127.0.0.1)`. Never throws: a log prefix is the program's.
    static String name(Object called) {
        return switch (called) {
            case StreamConnection connection ->
                "connection " + connection.connectionNumber() + " (" + prefix(connection) + ")";
            case LogPrefixed owner -> prefix(owner);
            case TimerQueue.Timer timer -> "timed call " + timer.number();
            default -> called.getClass().getName();
        };
    }

    /// The number of the connection that it is, or 0.
    static long connection(Object called) {
        return called instanceof StreamConnection connection ? connection.connectionNumber() : 0;
    }

    private static String prefix(LogPrefixed owner) {
        return LogContext.of(owner).system();
    }
}
