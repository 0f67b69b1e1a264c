package bowline.simulation.trace;

/// Where in a picture a time is: further down the later, by the logarithm of the time that lies between. For times in
/// ascending order.
final class TimeAxis {
    /// Room for a line of text.
    private static final int LINE = 20;

    private static final double UNIT_NANOS = 10_000;
    private static final double PER_TENFOLD = 9;

    private int y;
    private int nextLine;
    private long before = -1;

    TimeAxis(int top) {
        y = top;
        nextLine = top;
    }

    /// The place of a time that is no earlier than the one before.
    ///
    /// @param labelled whether a line of text is to stand there
    int at(long nanos, boolean labelled) {
        if (before >= 0 && nanos > before) {
            y += (int) (4 + PER_TENFOLD * Math.log10(1 + (nanos - before) / UNIT_NANOS));
        }
        before = nanos;
        if (labelled) {
            y = Math.max(y, nextLine);
            nextLine = y + LINE;
        }
        return y;
    }

    /// Behind all times so far.
    int bottom() {
        return Math.max(y, nextLine);
    }
}
