package bowline.attack;

/// What one attempt showed.
///
/// @param rule as in `G6`
/// @param attempt what was done, in a few words
/// @param verdict how it ended
/// @param said what was sent, fit for a log; empty if nothing was
/// @param expected what had to happen; empty if nothing was tried
/// @param seen what happened, or why it cannot be tried
public record Finding(String rule, String attempt, Verdict verdict, String said, String expected, String seen) {

    /// How it ended.
    public enum Verdict {
        /// The rule held.
        PASSED("passed"),
        /// It did not.
        FAILED("FAILED"),
        /// It cannot be tried here: `seen` says what is missing.
        NOT_TRIED("not tried");

        private final String word;

        Verdict(String word) {
            this.word = word;
        }
    }

    /// One line if nothing is wrong; else what was said, expected and seen, a line each.
    @Override
    public String toString() {
        String head = "%-4s %-9s  %s".formatted(rule, verdict.word, attempt);
        return verdict == Verdict.FAILED
                ? head + "\n       said      " + said + "\n       expected  " + expected + "\n       seen      " + seen
                : head + ": " + seen;
    }
}
