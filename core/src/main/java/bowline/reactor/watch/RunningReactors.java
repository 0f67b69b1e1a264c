package bowline.reactor.watch;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The reactors of this process that run now. Safe for any thread.
public final class RunningReactors {
    private static final Set<ReactorWatch> RUNNING = ConcurrentHashMap.newKeySet();

    private RunningReactors() {}

    /// Their watches, by number.
    public static List<ReactorWatch> all() {
        return RUNNING.stream()
                .sorted(Comparator.comparingInt(ReactorWatch::reactor))
                .toList();
    }

    /// For those who build reactors: this one begins to run.
    public static void add(ReactorWatch watch) {
        RUNNING.add(watch);
    }

    /// For those who build reactors: this one does not run any more.
    public static void remove(ReactorWatch watch) {
        RUNNING.remove(watch);
    }
}
