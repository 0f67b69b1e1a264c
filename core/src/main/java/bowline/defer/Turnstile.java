package bowline.defer;

import java.util.LinkedHashSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// What locks and semaphores share: some tokens, and a line of those who wait for one, first come first
/// served (LCK-1 to LCK-4). Used on the reactor's thread only.
abstract sealed class Turnstile<S extends Turnstile<S>> permits DeferredLock, DeferredSemaphore {
    private final LinkedHashSet<Deferred<S>> line = new LinkedHashSet<>();
    private final int limit;
    private int tokens;

    Turnstile(int limit) {
        this.limit = limit;
        this.tokens = limit;
    }

    /// Fires with this when there is a token: at once if one is free, else in order of asking. Cancelling
    /// leaves the line (LCK-2). Who acquires must [#release].
    public final Deferred<S> acquire() {
        var acquired = new Deferred<S>(line::remove);
        if (tokens > 0) {
            tokens--;
            acquired.callback(self());
        } else {
            line.add(acquired);
        }
        return acquired;
    }

    /// Gives a token back: the first in line has it before this returns (LCK-1).
    ///
    /// @throws IllegalStateException if none was acquired
    public final void release() {
        Deferred<S> next = nextInLine();
        if (next != null) {
            next.callback(self());
        }
    }

    /// Acquires, calls `work`, and releases when its Deferred finishes, either way (LCK-3). A line of any
    /// length whose works are done at once takes constant stack.
    public final <T extends @Nullable Object> Deferred<T> run(Callable<? extends Deferred<? extends T>> work) {
        var pass = new Pass();
        return acquire()
                .<T>addCallbackDeferring(_ -> {
                    pass.entered = true;
                    return Deferred.maybeDeferred(work);
                })
                .append(pass);
    }

    /// Acquires in a coroutine, for a block that releases on every way out (LCK-6):
    ///
    ///     try (var _ = lock.hold()) { … }
    ///
    /// @throws Exception [CancelledError] if the coroutine is cancelled while it waits in line
    public final Held hold() throws Exception {
        acquire().await();
        return new Held(this);
    }

    /// How many wait in line.
    public final int waiting() {
        return line.size();
    }

    final int limitOfTokens() {
        return limit;
    }

    final int freeTokens() {
        return tokens;
    }

    @SuppressWarnings("unchecked") // each of the two extends this with itself
    private S self() {
        return (S) this;
    }

    /// Takes the first from the line, who has the token from now on, or else keeps the token.
    private @Nullable Deferred<S> nextInLine() {
        if (tokens == limit) {
            throw new IllegalStateException("release() without acquire(): all " + limit + " tokens are here already");
        }
        if (line.isEmpty()) {
            tokens++;
            return null;
        }
        return line.removeFirst();
    }

    /// Releases behind the work of one who has entered. It hands over to the next in line by the chain's
    /// own loop, where a call would go deeper with each in the line.
    private final class Pass extends Layer.Handover {
        private boolean entered;

        @Override
        @Nullable
        Chain release(Chain from) {
            Deferred<S> next = entered ? nextInLine() : null;
            return next != null && next.accept(self()) ? next : null;
        }
    }
}
