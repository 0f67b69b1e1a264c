package bowline.simulation.trace;

import org.jspecify.annotations.Nullable;

/// One thing that happened.
///
/// @param nanos when, in virtual time since the beginning
/// @param host where
/// @param peer the other host, if it went from one to another; else null
/// @param what one word for it
/// @param number of the connection, port or whatever it concerns; 0 for none
/// @param detail more about it, on one line; may be empty
/// @param leaves when what arrives at the peer sets out: later than `nanos` if it was lost at first and sent again
/// @param arrives when that is at the peer; [#NEVER] if it does not arrive, or there is no peer
public record TraceEvent(
        long nanos,
        String host,
        @Nullable String peer,
        String what,
        long number,
        String detail,
        long leaves,
        long arrives) {
    /// The time of what does not happen.
    public static final long NEVER = -1;

    /// One line: `0:00:01.234567890 reader > poet  segment 3  512 B`.
    @Override
    public String toString() {
        var line = new StringBuilder(80);
        line.append(clock(nanos)).append(' ').append(host);
        if (peer != null) {
            line.append(" > ").append(peer);
        }
        line.append("  ").append(what);
        if (number != 0) {
            line.append(' ').append(number);
        }
        return detail.isEmpty()
                ? line.toString()
                : line.append("  ").append(detail).toString();
    }

    /// Hours, minutes, seconds and nanoseconds.
    public static String clock(long nanos) {
        long seconds = nanos / 1_000_000_000;
        return String.format(
                "%d:%02d:%02d.%09d", seconds / 3600, seconds / 60 % 60, seconds % 60, nanos % 1_000_000_000);
    }
}
