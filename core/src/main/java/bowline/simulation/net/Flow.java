package bowline.simulation.net;

import bowline.bytes.ByteQueue;
import bowline.simulation.fate.Draws;
import bowline.simulation.fate.FaultKind;
import bowline.simulation.trace.TraceEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What goes from one end of a connection to the other: the sender's buffer, the segments under way, and the
/// room that the receiver has.
///
/// A segment that finds the path cut off is kept and sent again, later and later, as TCP does; after
/// [#GIVE_UP_NANOS] the sender's end of the connection is lost.
final class Flow {
    /// Longest wait before a segment is sent again.
    static final long RESEND_MAX_NANOS = 120_000_000_000L;

    /// How long a sender tries before it gives the connection up: fifteen minutes and some, as Linux does.
    static final long GIVE_UP_NANOS = 924_600_000_000L;

    /// The piece of a cut stream: one byte for every eighth, a few for every fourth.
    private static final int CUT_CHOICES = 8;

    private static final int CUT_FEW = 16;

    private final Network network;
    private final Path path;
    private final StreamSocket from;
    private final StreamSocket to;
    private final int sendMax;
    private final Draws cuts;
    private final Draws resets;
    private final ByteQueue unsent = new ByteQueue();
    private final Deque<Segment> underWay = new ArrayDeque<>();
    private final SortedMap<Long, Segment> again = new TreeMap<>();
    private long made;
    private long arrived;
    private int bytesUnderWay;
    private long lastArrival;
    private long wait = Path.RESEND_NANOS;
    private long stalledSince = -1;
    private boolean stalled;
    private boolean windowClosed;
    private boolean endWanted;
    private boolean endSent;
    private boolean over;
    private boolean dropped;

    /// Bytes of a stream, or its end; numbered from 0.
    private record Segment(long number, ByteBuffer bytes, boolean end) {
        int length() {
            return bytes.remaining();
        }

        /// What the trace calls it.
        String word() {
            return end ? "end" : "segment";
        }

        String detail() {
            return end ? "" : Lengths.of(length());
        }
    }

    Flow(Network network, Path path, StreamSocket from, StreamSocket to) {
        this.network = network;
        this.path = path;
        this.from = from;
        this.to = to;
        this.sendMax = path.link().sendBuffer();
        cuts = network.fate().draws(FaultKind.CUT, from.label());
        resets = network.fate().draws(FaultKind.RESET, from.label());
    }

    /// Starts the direction no earlier than that.
    void notBefore(long arrival) {
        lastArrival = Math.max(lastArrival, arrival);
    }

    /// How many bytes the sender's buffer takes now.
    int room() {
        return endWanted ? 0 : Math.max(0, sendMax - unsent.size() - bytesUnderWay);
    }

    /// Takes up to `max` bytes, no more than there is room for.
    int take(ByteBuffer bytes, int max) {
        int count = Math.min(Math.min(bytes.remaining(), max), room());
        ByteBuffer part = bytes.slice(bytes.position(), count);
        bytes.position(bytes.position() + count);
        unsent.write(part);
        pump();
        return count;
    }

    /// After the bytes comes the end.
    void end() {
        endWanted = true;
        pump();
    }

    /// What is under way still arrives, and behind it the word that there will be no more, in good order or not.
    void reset() {
        over = true;
        unsent.clear();
        again.clear();
        long arrival = Math.max(path.arrivalOfSignal(), lastArrival + 1);
        lastArrival = arrival;
        network.trace(from, to, "reset", "", network.agenda().now(), path.isOpen() ? arrival : TraceEvent.NEVER);
        network.agenda().at(arrival, () -> {
            if (path.isOpen()) {
                to.reset();
            }
        });
    }

    /// Nothing of it arrives any more.
    void drop() {
        dropped = true;
        unsent.clear();
        underWay.clear();
        again.clear();
        bytesUnderWay = 0;
    }

    /// Sends what may be sent.
    void pump() {
        while (!dropped && !over && !stalled) {
            Segment next = next();
            if (next == null) {
                return;
            }
            if (!path.isOpen()) {
                network.traceLost(from.node(), to.node(), next.word(), from.number(), next.detail());
                again.put(next.number, next);
                stall();
                return;
            }
            send(next);
        }
    }

    private @Nullable Segment next() {
        if (!again.isEmpty()) {
            return again.remove(again.firstKey());
        }
        if (!unsent.isEmpty()) {
            int window = to.window() - bytesUnderWay;
            if (window <= 0) {
                windowClosed = true;
                return null;
            }
            byte[] piece = new byte
                    [cut(Math.min(unsent.size(), Math.min(window, path.link().segmentMax())))];
            unsent.readable().get(piece);
            bytesUnderWay += piece.length;
            return new Segment(made++, ByteBuffer.wrap(piece), false);
        }
        if (endWanted && !endSent) {
            endSent = true;
            return new Segment(made++, ByteBuffer.allocate(0), true);
        }
        return null;
    }

    private int cut(int most) {
        if (!path.link().cutsAnywhere() || most < 2) {
            return most;
        }
        return switch ((int) cuts.betweenBackwards(0, CUT_CHOICES - 1)) {
            case 0 -> 1;
            case 1, 2 -> (int) cuts.betweenBackwards(1, Math.min(most, CUT_FEW));
            default -> (int) cuts.betweenBackwards(1, most);
        };
    }

    private void send(Segment segment) {
        long arrival = Math.max(path.arrivalOfSegment(segment.length()), lastArrival + 1);
        lastArrival = arrival;
        if (resets.strikes(path.link().resets())) {
            network.trace(from, to, "cut by a reset", "", network.agenda().now(), TraceEvent.NEVER);
            drop();
            network.agenda().at(arrival, () -> to.reset());
            network.agenda().at(arrival + 1, () -> from.reset());
            return;
        }
        network.trace(from, to, segment.word(), segment.detail(), path.leaves(), arrival);
        underWay.addLast(segment);
        network.agenda().at(arrival, () -> arrive(segment));
    }

    private void arrive(Segment segment) {
        if (dropped) {
            return;
        }
        underWay.removeFirst();
        if (!path.isOpen()) {
            network.traceLost(from.node(), to.node(), "lost", from.number(), segment.detail());
        }
        if (!path.isOpen() || segment.number != arrived) { // one before it was lost on the way
            if (!over) {
                again.put(segment.number, segment);
                stall();
            }
            return;
        }
        arrived++;
        wait = Path.RESEND_NANOS;
        stalledSince = -1;
        bytesUnderWay -= segment.length();
        if (segment.end) {
            to.ended();
        } else {
            to.arrived(segment.bytes);
        }
        if (!dropped) {
            from.roomMade();
            pump();
        }
    }

    /// The receiver has read: after a while the sender knows.
    void windowOpened() {
        if (windowClosed && !dropped) {
            windowClosed = false;
            network.agenda().at(path.arrivalOfSignal(), this::pump);
        }
    }

    private void stall() {
        if (stalled) {
            return;
        }
        stalled = true;
        if (stalledSince < 0) {
            stalledSince = network.agenda().now();
        }
        if (network.agenda().now() - stalledSince > GIVE_UP_NANOS) {
            network.trace(from, "gave up", "");
            from.broke(new IOException("Connection timed out"));
            return;
        }
        network.agenda().after(wait, this::tryAgain);
        wait = Math.min(2 * wait, RESEND_MAX_NANOS);
    }

    private void tryAgain() {
        stalled = false;
        pump();
    }
}
