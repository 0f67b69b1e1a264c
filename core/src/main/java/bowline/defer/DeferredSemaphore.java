package bowline.defer;

/// Lets a limited number do something at a time (LCK-4): connections to one host, say.
public final class DeferredSemaphore extends Turnstile<DeferredSemaphore> {

    /// A semaphore with all its tokens.
    ///
    /// @throws IllegalArgumentException if `limit` is less than 1
    public DeferredSemaphore(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit " + limit + " is less than 1: nobody could ever acquire");
        }
        super(limit);
    }

    /// How many may hold a token at a time.
    public int limit() {
        return limitOfTokens();
    }

    /// How many tokens are free.
    public int tokens() {
        return freeTokens();
    }
}
