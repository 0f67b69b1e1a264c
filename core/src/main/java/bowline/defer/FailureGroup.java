package bowline.defer;

import bowline.failure.Failure;
import java.util.List;
import java.util.stream.Collectors;

/// All members of a race failed (AGG-7). Traceless: the traces that matter are the suppressed exceptions'.
public class FailureGroup extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// Most failures that the message quotes; all are in [#failures].
    static final int QUOTED_MAX = 5;

    private final List<Failure> failures;

    FailureGroup(List<Failure> failures) {
        super(text(failures), null, true, false);
        this.failures = List.copyOf(failures);
        for (Failure failure : failures) {
            addSuppressed(failure.value());
        }
    }

    /// The failures in the order of the members.
    public List<Failure> failures() {
        return failures;
    }

    private static String text(List<Failure> failures) {
        String quoted =
                failures.stream().limit(QUOTED_MAX).map(Failure::message).collect(Collectors.joining("; "));
        return "all " + failures.size() + " failed: " + quoted + (failures.size() > QUOTED_MAX ? "; …" : "");
    }
}
