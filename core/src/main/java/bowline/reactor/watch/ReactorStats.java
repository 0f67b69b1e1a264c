package bowline.reactor.watch;

import java.time.Duration;

/// What a reactor has done since it was made, and what it has at present. Counters only grow.
///
/// @param reactor its number in the process
/// @param turns turns of the loop
/// @param callbacks calls of the program's code: handlers of connections and ports, timed calls, calls from threads
/// @param busy time in which it worked, while it ran
/// @param asleep time in which it waited for something to happen
/// @param connectionsOpen connections that are open at present
/// @param connectionsAccepted connections that its ports accepted and that got a protocol
/// @param connectionsMade connections that it made to others
/// @param connectsFailed attempts to connect that came to nothing
/// @param connectionsClosed connections that have ended
/// @param bytesReceived bytes read from connections
/// @param bytesSent bytes that the system took from connections
/// @param datagramsReceived datagrams read from UDP ports
/// @param datagramsSent datagrams given to the system
/// @param timersWaiting timed calls that are to come at present
/// @param timersCalled timed calls that were made
/// @param callsFromThreads calls that other threads asked for and that were made
/// @param poolUnfinished pieces of work that wait for, or run on, the thread pool at present
/// @param coroutinesAlive coroutines that have begun and not ended at present
/// @param errors exceptions that callbacks threw and nobody handled
/// @param slowCallbacks calls of the program's code that took longer than [StallLimits] allow, where somebody watches
public record ReactorStats(
        int reactor,
        long turns,
        long callbacks,
        Duration busy,
        Duration asleep,
        long connectionsOpen,
        long connectionsAccepted,
        long connectionsMade,
        long connectsFailed,
        long connectionsClosed,
        long bytesReceived,
        long bytesSent,
        long datagramsReceived,
        long datagramsSent,
        int timersWaiting,
        long timersCalled,
        long callsFromThreads,
        int poolUnfinished,
        int coroutinesAlive,
        long errors,
        long slowCallbacks) {}
