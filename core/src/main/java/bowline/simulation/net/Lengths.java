package bowline.simulation.net;

/// Lengths as the trace tells them. Those of segments come again and again, and are the same texts each time.
final class Lengths {
    private static final int KNOWN_MAX = Link.SEGMENT_MAX_BYTES;
    private static final String[] KNOWN = new String[KNOWN_MAX + 1];

    static {
        for (int i = 0; i <= KNOWN_MAX; i++) {
            KNOWN[i] = i + " B";
        }
    }

    private Lengths() {}

    static String of(int bytes) {
        return bytes <= KNOWN_MAX ? KNOWN[bytes] : bytes + " B";
    }
}
