package bowline.reactor.watch;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a reactor has open, and what it waits for. Of each kind at most [#SHOWN_MAX] are listed, and each text has at
/// most [#TEXT_MAX_CHARS] characters.
///
/// @param ports where it accepts connections
/// @param datagramPorts where it receives datagrams
/// @param connections those with most bytes waiting to be sent first, then the oldest
/// @param connectionStates how many connections are in which state; with those that are not listed
/// @param channels what else is open: attempts to connect, channels of the program's own
/// @param timers timed calls to come, the next one first
/// @param pool its thread pool
/// @param coroutines those that have not ended, the youngest first
/// @param deferreds those that have not fired and were made on this reactor, or by whoever set it up, while debugging
/// was on; the oldest first
/// @param deferredsKnown whether debugging is on now
/// @param triggers what is registered for system events, or awaited by one
/// @param parts what parts of the program told by `Reactor.addToDescription`, as in `services` and `processes`
public record ReactorContents(
        Listed<Port> ports,
        Listed<DatagramPort> datagramPorts,
        Listed<Connection> connections,
        Map<ConnectionState, Integer> connectionStates,
        Listed<String> channels,
        Listed<Timer> timers,
        Pool pool,
        Listed<Coroutine> coroutines,
        Listed<PendingDeferred> deferreds,
        boolean deferredsKnown,
        Listed<String> triggers,
        Map<String, Listed<String>> parts) {

    /// How many of each kind are listed at most.
    public static final int SHOWN_MAX = 100;

    /// How long a text is at most, in characters; of a longer one the end is left out.
    public static final int TEXT_MAX_CHARS = 300;

    /// How many lines of a stack are shown of where something was made or waits.
    public static final int PLACES_MAX = 5;

    /// A port that accepts connections.
    ///
    /// @param host where it listens
    /// @param factory the name of the factory of its protocols
    /// @param accepted how many connections it has accepted that got a protocol
    public record Port(String host, String factory, long accepted) {}

    /// A port that receives datagrams.
    ///
    /// @param host where it listens
    /// @param protocol the name of its protocol
    /// @param dropped how many datagrams the system did not take
    public record DatagramPort(String host, String protocol, long dropped) {}

    /// A connection.
    ///
    /// @param number which of its reactor's connections it is, from 1
    /// @param client whether this side has made it
    /// @param host this side's address
    /// @param peer the other side's address
    /// @param protocol the name of its protocol, as in the log
    /// @param state what it does
    /// @param age how long it is open
    /// @param received bytes read from it
    /// @param sent bytes that the system has taken
    /// @param unsent bytes that wait to be sent
    /// @param unread bytes that its protocol was shown and left
    /// @param blocked whether the peer does not read: the system takes no more to send
    /// @param producer what makes the bytes to be sent, if it is registered
    /// @param producerPaused whether that was told to wait
    public record Connection(
            long number,
            boolean client,
            String host,
            String peer,
            String protocol,
            ConnectionState state,
            Duration age,
            long received,
            long sent,
            long unsent,
            int unread,
            boolean blocked,
            @Nullable String producer,
            boolean producerPaused) {}

    /// What a connection does.
    public enum ConnectionState {
        /// It reads what comes.
        READING("reading"),
        /// Its protocol wants no more for now.
        PAUSED("paused"),
        /// The peer sends no more; this side may.
        PEER_ENDED("the peer has ended its side"),
        /// This side sends no more; the peer may.
        OURS_ENDED("our side is ended"),
        /// It is closed when all is sent.
        CLOSING("closing"),
        /// It is reset on this turn.
        ABORTING("aborting");

        private final String words;

        ConnectionState(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /// A timed call to come.
    ///
    /// @param number which of its reactor's timed calls it is, from 1, as in recordings; 0 if it has none
    /// @param dueIn how long until it is due; negative if it is late
    /// @param what the class of what it calls
    /// @param creator where it was made, innermost first; empty unless debugging was on
    public record Timer(long number, Duration dueIn, String what, List<String> creator) {}

    /// The thread pool.
    ///
    /// @param max the most threads that it may have
    /// @param threads those that it has
    /// @param working how many pieces of work run
    /// @param queued how many wait for a thread
    public record Pool(int max, int threads, int working, int queued) {}

    /// A coroutine that has not ended.
    ///
    /// @param what what it does or waits for
    /// @param at where, innermost first
    public record Coroutine(String what, List<String> at) {}

    /// A Deferred that has not fired.
    ///
    /// @param what the Deferred
    /// @param creator where it was made, innermost first
    public record PendingDeferred(String what, List<String> creator) {}

    /// Keeps what is given from being changed.
    public ReactorContents {
        connectionStates = Collections.unmodifiableMap(new TreeMap<>(connectionStates));
        parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
    }
}
