package bowline.testing;

/// Where a replay first goes another way than what was captured.
///
/// @param what what differs
/// @param offset how many bytes the protocol had written by then
/// @param nanos when it was otherwise in the capture, since the opening
/// @param captured what it was then, escaped
/// @param replayed what it is now, escaped
public record Difference(String what, long offset, long nanos, String captured, String replayed) {

    @Override
    public String toString() {
        return what + ": behind byte " + offset + " of what it writes, " + nanos + " ns after the opening, it was "
                + (captured.isEmpty() ? "nothing" : captured) + " and is "
                + (replayed.isEmpty() ? "nothing" : replayed);
    }
}
