package bowline.junit;

import bowline.failure.Failure;
import java.util.List;
import java.util.stream.Collectors;

/// Errors were logged during a test that did not take them (TST-10). Its cause is the first of them, the
/// others are suppressed in it.
public final class LoggedError extends AssertionError {
    private static final long serialVersionUID = 1;

    LoggedError(List<Failure> failures) {
        super(
                "errors were logged; take expected ones with trial.flushLoggedErrors(…): "
                        + failures.stream()
                                .map(failure -> failure.typeName() + ": " + failure.message())
                                .collect(Collectors.joining(", ")),
                failures.getFirst().value());
        failures.stream().skip(1).forEach(failure -> addSuppressed(failure.value()));
    }
}
