package bowline.defer;

import bowline.failure.Failure;

/// Marks, among the suppressed exceptions of a failure, where a coroutine awaited it (COR-3). Coroutines
/// that await one another leave one mark each, nearest to the origin first.
final class AwaitSite extends Exception {
    private static final long serialVersionUID = 1;

    /// Most marks on one exception, for a failure may be awaited any number of times (COR-4).
    static final int MAX_MARKS = 16;

    private AwaitSite() {
        super("awaited here", null, false, true);
    }

    /// Throws the failure's own exception. One without a trace is not marked: it tells of an ordinary
    /// event, and is often shared (FAI-9).
    static RuntimeException raise(Failure failure) {
        Throwable thrown = failure.value();
        if (thrown.getStackTrace().length > 0 && thrown.getSuppressed().length < MAX_MARKS) {
            thrown.addSuppressed(new AwaitSite());
        }
        throw failure.raise();
    }
}
