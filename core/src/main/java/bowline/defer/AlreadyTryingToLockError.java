package bowline.defer;

/// [DeferredFilesystemLock#deferUntilLocked()] was called while an earlier call is pending (LCK-7).
public class AlreadyTryingToLockError extends IllegalStateException {
    private static final long serialVersionUID = 1;

    AlreadyTryingToLockError() {
        super(
                "this filesystem lock is waited for already; share the first Deferred's outcome or use one lock for each");
    }
}
