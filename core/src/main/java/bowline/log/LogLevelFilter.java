package bowline.log;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/// Lets events through from a level upwards, which may differ between namespaces (LGR-8). A namespace
/// without a level of its own has that of the part before its last dot, and so on; the empty namespace
/// is the last resort. Safe for any thread; a change counts for the events after it.
public final class LogLevelFilter implements LogPredicate {
    private final LogLevel usual;
    private volatile Levels levels;

    /// The levels asked for, and the least of them: below it nothing passes anywhere.
    private record Levels(Map<String, LogLevel> byNamespace, LogLevel lowest) {
        static Levels of(Map<String, LogLevel> byNamespace) {
            return new Levels(Map.copyOf(byNamespace), Collections.min(byNamespace.values()));
        }
    }

    /// Lets events through from info upwards.
    public LogLevelFilter() {
        this(LogLevel.INFO);
    }

    /// Lets events through from `usual` upwards.
    public LogLevelFilter(LogLevel usual) {
        this.usual = usual;
        this.levels = Levels.of(Map.of("", usual));
    }

    /// The least level that passes under `namespace`.
    public LogLevel level(String namespace) {
        Levels now = levels;
        Map<String, LogLevel> byNamespace = now.byNamespace;
        if (byNamespace.size() == 1) {
            return now.lowest; // the usual case: one level for all
        }
        String at = namespace;
        while (!at.isEmpty()) {
            LogLevel level = byNamespace.get(at);
            if (level != null) {
                return level;
            }
            at = at.substring(0, Math.max(0, at.lastIndexOf('.')));
        }
        return byNamespace.getOrDefault("", usual);
    }

    /// Sets the least level that passes under `namespace` and those below it. Returns this filter.
    public synchronized LogLevelFilter level(String namespace, LogLevel level) {
        var next = new HashMap<>(levels.byNamespace);
        next.put(namespace, level);
        levels = Levels.of(next);
        return this;
    }

    /// Forgets all levels but the one this filter was made with.
    public synchronized void clear() {
        levels = Levels.of(Map.of("", usual));
    }

    LogLevel lowest() {
        return levels.lowest;
    }

    @Override
    public Verdict judge(LogEvent event) {
        if (!event.level().isAtLeast(levels.lowest)) {
            return Verdict.NO;
        }
        return event.level().isAtLeast(level(event.namespace())) ? Verdict.MAYBE : Verdict.NO;
    }
}
