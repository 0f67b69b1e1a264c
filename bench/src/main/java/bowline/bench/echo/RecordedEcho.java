package bowline.bench.echo;

import java.time.Duration;
import jdk.jfr.Recording;

/// The echo server of the benchmark while the Flight Recorder records what its reactor tells.
public final class RecordedEcho {
    private static final String[] EVENTS = {
        "Turn", "SlowCallback", "ConnectionOpened", "ConnectionClosed", "Timer", "PoolQueue", "UnhandledError"
    };
    private static final long FILE_MAX_BYTES = 64 << 20;

    private RecordedEcho() {}

    /// Listens on a free port of the loopback and says which.
    ///
    /// @param args the reactor backend; `usual`: what is long enough by the events' own thresholds, `all`:
    /// every turn and callback
    public static void main(String... args) {
        var recording = new Recording();
        recording.setMaxSize(FILE_MAX_BYTES);
        for (String event : EVENTS) {
            var settings = recording.enable("bowline." + event);
            if (args[1].equals("all")) {
                settings.withThreshold(Duration.ZERO);
            }
        }
        recording.start();
        BowlineEcho.main(args[0]);
    }
}
