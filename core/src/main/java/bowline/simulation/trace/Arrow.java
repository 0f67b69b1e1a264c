package bowline.simulation.trace;

import java.util.List;

/// What a picture shows of one event, or of several segments in a row: an arrow, or a point if it happened at one host.
final class Arrow {
    private final TraceEvent event;
    private final String word;
    private final long begin;
    private long end;
    private boolean lost;
    private int count = 1;
    private long bytes;

    /// Where it begins and ends in the picture.
    int beginY;

    int endY;

    private Arrow(TraceEvent event, String word, long begin, long end) {
        this.event = event;
        this.word = word;
        this.begin = begin;
        this.end = end;
        lost = end == TraceEvent.NEVER;
        bytes = bytesOf(event);
    }

    /// What shows `event`: two of them if it was lost and sent again.
    static List<Arrow> of(TraceEvent event) {
        if (event.leaves() == event.nanos()) {
            return List.of(new Arrow(event, event.what(), event.nanos(), event.arrives()));
        }
        return List.of(
                new Arrow(event, event.what(), event.nanos(), TraceEvent.NEVER),
                new Arrow(event, event.what() + " again", event.leaves(), event.arrives()));
    }

    String host() {
        return event.host();
    }

    /// The host that it goes to; its own if it is a point.
    String peer() {
        return event.peer() == null ? event.host() : event.peer();
    }

    long begin() {
        return begin;
    }

    boolean arrives() {
        return !lost;
    }

    long end() {
        return end;
    }

    /// Joins `next` to it, if both are segments of the same stream, come through at once, and are under way
    /// together.
    boolean takes(TraceEvent next) {
        boolean joins = isSegment(event)
                && isSegment(next)
                && arrives()
                && isOfStream(next)
                && begin == event.nanos()
                && next.leaves() == next.nanos()
                && next.nanos() <= end;
        if (joins) {
            count++;
            bytes += bytesOf(next);
            end = next.arrives();
        }
        return joins;
    }

    private static boolean isSegment(TraceEvent event) {
        return event.what().equals("segment");
    }

    private boolean isOfStream(TraceEvent other) {
        return other.number() == event.number() && other.host().equals(event.host());
    }

    /// Whether it is what `loss` says was lost: a datagram when it is sent, a segment when it should arrive.
    boolean isLostBy(TraceEvent loss) {
        boolean atOnce = end == TraceEvent.NEVER && begin == loss.nanos();
        return isOfStream(loss) && (atOnce || (begin < loss.nanos() && loss.nanos() <= end));
    }

    void lose() {
        lost = true;
    }

    String label() {
        String number = event.number() == 0 ? "" : " " + event.number();
        if (count > 1) {
            return count + " segments" + number + ", " + bytes + " B";
        }
        return word + number + (event.detail().isEmpty() ? "" : ", " + event.detail());
    }

    private static long bytesOf(TraceEvent event) {
        String detail = event.detail();
        int end = detail.indexOf(" B");
        return isSegment(event) && end > 0 ? Long.parseLong(detail.substring(0, end)) : 0;
    }
}
