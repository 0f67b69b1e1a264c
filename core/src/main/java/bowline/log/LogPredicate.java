package bowline.log;

/// Has a say in whether an observer sees an event (LGR-7).
@FunctionalInterface
public interface LogPredicate {

    /// What a predicate says.
    enum Verdict {
        /// The event is to be seen, whatever the predicates behind this one would say.
        YES,
        /// It is not to be seen.
        NO,
        /// Ask the next; where there is none, it is seen.
        MAYBE
    }

    /// Judges one event.
    Verdict judge(LogEvent event);
}
