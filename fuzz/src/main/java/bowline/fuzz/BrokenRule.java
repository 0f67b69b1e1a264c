package bowline.fuzz;

import org.jspecify.annotations.Nullable;

/// A parser did not keep a promise.
public final class BrokenRule extends AssertionError {
    private static final long serialVersionUID = 1L;

    BrokenRule(String message) {
        this(message, null);
    }

    BrokenRule(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
