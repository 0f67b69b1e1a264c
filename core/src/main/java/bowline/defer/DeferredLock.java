package bowline.defer;

/// A lock for work that takes several turns of the loop (LCK-1). Within one turn nothing needs a lock:
///
///     lock.run(() -> store.read().addCallbackDeferring(store::write))
public final class DeferredLock extends Turnstile<DeferredLock> {

    /// An unlocked lock.
    public DeferredLock() {
        super(1);
    }

    /// Whether somebody has it.
    public boolean locked() {
        return freeTokens() == 0;
    }
}
