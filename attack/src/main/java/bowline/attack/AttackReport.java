package bowline.attack;

import bowline.attack.Finding.Verdict;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What all attacks showed.
///
/// @param seed what repeats them
/// @param findings one for each attempt
public record AttackReport(long seed, List<Finding> findings) {

    /// Keeps them.
    public AttackReport {
        findings = List.copyOf(findings);
    }

    /// Those that failed.
    public List<Finding> failed() {
        return with(Verdict.FAILED).toList();
    }

    /// For tests.
    ///
    /// @throws AssertionError if a rule did not hold; it tells all findings
    public void assertHolds() {
        if (!failed().isEmpty()) {
            throw new AssertionError(this);
        }
    }

    /// One line for all of them, and what repeats them.
    public String summary() {
        String counts = with(Verdict.PASSED).count() + " passed, " + failed().size() + " failed, "
                + with(Verdict.NOT_TRIED).count() + " not tried";
        String rules = failed().stream().map(Finding::rule).distinct().collect(Collectors.joining(","));
        return rules.isEmpty() ? counts : counts + "; to repeat: rules " + rules + ", seed " + seed;
    }

    private Stream<Finding> with(Verdict verdict) {
        return findings.stream().filter(finding -> finding.verdict() == verdict);
    }

    /// All findings, and [#summary].
    @Override
    public String toString() {
        return findings.stream().map(Finding::toString).collect(Collectors.joining("\n")) + "\n" + summary();
    }
}
