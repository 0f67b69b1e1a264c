package bowline.bench.server;

import java.io.IOException;

/// A load on a server, measured in the way that [Load] reads.
public interface MeasuredLoad {

    /// Loads the server for that long.
    void runFor(long millis) throws IOException;

    /// How many messages have come back so far.
    long messages();

    /// Warms up, then measures, says on standard output when it begins and how it went, and waits for the end
    /// of its input, so that its processor time can still be read.
    default void measure(long warmUpMillis, long measuredMillis) throws IOException {
        runFor(warmUpMillis);
        IO.println("begin");
        long before = messages();
        long start = System.nanoTime();
        runFor(measuredMillis);
        IO.println("end " + (messages() - before) + " " + (System.nanoTime() - start));
        while (System.in.read() >= 0) {
            // What it is told does not matter.
        }
    }
}
