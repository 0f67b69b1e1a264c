package bowline.log;

import bowline.log.LogPredicate.Verdict;
import java.util.List;

/// Passes on the events that its predicates let through (LGR-7). Safe for any thread if its predicates are.
///
///     var levels = new LogLevelFilter(LogLevel.INFO).level("bowline.web", LogLevel.DEBUG);
///     publisher.add(new FilteringLogObserver(new TextLogObserver(System.out), levels));
public final class FilteringLogObserver implements LogObserver {
    private final LogObserver observer;
    private final List<LogPredicate> predicates;
    private final LogObserver negativeObserver;

    /// Passes events on to `observer` and drops the others.
    public FilteringLogObserver(LogObserver observer, LogPredicate... predicates) {
        this(observer, List.of(predicates), new Drop());
    }

    /// Passes events on to `observer`, and the others to `negativeObserver`.
    public FilteringLogObserver(
            LogObserver observer, List<? extends LogPredicate> predicates, LogObserver negativeObserver) {
        this.observer = observer;
        this.predicates = List.copyOf(predicates);
        this.negativeObserver = negativeObserver;
    }

    @Override
    public void observe(LogEvent event) {
        (passes(event) ? observer : negativeObserver).observe(event);
    }

    /// Whether the predicates let the event through.
    public boolean passes(LogEvent event) {
        for (LogPredicate predicate : predicates) {
            Verdict verdict = predicate.judge(event);
            if (verdict != Verdict.MAYBE) {
                return verdict == Verdict.YES;
            }
        }
        return true;
    }

    /// No only where it is certain before the event exists: when a level filter comes before any other
    /// predicate and rejects the level under every namespace.
    @Override
    public boolean wants(LogLevel level) {
        for (LogPredicate predicate : predicates) {
            if (!(predicate instanceof LogLevelFilter filter)) {
                break;
            }
            if (!level.isAtLeast(filter.lowest())) {
                return negativeObserver.wants(level);
            }
        }
        return observer.wants(level) || negativeObserver.wants(level);
    }

    /// Where events end that nobody is to see.
    private static final class Drop implements LogObserver {
        @Override
        public void observe(LogEvent event) {}

        @Override
        public boolean wants(LogLevel level) {
            return false;
        }
    }
}
