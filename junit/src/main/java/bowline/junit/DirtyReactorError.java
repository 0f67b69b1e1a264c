package bowline.junit;

import java.util.List;

/// A test left something behind on its reactor: timed calls, open channels, work on the thread pool (TST-9).
public final class DirtyReactorError extends AssertionError {
    private static final long serialVersionUID = 1;

    DirtyReactorError(List<String> leftovers) {
        super("the reactor is dirty; end these, or have trial.addCleanup(…) end them:\n  "
                + String.join("\n  ", leftovers));
    }
}
