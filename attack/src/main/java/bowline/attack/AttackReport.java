package bowline.attack;

import bowline.attack.Finding.Verdict;
import java.util.List;
import java.util.stream.Collectors;

/// What all attacks showed.
///
/// @param findings one for each attack
public record AttackReport(List<Finding> findings) {

    /// Keeps them.
    public AttackReport {
        findings = List.copyOf(findings);
    }

    /// Those that failed.
    public List<Finding> failed() {
        return findings.stream()
                .filter(finding -> finding.verdict() == Verdict.FAILED)
                .toList();
    }

    /// For tests.
    ///
    /// @throws AssertionError if a rule did not hold; it tells all findings
    public void assertHolds() {
        if (!failed().isEmpty()) {
            throw new AssertionError(failed().size() + " rule(s) did not hold\n" + this);
        }
    }

    /// A line for each finding.
    @Override
    public String toString() {
        return findings.stream().map(Finding::toString).collect(Collectors.joining("\n"));
    }
}
