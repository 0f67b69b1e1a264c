package bowline.attack;

/// What one attack showed.
///
/// @param rule as in `G6`
/// @param attack what was done
/// @param verdict how it ended
/// @param seen what was seen, or why it cannot be tried
public record Finding(String rule, String attack, Verdict verdict, String seen) {

    /// How it ended.
    public enum Verdict {
        /// The rule held.
        PASSED,
        /// It did not.
        FAILED,
        /// It cannot be tried here.
        NOT_APPLICABLE
    }

    /// One line.
    @Override
    public String toString() {
        return "%-4s %-14s %s: %s".formatted(rule, verdict, attack, seen);
    }
}
