package bowline.run;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/// Hears of the signals that come while the program is already stopping: the impatience of whoever waits (SIG-4). The
/// first one has ended the reactor's own interest in them, so this takes its place until the process ends.
final class SecondSignal {
    private static final List<String> NAMES = List.of("INT", "TERM");

    private SecondSignal() {}

    /// Calls `further` from now on with 1, 2 … for each signal that comes, on a thread of the JVM.
    static void watch(IntConsumer further) {
        var count = new AtomicInteger();
        ProcessSignals.hear(NAMES, _ -> further.accept(count.incrementAndGet()));
    }
}
