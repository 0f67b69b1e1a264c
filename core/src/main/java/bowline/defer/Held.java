package bowline.defer;

/// One acquired lock or token of a semaphore, released at the end of a block (LCK-6).
public final class Held implements AutoCloseable {
    private final Turnstile<?> turnstile;
    private boolean closed;

    Held(Turnstile<?> turnstile) {
        this.turnstile = turnstile;
    }

    /// Releases it; a second time does nothing.
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            turnstile.release();
        }
    }
}
